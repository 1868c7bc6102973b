"""HTML of WordPress, classic or with block comments, as the blocks articles are made of. No database, no network.

Blocks are plain dicts {"type", "value"} in the shapes of `blog.blocks`, except for what must be found first:
pictures and files name their source ("src", "full", "id") and are resolved by `blog.importing.media`.
"""

import html as html_entities
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from bs4 import Tag

from blog.importing import gutenberg, inline, markup, pictures, players, shortcodes, tables, texts

DROPPED = re.compile(
    r"<(script|style|form|input|select|textarea|svg|math|canvas|applet|object|embed)\b", re.IGNORECASE
)
# A mistake of ours in reading somebody's HTML: that article is named in the report, the others come along.
FAULTS = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
URL = re.compile(r"^https?://[^\s<>\"]+$", re.IGNORECASE)

HANDLERS = {
    **{f"h{level}": texts.heading for level in range(1, 7)},
    "ul": texts.bullets, "ol": texts.bullets, "dl": texts.kept, "details": texts.kept, "ruby": texts.kept,
    "blockquote": texts.quotation, "pre": texts.preformatted, "hr": texts.rule,
    "table": tables.table,
    "img": pictures.picture, "figure": pictures.figure,
    "iframe": players.frame, "embed": players.frame, "object": players.frame,
    "video": players.player, "audio": players.player,
}  # fmt: skip
CLASS_HANDLERS = {
    "wp-block-gallery": pictures.gallery,
    "wp-block-embed": players.embed,
    "wp-block-file": players.file,
    "wp-block-pullquote": texts.pull_quote,
    "wp-block-spacer": texts.nothing,
}


@dataclass
class Conversion:
    """Blocks in reading order; `notes` counts what did not become a block of its own, by (kind, detail)."""

    blocks: list[dict] = field(default_factory=list)
    notes: Counter = field(default_factory=Counter)


def convert(source: str, *, embeddable: Callable[[str], bool] = lambda url: False) -> Conversion:
    """All visible text of `source` as blocks. `embeddable` says whether a video address may be embedded here."""
    result = Conversion()
    converter = Converter(result.notes, embeddable)
    for found in DROPPED.findall(source):
        converter.note("dropped", found.lower())
    source = gutenberg.expand(source, converter.note)
    for stretch in (
        gutenberg.stretches(source) if gutenberg.has_blocks(source) else [gutenberg.Stretch(source, True)]
    ):
        expanded, unknown = shortcodes.expand(stretch.source)
        for name in unknown:
            converter.note("shortcode", name)
        tree, flattened = markup.tree(expanded)
        if flattened:
            converter.note("dropped", "nesting")
        converter.autop = stretch.autop
        result.blocks += converter.walk(tree.children)
    result.blocks = _merged(result.blocks)
    return result


class Converter:
    """What the handlers of single elements share."""

    def __init__(self, notes: Counter, embeddable: Callable[[str], bool]):
        self.notes = notes
        self.embeddable = embeddable
        self.autop = False

    def note(self, kind: str, detail: str) -> None:
        """Count something for the report of the import."""
        self.notes[kind, detail[:200]] += 1

    def pieces(self, nodes, marks=()) -> list[inline.Piece]:
        """Runs and lifted blocks of the nodes."""
        return list(inline.flatten(nodes, autop=self.autop, blocks_of=self.blocks_of, marks=marks))

    def walk(self, nodes) -> list[dict]:
        """Blocks of the nodes: paragraphs as text, everything else by its handler."""
        blocks = []
        for part in inline.paragraphs(self.pieces(nodes)):
            if isinstance(part, inline.Block):
                blocks += part.blocks
                for mark in part.marks:
                    if mark.startswith("a ") and not pictures.takes_link(part.blocks, mark[2:]):
                        self.note("link", mark[2:])
            else:
                blocks.append(self.paragraph(part))
        return blocks

    def paragraph(self, runs: list[inline.Run]) -> dict:
        """A paragraph; one that is nothing but an address is an embed, or a link."""
        words = html_entities.unescape("".join(run.text for run in runs)).strip()
        if URL.match(words) and not any(run.marks for run in runs):
            return players.address(self, words)
        return {"type": "text", "value": f"<p>{inline.to_html(runs)}</p>"}

    def blocks_of(self, node: Tag) -> list[dict] | None:
        """Blocks of an element that cannot stand in a line, None for one that can."""
        for name in node.get("class") or ():
            if name in CLASS_HANDLERS:
                return CLASS_HANDLERS[name](self, node)
        handler = HANDLERS.get(node.name)
        return handler(self, node) if handler else None

    def keep(self, node: Tag, detail: str) -> list[dict]:
        """The element as sanitised HTML, then the pictures and players in it, which HTML blocks do not hold."""
        blocks = []
        if node.get_text(strip=True):
            self.note("html", detail)
            blocks.append({"type": "html", "value": markup.keep(str(node))})
        for each in node.find_all(["img", "iframe", "video", "audio"]):
            blocks += HANDLERS[each.name](self, each)
        return blocks


def _merged(blocks: list[dict]) -> list[dict]:
    """Neighbouring text blocks become one, as somebody writing here would have them."""
    merged: list[dict] = []
    for block in blocks:
        if block["type"] == "text" and merged and merged[-1]["type"] == "text":
            merged[-1] = {"type": "text", "value": merged[-1]["value"] + block["value"]}
        else:
            merged.append(block)
    return merged
