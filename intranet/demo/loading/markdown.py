"""The articles' Markdown as blocks of the Wagtail editor.

Beyond the small set: `## heading`, tables, fenced code, `![alt](cover "caption")`, `> [!note] Title`, `?> question`.
"""

import re
import uuid

from markdown_it import MarkdownIt

CALLOUT = re.compile(r"\[!(note|good|warn)\] *(.*)")
PICTURE = re.compile(r'!\[(?P<alt>[^\]]*)\]\((?P<key>\w+) "(?P<caption>[^"]*)"\)')
NAMESPACE = uuid.UUID("5f0c8b1e-52a1-4f5e-9a3e-1c5d0b7f2a10")

_parser = MarkdownIt("commonmark", {"html": False}).enable("table")


def blocks(source, *, pictures, credit):
    """Return the raw stream data of `source`; `pictures` are Picture rows by cover key."""
    found, prose = [], []
    for chunk in re.split(r"\n{2,}(?![ \t])", source.strip()):
        block = _special(chunk, pictures, credit)
        if block is None:
            prose.append(chunk)
            continue
        _close(prose, found)
        found.append(block)
    _close(prose, found)
    return [{**block, "id": str(uuid.uuid5(NAMESPACE, f"{n} {source}"))} for n, block in enumerate(found)]


def rich_text(source):
    """Return rich text as Wagtail's editor stores it."""
    html = _parser.render(source)
    for ours, theirs in (("strong", "b"), ("em", "i")):
        html = re.sub(rf"<(/?){ours}>", rf"<\1{theirs}>", html)
    return html.replace("\n", "")


def _close(prose, found):
    if prose:
        found.append({"type": "text", "value": rich_text("\n\n".join(prose))})
        prose.clear()


def _special(chunk, pictures, credit):
    """Return the block that a chunk other than prose becomes, else None."""
    if chunk.startswith("## "):
        return {"type": "heading", "value": {"text": chunk[3:].strip(), "level": "h2"}}
    if chunk.startswith("?> "):
        return {"type": "question", "value": {"text": chunk[3:].strip()}}
    if chunk.startswith("```"):
        return {"type": "code", "value": {"language": "text", "code": chunk.strip("`\n")}}
    if chunk.startswith("|"):
        return {"type": "table", "value": _table(chunk)}
    if chunk.startswith("!["):
        return _pictures(chunk, pictures, credit)
    if chunk.startswith("> "):
        return _quote(re.sub(r"(?m)^> ?", "", chunk))
    return None


def _quote(text):
    callout = CALLOUT.match(text)
    if callout is None:
        return {"type": "quote", "value": {"text": " ".join(text.split()), "attribution": ""}}
    value = {"tone": callout[1], "title": callout[2], "text": rich_text(text[callout.end() :].strip())}
    return {"type": "callout", "value": value}


def _table(chunk):
    """Return a table block's value: first row and first column are headers."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in chunk.splitlines()]
    return {
        "data": [rows[0], *rows[2:]],
        "table_header_choice": "both",
        "first_row_is_table_header": True,
        "first_col_is_header": True,
        "table_caption": "",
    }


def _pictures(chunk, pictures, credit):
    """Return a picture block, or a gallery for several lines."""
    values = [
        {
            "image": pictures[found["key"]].pk,
            "alt": found["alt"],
            "decorative": False,
            "caption": found["caption"],
            "credit": credit,
        }
        for found in PICTURE.finditer(chunk)
    ]
    if len(values) == 1:
        return {"type": "image", "value": values[0]}
    return {"type": "gallery", "value": {"pictures": values, "caption": ""}}
