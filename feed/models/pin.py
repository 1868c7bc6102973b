"""What is featured somewhere until a date."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from feed.models.post import Post


class PinQuerySet(models.QuerySet):
    """Pins by time."""

    def current(self, at=None):
        """Not ended, now or `at` a moment."""
        return self.filter(until__gt=at or timezone.now())


class Pin(models.Model):
    """A post at a place ("home") until a time; the newest current one counts."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="pins")
    place = models.CharField(max_length=40, default="home")
    until = models.DateTimeField()
    pinned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = PinQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "place"], name="pin_once")]
        indexes = [models.Index(fields=["place", "until"], name="pin_current")]

    def __str__(self):
        return f"{self.post_id} at {self.place}"
