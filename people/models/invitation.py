"""Invitations by mail, where there is no single sign-on."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class Invitation(models.Model):
    """A link for one address, used once; only the SHA-256 of its secret is kept. The account exists from the start."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="invitation")
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    def __str__(self):
        return f"invitation of user {self.user_id}"
