"""Words for questions: what is asked, for how long it has waited, how long the answer took."""

import re
from datetime import timedelta

from django import template
from django.utils import timezone
from django.utils.translation import ngettext

from feed import text

register = template.Library()

_QUESTION = re.compile(r"[^.!?…]*\?")
WORDS = 160


@register.filter
def asked_words(html) -> str:
    """The first sentence with a question mark of what was written, else its first words."""
    plain = text.excerpt(html, 10_000)
    found = _QUESTION.search(plain)
    words = found[0].strip() if found and len(found[0].strip()) > 12 else plain
    return words if len(words) <= WORDS else words[: WORDS - 1].rsplit(" ", 1)[0] + "…"


@register.filter
def lasting(span: timedelta | None) -> str:
    """A span of time in one unit: "40 minutes", "21 hours", "3 days", "5 weeks"."""
    if span is None:
        return ""
    minutes = max(1, int(span.total_seconds() // 60))
    if minutes < 90:
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    hours = round(minutes / 60)
    if hours < 48:
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    days = round(minutes / 1440)
    if days < 21:
        return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    weeks = round(days / 7)
    return ngettext("%(n)s week", "%(n)s weeks", weeks) % {"n": weeks}


@register.filter
def age(since) -> timedelta | None:
    """Time that passed since then."""
    return timezone.now() - since if since else None
