"""The hub: everything that can be talked about is one Post. The visibility rule lives here (A1)."""

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from feed.models.community import OWNED

MAX_CHARS, SHARE_CHARS = 1_000, 2_000
SILENT_EDIT_SECONDS = 15 * 60


class PostQuerySet(models.QuerySet):
    """Chainable questions; every list in the product starts at `visible_to`."""

    def visible_to(self, user):
        """The posts that `user` may read. Uses columns of Post and the user's audience ids only; one truth (A1).

        Published (or withdrawn: title and date only) and for the viewer's audience; one's own unpublished and
        hidden ones as long as the audience holds; hidden ones for moderators entitled there (A6), and in a community
        for its owners.
        """
        if not (user.is_authenticated and user.is_active):
            return self.none()
        audience = Q(audience__isnull=True) | Q(audience__in=user.access.audience_ids)
        owned = user.access.ids(OWNED)
        mine = Q(author=user) | Q(posted_by=user)
        shown = Q(state__in=Post.READABLE)
        if not user.is_moderator:
            unhidden = Q(hidden_at__isnull=True)
            shown &= unhidden | Q(community__in=owned) if owned else unhidden
        return self.filter(audience & (shown | (mine & ~Q(state=Post.State.DELETED))))

    def listed(self):
        """Published and not hidden: what streams, feeds and counts show, to moderators and authors too."""
        return self.filter(state=Post.State.PUBLISHED, hidden_at__isnull=True)

    def newest_first(self):
        """By time of publishing; ties by id so that keyset paging never jumps."""
        return self.order_by("-published_at", "-pk")

    def for_streams(self):
        """With author, their place, and the page versions a stream shows; constant queries."""
        return self.select_related("author__department", "author__location", "posted_by")

    def with_versions(self):
        """With the page versions that titles and addresses are read from; one query for any number of posts."""
        return self.prefetch_related(versions())


def versions():
    """What reads the page versions of posts into `versions`."""
    rows = apps.get_model("feed.PostPage").objects.defer("text").order_by("pk")
    return Prefetch("pages", rows, to_attr="versions")


