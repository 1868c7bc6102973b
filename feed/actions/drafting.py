"""Unsent texts, one for each person and place (A32)."""

import json
import re

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feed import text
from feed.models import Comment, Draft, Post
from feed.models.comment import MAX_CHARS
from people.models import User
from people.text import clean_text

MOST = 200  # drafts of one person; the oldest go
_PLACE = re.compile(r"(comment|reply|edit|share|post|community):\d{1,18}|post")
# Fields of the composer besides its text, as typed: {name: [values]}. Those that make a draft worth keeping:
_TYPED = ("to", "option", "pledge", "thanks", "attachment")
_CHOSEN = (
    "kind",
    "audience",
    "language",
    "multiple",
    "secret",
    "hide_results",
    "ends",
    "value",
    "when",
    "for_company",
)
_OF_FILE = re.compile(r"(alt|credit|focal_[xy])_[0-9a-f-]{36}")
_MOST_VALUES, _MOST_CHARS = 20, 500


def place(*, post: Post, reply_to: Comment | None = None) -> str:
    """Where a new comment or an answer is being typed."""
    return f"reply:{reply_to.pk}" if reply_to else f"comment:{post.pk}"


def is_place(*, name: str) -> bool:
    """Whether `name` is a place that this product knows."""
    return bool(_PLACE.fullmatch(name))


def save(*, user: User, place: str, body: str, data: dict | None = None) -> None:
    """Keep what is typed; a form with nothing in it removes the draft. `data`: see `read_fields`.

    Raises ValidationError for a text too long.
    """
    body = text.clean_source(body, max_chars=MAX_CHARS)
    data = data or {}
    if not body and not any(name in data for name in _TYPED):
        forget(user=user, place=place)
        return
    values = {"body": body, "data": data, "updated_at": timezone.now()}
    Draft.objects.update_or_create(user=user, place=place, defaults=values)
    surplus = (
        Draft.objects.filter(user=user).order_by("-updated_at", "-pk").values_list("pk", flat=True)[MOST:]
    )
    Draft.objects.filter(pk__in=list(surplus)).delete()


def forget(*, user: User, place: str) -> None:
    """It was sent, or is not wanted any more."""
    Draft.objects.filter(user=user, place=place).delete()


def read_fields(*, sent: str) -> dict[str, list[str]]:
    """The other fields of the composer from their JSON: {name: [values]}, known names only, empty values left out.

    Raises ValidationError for what no composer sends.
    """
    try:
        found = json.loads(sent or "{}")
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or len(found) > 80:
        raise ValidationError(_("Drafts are not kept here."))
    kept = {}
    for name, values in found.items():
        if name in _TYPED or name in _CHOSEN or _OF_FILE.fullmatch(name):
            values = values if isinstance(values, list) else [values]
            texts = [
                clean_text(one, max_chars=_MOST_CHARS)
                for one in values[:_MOST_VALUES]
                if isinstance(one, str)
            ]
            if any(texts):
                kept[name] = texts
    return kept
