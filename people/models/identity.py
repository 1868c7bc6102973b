"""External identities and personal keys of a user."""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone


class Identity(models.Model):
    """A row of another directory that is this user, keyed by (issuer, subject), never by e-mail (A11)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="identities")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "subject"], name="identity_once")]

    def __str__(self):
        return f"{self.issuer} {self.subject}"


def new_key():
    """A URL-safe secret of 192 bits (A23 asks for 128)."""
    return secrets.token_urlsafe(24)


class FeedKey(models.Model):
    """The revocable key in a person's Atom addresses. Not a log-in token (A23)."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="feed_key")
    key = models.CharField(max_length=64, unique=True, default=new_key)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return f"feed key of user {self.user_id}"
