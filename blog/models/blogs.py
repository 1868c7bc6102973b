"""A blog as such: once per translation key, whatever the languages of its pages."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feed.models import Post


class BlogQuerySet(models.QuerySet):
    """Blogs by reader and writer."""

    def visible_to(self, user):
        """Blogs whose audience `user` belongs to; archived ones stay readable."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        return self.filter(Q(audience__isnull=True) | Q(audience__in=user.access.audience_ids))

    def writable_by(self, user):
        """Blogs in which `user` writes as owner, author or delegate, and which they may read (A7)."""
        mine = BlogMember.objects.current().filter(user=user)
        return self.visible_to(user).filter(pk__in=mine.values("blog"), archived_at__isnull=True)


class Blog(models.Model):
    """Audience, people and rules of a blog. `BlogPage.blog` points here from each language."""

    class Kind(models.TextChoices):
        """Executive blogs are followed by everybody unless muted."""

        EXECUTIVE = "executive", _("executive blog")
        STAFF = "staff", _("staff blog")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.STAFF)
    audience = models.ForeignKey(
        "people.Audience",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("audience"),
        help_text=_("Empty: everyone who is signed in."),
    )
    community = models.OneToOneField(
        "feed.Community",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="blog",
        verbose_name=_("community"),
    )
    needs_approval = models.BooleanField(
        _("articles need approval"),
        default=True,
        help_text=_("Communications approves each article before it appears."),
    )
    comment_rule = models.CharField(
        _("comments"), max_length=10, choices=Post.CommentRule.choices, default=Post.CommentRule.OPEN
    )
    comments_closed_reason = models.CharField(
        _("reason for closed comments"),
        max_length=500,
        blank=True,
        help_text=_("Shown where the comment field would be."),
    )
    comments_close_after_days = models.PositiveIntegerField(
        _("close comments after days"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Counted from publication. Empty: never."),
    )
    group = models.OneToOneField("auth.Group", models.PROTECT, null=True, editable=False, related_name="blog")
    collection = models.OneToOneField(
        "wagtailcore.Collection", models.PROTECT, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = BlogQuerySet.as_manager()

    class Meta:
        verbose_name = _("blog")
        verbose_name_plural = _("blogs")
        permissions = [
            ("manage_blogs", "Can create blogs, set their people and rules, approve and feature articles")
        ]

    def __str__(self):
        return f"blog {self.pk}"

    def visible_to(self, user):
        """The same rule as the queryset, for one row."""
        return (
            user.is_authenticated
            and user.is_active
            and (self.audience_id is None or self.audience_id in user.access.audience_ids)
        )


class BlogMemberQuerySet(models.QuerySet):
    """Who writes now."""

    def current(self):
        """Without delegations whose last day is over, whatever the clock's own job has done so far."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=timezone.localdate()))


class BlogMember(models.Model):
    """Who writes in a blog. Changed only by blog.actions.staffing, which keeps the Wagtail group in step."""

    class Role(models.TextChoices):
        """A delegate drafts and publishes for `delegate_for`; both names show (A7)."""

        OWNER = "owner", _("owner")
        AUTHOR = "author", _("author")
        DELEGATE = "delegate", _("delegate")

    blog = models.ForeignKey(Blog, models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="blog_memberships")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.AUTHOR)
    delegate_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+"
    )
    ends_on = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Of a delegation. Empty: until it is ended.")
    )

    objects = BlogMemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["blog", "user"], condition=Q(delegate_for__isnull=True), name="blog_member_once"
            ),
            models.UniqueConstraint(
                fields=["blog", "user", "delegate_for"],
                condition=Q(delegate_for__isnull=False),
                name="blog_delegate_once",
            ),
            models.CheckConstraint(
                name="blog_delegate_for_somebody",
                condition=Q(role="delegate", delegate_for__isnull=False)
                | (~Q(role="delegate") & Q(delegate_for__isnull=True)),
            ),
        ]

    def __str__(self):
        return f"{self.user_id} {self.role} of {self.blog_id}"


class BlogRequest(models.Model):
    """An employee asks for a blog of their own; communications approves in one step or declines with a reason."""

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", _("waiting")
        APPROVED = "approved", _("approved")
        DECLINED = "declined", _("declined")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="blog_requests")
    title = models.CharField(_("title of the blog"), max_length=120)
    purpose = models.TextField(_("what it is about"), max_length=1000)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="de")
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    blog = models.ForeignKey(Blog, models.SET_NULL, null=True, blank=True, related_name="+")
    community = models.ForeignKey(
        "feed.Community", models.CASCADE, null=True, blank=True, editable=False, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(state="open"), name="blog_request_open_once"
            ),
        ]

    def __str__(self):
        return self.title
