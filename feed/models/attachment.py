"""Images, one video and documents that people put into posts, images in comments."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feed.models.comment import Comment
from feed.models.post import Post

MAX_PER_COMMENT, MAX_PER_POST = 4, 10


class Attachment(models.Model):
    """An uploaded file, pictures re-encoded. Only its owner sees it until it is sent; orphans go after 24 h."""

    class Kind(models.TextChoices):
        """What it is."""

        IMAGE = "image", _("photo")
        VIDEO = "video", _("video")
        DOCUMENT = "document", _("document")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="attachments")
    post = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="attachments")
    comment = models.ForeignKey(
        Comment, models.CASCADE, null=True, blank=True, related_name="attachments", db_index=False
    )
    file = models.FileField(upload_to="attachments/%Y/%m", max_length=120)
    preview = models.FileField(upload_to="attachments/%Y/%m", max_length=120, blank=True)
    captions = models.FileField(upload_to="attachments/%Y/%m", max_length=120, blank=True)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.IMAGE)
    name = models.CharField(max_length=200, blank=True, help_text="As the owner's file was called.")
    content_type = models.CharField(max_length=100, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    size = models.PositiveIntegerField(help_text="Bytes of the stored file.")
    alt = models.CharField(max_length=500, blank=True)
    credit = models.CharField(max_length=200, blank=True)
    focal_x = models.PositiveSmallIntegerField(
        default=50, db_default=50, help_text="What a crop keeps, percent from the left."
    )
    focal_y = models.PositiveSmallIntegerField(default=50, db_default=50, help_text="The same from the top.")
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

    @property
    def focal(self):
        """As CSS places it; "" for the middle."""
        return "" if (self.focal_x, self.focal_y) == (50, 50) else f"{self.focal_x}% {self.focal_y}%"

    @property
    def type_name(self):
        """What a document is, in one word: PDF, DOCX."""
        return self.file.name.rsplit(".", 1)[-1].upper()

    def visible_to(self, user):
        """Unsent: its owner. Sent: whoever may read the comment or post (A5)."""
        if self.post_id is None:
            return user.is_active and user.pk == self.owner_id
        if self.comment_id is None:
            return self.post.visible_to(user)
        gone = self.comment.deleted_at is not None or (
            self.comment.hidden_at is not None and not self.comment.post.overseen_by(user)
        )
        return self.comment.visible_to(user) and not gone
