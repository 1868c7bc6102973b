"""Unsent texts, one for each person and place (A32)."""

import re

from django.utils import timezone

from feed import text
from feed.models import Comment, Draft, Post
from feed.models.comment import MAX_CHARS
from people.models import User

MOST = 200  # drafts of one person; the oldest go
_PLACE = re.compile(r"(comment|reply|edit|share):\d{1,18}")


def place(*, post: Post, reply_to: Comment | None = None) -> str:
    """Where a new comment or an answer is being typed."""
    return f"reply:{reply_to.pk}" if reply_to else f"comment:{post.pk}"


def is_place(*, name: str) -> bool:
    """Whether `name` is a place that this product knows."""
    return bool(_PLACE.fullmatch(name))


def save(*, user: User, place: str, body: str) -> None:
    """Keep what is typed; nothing but space removes the draft. Raises ValidationError for a text too long."""
    body = text.clean_source(body, max_chars=MAX_CHARS)
    if not body:
        forget(user=user, place=place)
        return
    Draft.objects.update_or_create(
        user=user, place=place, defaults={"body": body, "updated_at": timezone.now()}
    )
    surplus = (
        Draft.objects.filter(user=user).order_by("-updated_at", "-pk").values_list("pk", flat=True)[MOST:]
    )
    Draft.objects.filter(pk__in=list(surplus)).delete()


def forget(*, user: User, place: str) -> None:
    """It was sent, or is not wanted any more."""
    Draft.objects.filter(user=user, place=place).delete()
