"""Unsent texts and keys that make sending idempotent."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class Draft(models.Model):
    """What somebody is typing, per place ("comment:12", "reply:34", "share:12", "post"); only for them (A32)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    place = models.CharField(max_length=80)
    body = models.TextField(blank=True)
    data = models.JSONField(default=dict, blank=True, help_text="The other fields of the form, as typed.")
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "place"], name="draft_once_per_place")]

    def __str__(self):
        return f"{self.user_id} at {self.place}"


class IdempotencyKey(models.Model):
    """A create form's key, stored in the transaction of what it made; kept 24 h (A27)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    result = models.CharField(max_length=80, help_text="What was made, for example comment:17.")
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="idempotency_key_once")]

    def __str__(self):
        return self.key
