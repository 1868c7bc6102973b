"""How far somebody has read a stream; the same on all their devices."""

from django.db import transaction
from django.utils import timezone

from feed.models import ReadMark
from people.models import User


@transaction.atomic
def mark(*, user: User, stream: str, published_at) -> None:
    """Note that everything up to `published_at` was seen. Never goes back: another device may be further."""
    now = timezone.now()
    at = min(published_at, now)
    made, is_new = ReadMark.objects.get_or_create(
        user=user, stream=stream, defaults={"published_at": at, "updated_at": now}
    )
    if not is_new:
        ReadMark.objects.filter(pk=made.pk, published_at__lt=at).update(published_at=at, updated_at=now)
