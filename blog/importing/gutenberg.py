"""Block comments of WordPress's newer editor: where blocks begin and end, and what blocks without HTML say."""

import html
import json
import re
from collections.abc import Iterator
from typing import NamedTuple

COMMENT = re.compile(r"<!--\s+(/?)wp:((?:[a-z][\w-]*/)?[a-z][\w-]*)\s+(\{.*?\}\s+)?(/?)-->", re.DOTALL)
LAYOUTS = {"columns", "cover", "media-text"}


class Stretch(NamedTuple):
    """Part of a text; `autop`: written without blocks, so that newlines make paragraphs."""

    source: str
    autop: bool


def has_blocks(source: str) -> bool:
    """Whether the text was written with blocks at all."""
    return "<!-- wp:" in source


def stretches(source: str) -> Iterator[Stretch]:
    """The text cut where newlines begin or cease to mean something; neighbouring blocks stay together."""
    blocks = ""
    for stretch in _outermost(source):
        if not stretch.autop:
            blocks += stretch.source
        elif stretch.source.strip():
            yield Stretch(blocks, False)
            yield stretch
            blocks = ""
    yield Stretch(blocks, False)


def _outermost(source: str) -> Iterator[Stretch]:
    """The text cut at its outermost blocks. What stands between them, and classic blocks, needs paragraphs."""
    start, depth, names = 0, 0, []
    for comment in COMMENT.finditer(source):
        closing, name, _attributes, void = comment.groups()
        if void:
            continue
        if not closing:
            if depth == 0:
                yield Stretch(source[start : comment.start()], True)
                start = comment.start()
            names.append(name)
            depth += 1
        elif depth:
            depth -= 1
            name = names.pop()
            if depth == 0:
                yield Stretch(source[start : comment.end()], name in ("freeform", "core/freeform"))
                start = comment.end()
    yield Stretch(source[start:], depth == 0)


def expand(source: str, note) -> str:
    """The source in which blocks without HTML of their own are replaced by what they link to.

    `note(kind, detail)` hears of those that leave nothing ("dynamic": the old site computed them), of layouts that
    become one column ("layout") and of blocks of plug-ins whose HTML is read like any other ("plugin").
    """

    def replace(comment: re.Match) -> str:
        closing, name, attributes, void = comment.groups()
        name = name.removeprefix("core/")
        if void:
            return _void(name, _json(attributes), note)
        if not closing and name in LAYOUTS:
            note("layout", name)
        if not closing and "/" in name and not name.startswith("core-embed/"):
            note("plugin", name)
        return comment[0]

    return COMMENT.sub(replace, source)


def _void(name: str, attributes: dict, note) -> str:
    address = attributes.get("url")
    if isinstance(address, str) and address.strip():
        words = attributes.get("label") or attributes.get("service") or address
        return f'<li><a href="{html.escape(address)}">{html.escape(str(words))}</a></li>'
    note("dynamic", name)
    return ""


def _json(text: str | None) -> dict:
    try:
        found = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