class Post(models.Model):
    """Something said: a short post, a share, or the conversation of an article in all its languages."""

    class Kind(models.TextChoices):
        """What it is."""

        POST = "post", _("post")
        QUESTION = "question", _("question")
        POLL = "poll", _("poll")
        KUDOS = "kudos", _("kudos")
        ARTICLE = "article", _("article")

    class State(models.TextChoices):
        """Where it stands. `held`: waiting for approval. `withdrawn`: no version live; title and date remain."""

        DRAFT = "draft", _("draft")
        SCHEDULED = "scheduled", _("scheduled")
        HELD = "held", _("waiting for approval")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")
        DELETED = "deleted", _("deleted")

    SHORT = (Kind.POST, Kind.QUESTION, Kind.POLL, Kind.KUDOS)
    READABLE = (State.PUBLISHED, State.WITHDRAWN)

    class CommentRule(models.TextChoices):
        """Copied from the blog: may be commented at once, after approval, or not at all."""

        OPEN = "open", _("comments appear at once")
        APPROVAL = "approval", _("comments appear after approval")
        CLOSED = "closed", _("closed")

    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.POST)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="posts")
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    audience = models.ForeignKey("people.Audience", models.PROTECT, null=True, blank=True, related_name="+")
    community = models.ForeignKey(
        "feed.Community", models.PROTECT, null=True, blank=True, related_name="posts", db_index=False
    )
    for_company = models.BooleanField(default=False)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, default="de")
    body = models.TextField(blank=True)
    body_html = models.TextField(blank=True)
    shared = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="shares")
    part_of = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="parts")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    publish_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    last_activity_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    hidden_reason = models.CharField(max_length=500, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)
    lock_reason = models.CharField(max_length=500, blank=True)
    comment_rule = models.CharField(max_length=10, choices=CommentRule.choices, default=CommentRule.OPEN)
    comments_closed_reason = models.CharField(max_length=500, blank=True)
    comments_close_at = models.DateTimeField(null=True, blank=True)
    comment_count = models.PositiveIntegerField(default=0)
    reaction_counts = models.JSONField(default=dict, blank=True)
    tags = models.ManyToManyField("feed.Tag", through="feed.TaggedPost", related_name="posts")

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        indexes = [
            # streams: published, newest first, keyset-paged
            models.Index(fields=["state", "-published_at", "-id"], name="post_stream"),
            # articles among many short posts: home, the lists of blogs
            models.Index(fields=["-published_at", "-id"], name="post_articles", condition=Q(kind="article")),
            # what people talk about now
            models.Index(fields=["-last_activity_at"], name="post_activity", condition=Q(state="published")),
            # a community's stream
            models.Index(
                fields=["community", "-published_at", "-id"],
                name="post_by_community",
                condition=Q(community__isnull=False),
            ),
            # what a narrower audience reads: "addressed to me"
            models.Index(
                fields=["audience", "-published_at", "-id"],
                name="post_by_audience",
                condition=Q(audience__isnull=False),
            ),
            # what the clock publishes
            models.Index(fields=["publish_at"], name="post_scheduled", condition=Q(state="scheduled")),
            # profile: posts of one author
            models.Index(fields=["author", "-published_at"], name="post_by_author"),
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"

    def visible_to(self, user):
        """Whether `user` may read this row; the same rule as the queryset. One query at most (the user's access)."""
        if not (user.is_authenticated and user.is_active):
            return False
        if self.audience_id is not None and self.audience_id not in user.access.audience_ids:
            return False
        if self.state in self.READABLE and (self.hidden_at is None or self.overseen_by(user)):
            return True
        return user.pk in (self.author_id, self.posted_by_id) and self.state != self.State.DELETED

    def overseen_by(self, user):
        """Moderators, and owners of the community it is in. Says nothing about reading; no query beyond the access."""
        return user.is_moderator or (
            self.community_id is not None and self.community_id in user.access.ids(OWNED)
        )

    def moderatable_by(self, user):
        """Who oversees acts only on what they may read (A6)."""
        return self.overseen_by(user) and self.visible_to(user)

    def editable_by(self, user):
        """Short posts belong to their author; articles are edited in Wagtail under its own permission."""
        return self.is_short and user.pk == self.author_id and self.visible_to(user)

    def version_in(self, language):
        """The PostPage to link: a live one first, in `language`, else the original's, else any. Reads `versions`."""
        ranked = sorted(
            self.versions,
            key=lambda one: (not one.is_live, one.language != language, one.language != self.language),
        )
        return ranked[0] if ranked else None

    def address_in(self, language):
        """Where the conversation is read; "" when the article's pages are gone. Reads `versions` (`with_versions`)."""
        if self.kind != self.Kind.ARTICLE:
            return reverse("feed:post", args=[self.pk])
        version = self.version_in(language)
        return version.url if version else ""

    def title_in(self, language):
        """The article's title, else the first words of what was said. Reads `versions` (`with_versions`)."""
        version = self.version_in(language) if self.kind == self.Kind.ARTICLE else None
        return version.title if version else Truncator(self.body).chars(90)

    @property
    def is_short(self):
        """Written in the composer, not a page."""
        return self.kind in self.SHORT

    @property
    def is_live(self):
        """Published and not hidden."""
        return self.state == self.State.PUBLISHED and self.hidden_at is None

    @property
    def comments_open(self):
        """Whether a new comment is accepted now."""
        return self.state == self.State.PUBLISHED and self.locked_at is None and not self.comments_closed

    @property
    def comments_closed(self):
        """Closed by the blog's rule or after its days have passed."""
        return self.comment_rule == self.CommentRule.CLOSED or (
            self.comments_close_at is not None and self.comments_close_at <= timezone.now()
        )


class PostVersion(models.Model):
    """An earlier wording, kept when an edit comes after the silent minutes."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="earlier")
    version = models.PositiveIntegerField()
    body = models.TextField()
    body_html = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["post", "version"], name="post_version_once")]

    def __str__(self):
        return f"{self.post_id} v{self.version}"
