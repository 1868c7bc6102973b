"""Images that people put into comments and posts."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from feed.models.comment import Comment
from feed.models.post import Post

MAX_PER_COMMENT = 4


class Attachment(models.Model):
    """An uploaded picture, re-encoded. Belongs to nobody's eyes but the owner's until sent; orphans go after 24 h."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="attachments")
    post = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="attachments")
    comment = models.ForeignKey(
        Comment, models.CASCADE, null=True, blank=True, related_name="attachments", db_index=False
    )
    file = models.FileField(upload_to="attachments/%Y/%m", max_length=120)
    preview = models.FileField(upload_to="attachments/%Y/%m", max_length=120, blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField(help_text="Bytes of the stored file.")
    alt = models.CharField(max_length=500, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["position", "created_at"]
        indexes = [
            models.Index(fields=["comment"], name="attachment_comment", condition=Q(comment__isnull=False)),
            models.Index(fields=["created_at"], name="attachment_orphans", condition=Q(post__isnull=True)),
        ]

    def __str__(self):
        return str(self.pk)

    def visible_to(self, user):
        """Unsent: its owner. Sent: whoever may read the comment or post (A5)."""
        if self.post_id is None:
            return user.is_active and user.pk == self.owner_id
        if self.comment_id is None:
            return self.post.visible_to(user)
        gone = self.comment.deleted_at is not None or (
            self.comment.hidden_at is not None and not user.is_moderator
        )
        return self.comment.visible_to(user) and not gone
