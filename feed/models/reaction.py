"""Reactions: one per person and object."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feed.models.comment import Comment
from feed.models.post import Post


class Reaction(models.Model):
    """One person's stance on a post or on one of its comments, at the coordinates (post, comment or NULL)."""

    class Kind(models.TextChoices):
        """The first three are always visible, the others behind "more"."""

        THANKS = "thanks", _("Thanks")
        AGREE = "agree", _("I agree")
        DIFFER = "differ", _("I see it differently")
        CONGRATULATE = "congratulate", _("Congratulations")
        SYMPATHISE = "sympathise", _("Sympathy")

    SUPPORT = (Kind.THANKS, Kind.AGREE, Kind.CONGRATULATE)

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reactions")
    post = models.ForeignKey(Post, models.CASCADE, related_name="reactions")
    comment = models.ForeignKey(
        Comment, models.CASCADE, null=True, blank=True, related_name="reactions", db_index=False
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "post"], condition=Q(comment__isnull=True), name="reaction_once_on_post"
            ),
            models.UniqueConstraint(
                fields=["user", "comment"],
                condition=Q(comment__isnull=False),
                name="reaction_once_on_comment",
            ),
        ]
        indexes = [
            # SQLite scans a plain index on a mostly-NULL column; the partial one is what counting uses
            models.Index(
                fields=["comment", "kind"], name="reaction_on_comment", condition=Q(comment__isnull=False)
            ),
        ]

    def __str__(self):
        return f"{self.user_id} {self.kind}"
