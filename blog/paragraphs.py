"""The paragraphs and list items of an article's text blocks: each has an address, so that readers can comment on it.

The address is the block's id and the paragraph's number in it; where it stands after an edit, feed finds by the words.
"""

import re
from dataclasses import dataclass

from blog.models import ArticlePage
from feed import text

# paragraphs and list items that hold no other of them
_PARAGRAPH = re.compile(
    r"<(?P<tag>p|li)(?=[\s>])(?P<attrs>[^>]*)>(?P<inner>(?:(?!<(?:p|li|ul|ol)[\s>]).)*?)</(?P=tag)>",
    re.DOTALL,
)
ID_CHARS = 8


@dataclass
class Part:
    """A piece of a text block as HTML; a paragraph or list item with words has an `anchor`.

    `wrap` is the element that also holds what readers wrote beside it; the template closes it.
    """

    html: str
    anchor: str = ""
    wrap: str = ""
    note: dict | None = None


def split(html: str, block_id) -> list[Part]:
    """The block in pieces: paragraphs with their anchors as `id`, and what stands between them."""
    found, at = [], 0
    for number, match in enumerate(_PARAGRAPH.finditer(html)):
        if html[at : match.start()].strip():
            found.append(Part(html[at : match.start()]))
        found.append(_part(match, _anchor(block_id, number) if _words(match["inner"]) else ""))
        at = match.end()
    if html[at:].strip():
        found.append(Part(html[at:]))
    return found


def _part(match, anchor):
    attrs, inner = match["attrs"], match["inner"]
    if not anchor:
        return Part(match[0])
    if match["tag"] == "li":
        return Part(f'<li id="{anchor}" class="para"{attrs}>{inner}', anchor, "li")
    return Part(f'<p id="{anchor}"{attrs}>{inner}</p>', anchor, "div")


def words_of(body) -> dict[str, str]:
    """{anchor: plain words} of all text blocks of a page."""
    return {
        _anchor(block.id, number): _words(match["inner"])
        for block in body
        if block.block_type == "text" and block.id
        for number, match in enumerate(_PARAGRAPH.finditer(block.value.source))
        if _words(match["inner"])
    }


def of_page(page_id: int) -> dict[str, str]:
    """The paragraphs of a published article by its page's id; for feed's registry. One query."""
    page = ArticlePage.objects.filter(pk=page_id, live=True).only("body").first()
    return words_of(page.body) if page else {}


def _anchor(block_id, number) -> str:
    return f"p-{str(block_id)[:ID_CHARS]}-{number}" if block_id else ""


def _words(html) -> str:
    return " ".join(text.plain(html).split())
