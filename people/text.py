"""What typed text may contain, the same for every field of the product (requirements A17). No database.

Text is kept in NFC. C0 and C1 control characters, lone surrogates, noncharacters (which no XML may hold) and all but
the first eight combining marks in a row are taken out silently, because nobody sees them while typing; what is too
long is refused, never cut.
"""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

MAX_COMBINING_MARKS = 8

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def clean_text(text: str, *, max_chars: int, max_bytes: int | None = None) -> str:
    """Text of several lines: NFC, without control characters, at most 8 combining marks in a row, outer space cut.

    ``max_bytes`` counts UTF-8 and is twice ``max_chars`` (but at least 1,000) unless given.
    Raises ValidationError (code ``too_long``) beyond either limit.
    """
    if len(text) > 4 * max_chars + 1000:  # before anything is computed from it
        raise _too_long(len(text), max_chars)
    text = unicodedata.normalize("NFC", _CONTROLS.sub("", _LINE_ENDS.sub("\n", text)))
    text = limit_marks(text).strip()
    if len(text) > max_chars:
        raise _too_long(len(text), max_chars)
    if len(text.encode()) > (max_bytes or max(2 * max_chars, 1000)):
        raise ValidationError(
            _("This text needs too much room because of its many special characters. Please shorten it."),
            code="too_long",
        )
    return text


def clean_line(text: str, *, max_chars: int) -> str:
    """Text of one line (a name, a title): as ``clean_text``, with space runs made one space and no bidi controls."""
    text = clean_text(text, max_chars=4 * max_chars, max_bytes=16 * max_chars)
    text = " ".join(BIDI_CONTROLS.sub("", text).split())
    if len(text) > max_chars:
        raise _too_long(len(text), max_chars)
    return text


def limit_marks(text: str, most: int = MAX_COMBINING_MARKS) -> str:
    """The text with at most ``most`` combining marks after one another; the rest of each run is dropped."""
    if text.isascii():
        return text
    kept, run = [], 0
    for character in text:
        run = run + 1 if unicodedata.category(character)[0] == "M" else 0
        if run <= most:
            kept.append(character)
    return "".join(kept)


def comparison_key(text: str) -> str:
    """The form in which names, tags and handles are compared: NFKC and case-folded (requirements A17)."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def _too_long(count: int, limit: int) -> ValidationError:
    return ValidationError(
        _("Your text has %(count)s characters; at most %(limit)s fit."),
        code="too_long",
        params={
            "count": number_format(count, use_l10n=True, force_grouping=True),
            "limit": number_format(limit, use_l10n=True, force_grouping=True),
        },
    )
