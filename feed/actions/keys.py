"""Idempotency keys: sending the same form twice makes one thing (A27, T13)."""

from datetime import timedelta

from django.utils import timezone

from feed.models import IdempotencyKey
from people.models import User

KEPT = timedelta(hours=24)
SAME_TEXT_SECONDS = 60


def find(*, user: User, key: str | None) -> str:
    """What this key made before, "comment:17", or ""."""
    if not key:
        return ""
    return (
        IdempotencyKey.objects.filter(user=user, key=key[:64]).values_list("result", flat=True).first() or ""
    )


def keep(*, user: User, key: str | None, result: str) -> None:
    """Store the key in the transaction of what it made. Raises IntegrityError when it was used meanwhile."""
    if key:
        IdempotencyKey.objects.create(user=user, key=key[:64], result=result)


def forget() -> int:
    """Remove keys that are older than a day."""
    return IdempotencyKey.objects.filter(created_at__lt=timezone.now() - KEPT).delete()[0]
