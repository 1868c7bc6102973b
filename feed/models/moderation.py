"""Reports, and the log of every moderation step (A6)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from feed.models.comment import Comment
from feed.models.community import Community
from feed.models.follow import exactly_one
from feed.models.post import Post


class ReportQuerySet(models.QuerySet):
    """The queue."""

    def open(self):
        """Not yet decided."""
        return self.filter(decided_at__isnull=True)

    def visible_to(self, user):
        """Reports about what this moderator may read (A6); nobody else sees any."""
        if not user.is_moderator:
            return self.none()
        return self.filter(
            Q(post__in=Post.objects.visible_to(user))
            | Q(comment__in=Comment.objects.visible_to(user))
            | Q(community__in=Community.objects.visible_to(user))
            | Q(person__isnull=False)
        )

    def of_community(self, community):
        """Reports about what was said in a community."""
        return self.filter(Q(post__community=community) | Q(comment__post__community=community))

    def by_others(self, user):
        """Not about what `user` wrote: nobody decides about their own words."""
        return self.exclude(post__author=user).exclude(comment__author=user)


class Report(models.Model):
    """Somebody says that a comment, post, community or profile breaks a rule; exactly one of them.

    Who wrote it never learns who reported.
    """

    class Rule(models.TextChoices):
        """The house rule that is meant."""

        PERSON = "person", _("Attacks a person")
        PRIVATE = "private", _("Tells private matters of others")
        CONFIDENTIAL = "confidential", _("Belongs to customers or is confidential")
        SOURCE = "source", _("Without source or under a wrong name")
        OTHER = "other", _("Something else")

    class Outcome(models.TextChoices):
        """How it was decided."""

        KEPT = "kept", _("stays")
        HIDDEN = "hidden", _("was hidden")

    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reports_made")
    post = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="reports")
    comment = models.ForeignKey(Comment, models.CASCADE, null=True, blank=True, related_name="reports")
    community = models.ForeignKey(Community, models.CASCADE, null=True, blank=True, related_name="reports")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="reports_received"
    )
    rule = models.CharField(max_length=12, choices=Rule.choices)
    text = models.TextField(max_length=1000, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    note = models.CharField(max_length=500, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="report_exactly_one",
                condition=exactly_one("post", "comment", "community", "person"),
            ),
            models.UniqueConstraint(
                fields=["reporter", "comment"],
                condition=Q(decided_at__isnull=True, comment__isnull=False),
                name="report_comment_once",
            ),
            models.UniqueConstraint(
                fields=["reporter", "post"],
                condition=Q(decided_at__isnull=True, post__isnull=False),
                name="report_post_once",
            ),
            models.UniqueConstraint(
                fields=["reporter", "community"],
                condition=Q(decided_at__isnull=True, community__isnull=False),
                name="report_community_once",
            ),
            models.UniqueConstraint(
                fields=["reporter", "person"],
                condition=Q(decided_at__isnull=True, person__isnull=False),
                name="report_person_once",
            ),
        ]
        indexes = [
            models.Index(fields=["created_at"], name="report_queue", condition=Q(decided_at__isnull=True))
        ]

    def __str__(self):
        return f"report {self.pk}"


class ModerationStep(models.Model):
    """Append-only log: who did what to whose words, and why."""

    class Verb(models.TextChoices):
        """What was done."""

        HIDE = "hide", _("hidden")
        RESTORE = "restore", _("restored")
        LOCK = "lock", pgettext_lazy("conversation", "locked")
        UNLOCK = "unlock", pgettext_lazy("conversation", "unlocked")
        APPROVE = "approve", _("approved")
        KEEP = "keep", _("report closed, stays")

    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="moderation_steps")
    verb = models.CharField(max_length=8, choices=Verb.choices)
    post = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="moderation_steps")
    community = models.ForeignKey(
        Community, models.CASCADE, null=True, blank=True, related_name="moderation_steps"
    )
    comment = models.ForeignKey(
        Comment, models.SET_NULL, null=True, blank=True, related_name="moderation_steps"
    )
    affected = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=500)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return f"{self.verb} {self.pk}"
