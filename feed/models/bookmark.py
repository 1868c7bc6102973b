"""What somebody keeps for later. Only they see it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from feed.models.comment import Comment
from feed.models.post import Post


class Bookmark(models.Model):
    """A kept post or comment, at the coordinates (post, comment or NULL)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="bookmarks")
    post = models.ForeignKey(Post, models.CASCADE, related_name="bookmarks")
    comment = models.ForeignKey(
        Comment, models.CASCADE, null=True, blank=True, related_name="bookmarks", db_index=False
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "post"], condition=Q(comment__isnull=True), name="bookmark_once_post"
            ),
            models.UniqueConstraint(
                fields=["user", "comment"], condition=Q(comment__isnull=False), name="bookmark_once_comment"
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-created_at", "-id"], name="bookmark_list"),
            models.Index(fields=["comment"], name="bookmark_on_comment", condition=Q(comment__isnull=False)),
        ]

    def __str__(self):
        return f"{self.user_id} keeps {self.post_id}"
