"""Running text: an HTML subtree as a flat list of runs, and runs as the HTML that rich text blocks hold.

Flat runs make three things simple that trees make hard: splitting at blank lines, lifting a picture out of the
middle of a sentence, and writing well-formed HTML with nothing in it but known marks.
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from bs4 import NavigableString, Tag
from bs4.element import PreformattedString

MARKS = {
    "b": "b", "strong": "b", "i": "i", "em": "i", "cite": "i", "dfn": "i", "var": "i",
    "code": "code", "kbd": "code", "samp": "code", "tt": "code",
    "s": "s", "del": "s", "strike": "s", "sup": "sup", "sub": "sub",
}  # fmt: skip
PARAGRAPHS = {"p", "div", "section", "article", "header", "footer", "address", "figcaption", "center",
              "main", "aside", "li", "dt", "dd", "tr", "td", "th", "caption", "summary"}  # fmt: skip
SAFE_URL = re.compile(r"^(?:https?://[^/\s]|mailto:[^\s@]+@|tel:\+?[\d ()/-]+$|/(?!/))", re.IGNORECASE)
SPACES = re.compile(r"[ \t\n\r\f]+")
BLANK_LINE = re.compile(r"\n[ \t\r\f]*\n[ \t\n\r\f]*")
EMOJI_CLASSES = {"wp-smiley", "emoji"}


class Run(NamedTuple):
    """Text with its marks, outermost first: names of MARKS, or "a " and an address."""

    text: str
    marks: tuple[str, ...] = ()


class Block(NamedTuple):
    """Something that cannot stand inside a line: the stream blocks to put there, and the marks it stood in."""

    blocks: list
    marks: tuple[str, ...] = ()


BREAK = Run("\n")  # a line break
PARAGRAPH = Run("\n\n")  # a paragraph ends
Piece = Run | Block


def flatten(
    nodes: Iterable, *, autop: bool, blocks_of: Callable[[Tag], list | None], marks: tuple[str, ...] = ()
) -> Iterator[Piece]:
    """Runs and lifted blocks of some nodes, in order.

    `autop`: newlines mean line breaks and blank lines paragraphs, as in WordPress's classic editor. `blocks_of`
    answers the stream blocks of an element that cannot stand in a line, or None for one that can.
    """
    for node in nodes:
        if isinstance(node, NavigableString):
            if not isinstance(node, PreformattedString):
                yield from _text(str(node), autop, marks)
        elif node.name == "br":
            yield BREAK
        elif node.name == "img" and EMOJI_CLASSES & set(node.get("class") or ()):
            yield Run(node.get("alt", ""), marks)
        elif (lifted := blocks_of(node)) is not None:
            yield Block(lifted, marks)
        else:
            inner = flatten(node.children, autop=autop, blocks_of=blocks_of, marks=_marks(node, marks))
            if node.name in PARAGRAPHS:
                yield PARAGRAPH
                yield from inner
                yield PARAGRAPH
            else:
                yield from inner


def _text(text: str, autop: bool, marks: tuple[str, ...]) -> Iterator[Run]:
    if not autop:
        yield Run(SPACES.sub(" ", text), marks)
        return
    for number, paragraph in enumerate(BLANK_LINE.split(text)):
        if number:
            yield PARAGRAPH
        for line_number, line in enumerate(paragraph.split("\n")):
            if line_number:
                yield BREAK
            if line:
                yield Run(SPACES.sub(" ", line), marks)


def _marks(node: Tag, marks: tuple[str, ...]) -> tuple[str, ...]:
    if node.name == "a" and SAFE_URL.match(href := (node.get("href") or "").strip()):
        kept = tuple(mark for mark in marks if not mark.startswith("a "))
        return (f"a {href}", *kept)  # a link is outermost: bold parts do not cut it into several
    mark = MARKS.get(node.name)
    return marks if mark is None or mark in marks else (*marks, mark)


def paragraphs(pieces: Iterable[Piece]) -> Iterator[list[Run] | Block]:
    """Trimmed, non-empty paragraphs and the blocks between them."""
    current: list[Run] = []
    for piece in pieces:
        if isinstance(piece, Run) and piece is not PARAGRAPH:
            current.append(piece)
            continue
        if trimmed := trim(current):
            yield trimmed
        current = []
        if isinstance(piece, Block):
            yield piece
    if trimmed := trim(current):
        yield trimmed


def trim(runs: list[Run]) -> list[Run]:
    """Without breaks and spaces at both ends and around breaks, spaces never doubled; empty when nothing is left."""
    kept: list[Run] = []
    for run in runs:
        if run is BREAK:
            if kept:
                _rstrip(kept)
                kept.append(run)
            continue
        text = run.text
        if not kept or kept[-1] is BREAK or kept[-1].text.endswith(" "):
            text = text.lstrip(" ")
        if text:
            kept.append(Run(text, run.marks))
    while kept and (kept[-1] is BREAK or not kept[-1].text.rstrip(" ")):
        kept.pop()
    _rstrip(kept)
    return kept if any(run.text.strip() for run in kept) else []


def _rstrip(runs: list[Run]) -> None:
    while runs and runs[-1] is not BREAK:
        text = runs[-1].text.rstrip(" ")
        if text:
            runs[-1] = Run(text, runs[-1].marks)
            return
        runs.pop()


def to_html(runs: Iterable[Run]) -> str:
    """Well-formed HTML with `<br/>` and the known marks only."""
    out: list[str] = []
    open_marks: list[str] = []
    for run in runs:
        if run is BREAK:
            out.append("<br/>")
            continue
        shared = 0
        while shared < min(len(open_marks), len(run.marks)) and open_marks[shared] == run.marks[shared]:
            shared += 1
        _close(out, open_marks, shared)
        for mark in run.marks[shared:]:
            out.append(f'<a href="{html.escape(mark[2:])}">' if mark.startswith("a ") else f"<{mark}>")
            open_marks.append(mark)
        out.append(html.escape(run.text, quote=False))
    _close(out, open_marks, 0)
    return "".join(out)


def _close(out: list[str], open_marks: list[str], down_to: int) -> None:
    while len(open_marks) > down_to:
        out.append(f"</{open_marks.pop().split(' ')[0]}>")


def to_text(runs: Iterable[Run], line_end: str = " ") -> str:
    """Plain text for fields that hold no markup; a link's address follows its words in brackets."""
    out: list[str] = []
    link = ""
    for run in [*runs, Run("")]:
        address = run.marks[0][2:] if run.marks and run.marks[0].startswith("a ") else ""
        if link and address != link and run is not BREAK:
            words = "".join(out)
            out.append("" if words.rstrip().endswith(link) else f" ({link})")
        link = link if run is BREAK else address
        out.append(line_end if run is BREAK else run.text)
    return "".join(out).strip()
