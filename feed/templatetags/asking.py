"""Words for questions: what is asked, for how long it has waited, how long the answer took."""

import re
from datetime import timedelta

from django import template
from django.utils import timezone
from django.utils.translation import ngettext

from feed import text

register = template.Library()

# a sentence ends where the next one begins with a capital; "1. Dezember" is no end
_END = re.compile(r"(?<=[^\W\d][.!?…])[“”\"’»)]*\s+(?=[“„\"»¿(]*[^\W\da-z])|(?<=[?!])[“”\"’»)]*\s+")
_QUOTED = re.compile(r"<blockquote>.*?</blockquote>", re.DOTALL)
WORDS, SHORT = 160, 40


@register.filter
def asked_words(html) -> str:
    """The first sentence with a question mark (after a short one, with what it is about), else the first words."""
    plain = text.excerpt(_QUOTED.sub("", html or ""), 10_000) or text.excerpt(html, 10_000)
    sentences = [one.strip() for one in _END.split(plain)]
    at = next((n for n, one in enumerate(sentences) if one.rstrip('“”"’»)').endswith("?")), None)
    words = plain if at is None else sentences[at]
    if at and len(words) < SHORT and len(sentences[at - 1]) + len(words) < WORDS:
        words = f"{sentences[at - 1]} {words}"
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
