"""What a reader sees, of a source and of blocks, without white space: for comparing that nothing was lost."""

import html
import re

import nh3

MEDIA_SHORTCODES = re.compile(r"\[/?(?:caption|gallery|embed|video|audio|playlist)\b[^\]]*\]")


def of_source(source: str) -> str:
    """Text of HTML as the HTML5 parser reads it, scripts and comments aside."""
    text = nh3.clean(MEDIA_SHORTCODES.sub("", source), tags=set())
    return re.sub(r"\s+", "", html.unescape(text))


def of_blocks(blocks: list[dict]) -> str:
    """Text of converted blocks in their order."""
    return re.sub(r"\s+", "", "".join(_of_block(block["type"], block["value"]) for block in blocks))


def _of_block(kind: str, value) -> str:
    if kind in ("text", "html"):
        return html.unescape(nh3.clean(value, tags=set()))
    if kind == "table":
        return value["table_caption"] + "".join(cell for row in value["data"] for cell in row)
    if kind == "gallery":
        return value["caption"] + "".join(picture["caption"] for picture in value["pictures"])
    return "".join(
        str(value.get(name, "")) for name in ("text", "attribution", "caption", "code", "url", "title")
    )
