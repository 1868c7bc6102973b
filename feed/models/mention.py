"""Who or what was named with @, at the coordinates (post, comment or NULL)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from feed.models.comment import Comment
from feed.models.community import Community
from feed.models.post import Post

MAX_PER_TEXT = 10  # A21


class Mention(models.Model):
    """Exactly one of a person, a community, an audience (NULL audience of a `is_everyone` row: all)."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="mentions")
    comment = models.ForeignKey(
        Comment, models.CASCADE, null=True, blank=True, related_name="mentions", db_index=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="mentions",
        db_index=False,
    )
    community = models.ForeignKey(
        Community, models.CASCADE, null=True, blank=True, related_name="mentions", db_index=False
    )
    audience = models.ForeignKey(
        "people.Audience", models.CASCADE, null=True, blank=True, related_name="+", db_index=False
    )
    is_everyone = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="mention_exactly_one",
                condition=Q(
                    user__isnull=False, community__isnull=True, audience__isnull=True, is_everyone=False
                )
                | Q(user__isnull=True, community__isnull=False, audience__isnull=True, is_everyone=False)
                | Q(user__isnull=True, community__isnull=True, audience__isnull=False, is_everyone=False)
                | Q(user__isnull=True, community__isnull=True, audience__isnull=True, is_everyone=True),
            ),
            models.UniqueConstraint(
                fields=["post", "user"],
                condition=Q(comment__isnull=True, user__isnull=False),
                name="mention_user_once_in_post",
            ),
            models.UniqueConstraint(
                fields=["comment", "user"],
                condition=Q(comment__isnull=False, user__isnull=False),
                name="mention_user_once_in_comment",
            ),
        ]
        indexes = [
            # mentions of me, newest first
            models.Index(
                fields=["user", "-created_at", "-id"], name="mention_of_user", condition=Q(user__isnull=False)
            ),
            models.Index(
                fields=["community"], name="mention_of_community", condition=Q(community__isnull=False)
            ),
            models.Index(
                fields=["audience"], name="mention_of_audience", condition=Q(audience__isnull=False)
            ),
            models.Index(fields=["comment"], name="mention_in_comment", condition=Q(comment__isnull=False)),
        ]

    def __str__(self):
        return f"mention {self.pk}"
