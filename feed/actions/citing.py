"""Quoting a paragraph of an article. The words are always the server's own; they stay when the paragraph changes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from feed.actions.refusals import Refused
from feed.models import PostPage

MAX_CHARS = 500
MIN_WORDS = 8  # characters; less than that is no quotation

# The package that has articles says what stands in one: page id -> {anchor: plain words}. One entry in ready().
paragraph_sources: list[Callable[[int], Mapping[str, str]]] = []


@dataclass(frozen=True)
class Quotation:
    """The words of a paragraph as they were when somebody commented on them."""

    page: PostPage
    anchor: str
    text: str


def paragraphs(*, page: PostPage) -> dict[str, str]:
    """{anchor: plain words} of a language version as it is published now. One query."""
    return {anchor: words for source in paragraph_sources for anchor, words in source(page.page_id).items()}


def quote(*, page: PostPage, anchor: str, words: str = "") -> Quotation:
    """The paragraph at `anchor`, or the part of it that equals `words`. Raises Refused when it is no longer there."""
    whole = paragraphs(page=page).get(anchor, "")
    if not whole:
        raise Refused(_("This paragraph is no longer there. Your text is still here."))
    part = " ".join(words.split())
    at = whole.find(part) if len(part) >= MIN_WORDS else -1
    return Quotation(page, anchor[:64], shorten(words=whole if at < 0 else whole[at : at + len(part)]))


def shorten(*, words: str) -> str:
    """At most 500 characters, cut between words."""
    if len(words) <= MAX_CHARS:
        return words
    return words[: MAX_CHARS - 1].rsplit(" ", 1)[0].rstrip(" ,;:–") + "…"


def place(*, found: Mapping[str, str], anchor: str, text: str) -> str:
    """Where the cited words stand now: at their anchor, elsewhere after an edit, or "" when they are gone."""
    words = text.removesuffix("…")
    if words in found.get(anchor, ""):
        return anchor
    return next((other for other, whole in found.items() if words in whole), "")


def fields(*, cited: Quotation | None) -> dict:
    """What a comment keeps of it."""
    if cited is None:
        return {}
    return {"cited_page": cited.page, "cited_anchor": cited.anchor, "cited_text": cited.text}
