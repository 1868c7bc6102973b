"""What has to leave the house: mail and push, written with the change that causes it (A28)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class OutboxMessage(models.Model):
    """One message to one person. Written and sent by people/outbox.py only, rendered when it leaves (A4).

    `about` names the object in words of the event ("invitation:17"); `data` is what the event's renderer needs and
    is emptied when the message has left or is dropped. No secret stands in it: renderers make links while rendering.
    """

    class Channel(models.TextChoices):
        """How it travels."""

        MAIL = "mail"
        PUSH = "push"

    class State(models.TextChoices):
        """Where it stands; `dropped`: at the time of sending nobody was allowed or there to read it."""

        PENDING = "pending"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"
        DROPPED = "dropped"

    event = models.CharField(max_length=60)
    about = models.CharField(max_length=120)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="outbox_messages")
    channel = models.CharField(max_length=4, choices=Channel.choices, default=Channel.MAIL)
    data = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=7, choices=State.choices, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)
    due_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "about", "recipient", "channel"], name="outbox_message_once"
            )
        ]
        indexes = [
            # the worker: what is due
            models.Index(fields=["due_at"], name="outbox_due", condition=Q(state__in=["pending", "sending"])),
        ]

    def __str__(self):
        return f"{self.event} {self.about} to user {self.recipient_id}"
