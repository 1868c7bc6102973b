"""Comments: roots and one level of replies that name whom they answer."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feed.models.community import OWNED
from feed.models.post import Post

MAX_CHARS = 10_000
SILENT_EDIT_SECONDS = 15 * 60


class CommentQuerySet(models.QuerySet):
    """A child never outlives or outranks its post (A5)."""

    def visible_to(self, user):
        """Comments under posts that `user` may read: shown ones, one's own held or hidden ones, all for who oversees.

        A withdrawn post has no thread for its readers. The author of the post sees held comments: they approve them.
        """
        if not (user.is_authenticated and user.is_active):
            return self.none()
        posts = Post.objects.visible_to(user).exclude(state=Post.State.WITHDRAWN)
        found = self.filter(post__in=posts)
        if user.is_moderator:
            return found
        overseen = Q(post__community__in=user.access.ids(OWNED)) if user.access.ids(OWNED) else Q()
        shown = Q(hidden_at__isnull=True, held_at__isnull=True)
        to_approve = Q(hidden_at__isnull=True) & (Q(post__author=user) | Q(post__posted_by=user))
        return found.filter(shown | to_approve | Q(author=user) | overseen)

    def shown(self):
        """Neither hidden, held nor deleted: what counts."""
        return self.filter(hidden_at__isnull=True, held_at__isnull=True, deleted_at__isnull=True)

    def thread_of(self, post, user):
        """The rows of a conversation as `user` sees it, tombstones included; none of a post they may not read.

        Held comments: their writers' and those who approve. Deleted ones: only where somebody answered them.
        A tombstone (`is_gone`) says who removed it and why, never what it said or who wrote it.
        """
        if post.state == Post.State.WITHDRAWN or not post.visible_to(user):
            return self.none()
        return self.in_thread(post.pk, self.sees_held_of(post, user))

    @staticmethod
    def sees_held_of(post, user):
        """Whose held comments `user` sees under a post that they may read: None for everybody's, else their own id."""
        return None if post.overseen_by(user) or user.pk in (post.author_id, post.posted_by_id) else user.pk

    def in_thread(self, post, held_of):
        """The rows of a post's conversation, for somebody who may read it; `held_of`: see `sees_held_of`."""
        answers = Comment.objects.filter(
            Q(root=OuterRef("pk")) | Q(reply_to=OuterRef("pk")), deleted_at__isnull=True
        )
        rows = self.filter(Q(deleted_at__isnull=True) | Exists(answers), post=post)
        return rows if held_of is None else rows.filter(Q(held_at__isnull=True) | Q(author=held_of))

    def for_thread(self):
        """With authors and whom they answer; no query per row."""
        return self.select_related("author__department", "author__location", "reply_to__author", "hidden_by")


class Comment(models.Model):
    """What somebody answered. `root` NULL = a root; `reply_to` may be a reply, `root` is always the top (A40)."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="comments")
    root = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="replies")
    reply_to = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="comments")
    body = models.TextField(max_length=MAX_CHARS)
    body_html = models.TextField()
    language = models.CharField(max_length=5, blank=True)
    cited_page = models.ForeignKey(
        "feed.PostPage", models.SET_NULL, null=True, blank=True, related_name="citing", db_index=False
    )
    cited_anchor = models.CharField(max_length=64, blank=True)
    cited_text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    hidden_reason = models.CharField(max_length=500, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    reaction_counts = models.JSONField(default=dict, blank=True)
    support = models.IntegerField(default=0)
    reply_count = models.PositiveIntegerField(default=0)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        indexes = [
            # a page of roots, newest or oldest first
            models.Index(
                fields=["post", "created_at", "id"], name="comment_roots", condition=Q(root__isnull=True)
            ),
            # a page of roots, most supported first
            models.Index(
                fields=["post", "-support", "-id"], name="comment_support", condition=Q(root__isnull=True)
            ),
            # the replies of some roots in order
            models.Index(
                fields=["root", "created_at", "id"], name="comment_replies", condition=Q(root__isnull=False)
            ),
            # profile: newest comments of a person
            models.Index(fields=["author", "-created_at"], name="comment_by_author"),
            # the approval queue
            models.Index(fields=["held_at"], name="comment_held", condition=Q(held_at__isnull=False)),
            # the margin notes of an article
            models.Index(
                fields=["post", "cited_anchor"], name="comment_cites", condition=~Q(cited_anchor="")
            ),
            models.Index(
                fields=["cited_page"], name="comment_cited_page", condition=Q(cited_page__isnull=False)
            ),
            # deleting a comment sets reply_to NULL
            models.Index(fields=["reply_to"], name="comment_reply_to", condition=Q(reply_to__isnull=False)),
        ]

    def __str__(self):
        return f"comment {self.pk}"

    def visible_to(self, user):
        """The same rule as the queryset, for one row. Reads `post`."""
        if self.post.state == Post.State.WITHDRAWN or not self.post.visible_to(user):
            return False
        if user.pk == self.author_id or self.post.overseen_by(user):
            return True
        return self.hidden_at is None and (self.held_at is None or self.approvable_by(user))

    def approvable_by(self, user):
        """The post's author, the delegate who posted it, or a moderator who may read it lets held comments through."""
        return user.pk in (self.post.author_id, self.post.posted_by_id) or self.post.moderatable_by(user)

    def editable_by(self, user):
        """Its writer, while they may read the post and nobody locked, hid or deleted anything."""
        return (
            user.pk == self.author_id
            and self.deleted_at is None
            and self.hidden_at is None
            and self.post.locked_at is None
            and self.visible_to(user)
        )

    def deletable_by(self, user):
        """Its writer may take it back even in a locked thread."""
        return user.pk == self.author_id and self.deleted_at is None and self.visible_to(user)

    def moderatable_by(self, user):
        """Who oversees acts only on what they may read (A6)."""
        return self.deleted_at is None and self.post.moderatable_by(user)

    @property
    def is_gone(self):
        """Shown as a tombstone, if at all."""
        return self.deleted_at is not None or self.hidden_at is not None


class CommentVersion(models.Model):
    """An earlier wording, kept when an edit comes after the silent minutes."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    body = models.TextField()
    body_html = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["comment", "version"], name="comment_version_once")]

    def __str__(self):
        return f"{self.comment_id} v{self.version}"
