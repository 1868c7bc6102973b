"""What open pages are told, and how far somebody has read."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from feed.models.post import Post


class LiveEvent(models.Model):
    """Something happened that open pages may want to know; read in order of `id`, forgotten after minutes.

    Carries who may hear of it, never what was said: a page that hears of it asks for it under the one rule.
    """

    class Kind(models.TextChoices):
        """What happened."""

        POST = "post"
        COMMENT = "comment"
        COUNTS = "counts"
        BELL = "bell"
        ACCESS = "access"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    post = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="+", db_index=False)
    audience_id = models.BigIntegerField(null=True, blank=True)
    community_id = models.BigIntegerField(null=True, blank=True)
    author_id = models.BigIntegerField(null=True, blank=True)
    user_id = models.BigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self):
        return f"{self.kind} {self.pk}"


class ReadMark(models.Model):
    """The newest item that somebody has seen in a stream ("home", "everything", "community:3")."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    stream = models.CharField(max_length=40)
    published_at = models.DateTimeField()
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "stream"], name="read_mark_once")]

    def __str__(self):
        return f"{self.user_id} at {self.stream}"
