"""Comments of WordPress (a little HTML, newlines meant) as the small Markdown that comments here are written in."""

import re

from blog.importing import inline, markup

_SPECIAL = re.compile(r"([\\`*_\[\]<>~|])")
_LINE_START = re.compile(r"^(\s*\d*)([#>+=.)-])(?=\s|[#>=-])")
_ADDRESS = re.compile(r"(https?://[^\s<>]+)")
_SIGNS = {"b": "**", "i": "*", "s": "~~"}


def from_html(source: str) -> str:
    """Markdown that renders to what the comment showed; what looks like Markdown in it stays as typed."""
    tree, _flattened = markup.tree(source)
    parts = []
    for part in inline.paragraphs(inline.flatten(tree.children, autop=True, blocks_of=_blocks_of)):
        parts += part.blocks if isinstance(part, inline.Block) else [_line(part)]
    return "\n\n".join(part for part in parts if part.strip())


def _blocks_of(node) -> list[str] | None:
    if node.name == "blockquote":
        inner = from_html(node.decode_contents())
        return ["\n".join(f"> {line}".rstrip() for line in inner.split("\n"))] if inner else []
    if node.name in ("ul", "ol") and node.find("li"):
        items = [from_html(item.decode_contents()).replace("\n", "\n  ") for item in node.find_all("li")]
        return ["\n".join(f"- {item}" for item in items if item)]
    if node.name == "pre":
        fence = "```" if "```" not in node.get_text() else "~~~~"
        return [f"{fence}\n{node.get_text().strip(chr(10))}\n{fence}"]
    if node.name == "img":
        source = node.get("src") or ""
        return [source] if source.startswith("http") else []
    return None


def _line(runs: list[inline.Run]) -> str:
    out = []
    for run in runs:
        out.append("\n" if run is inline.BREAK else _marked(run))
    return "\n".join(_LINE_START.sub(r"\1\\\2", line) for line in "".join(out).split("\n"))


def _marked(run: inline.Run) -> str:
    """One run with its signs; spaces stay outside of them, or Markdown would not see them."""
    words = run.text.strip(" ")
    if not words:
        return run.text
    if "code" in run.marks and "`" not in words:
        words = f"`{words}`"
    else:
        pieces = _ADDRESS.split(words)  # every second one is an address
        pieces[::2] = [_SPECIAL.sub(r"\\\1", piece) for piece in pieces[::2]]
        words = "".join(pieces)
    for mark in reversed(run.marks):
        if mark in _SIGNS:
            words = f"{_SIGNS[mark]}{words}{_SIGNS[mark]}"
        elif mark.startswith("a ") and mark[2:] != words:
            address = mark[2:].replace(" ", "%20").replace("(", "%28").replace(")", "%29")
            words = f"[{words}]({address})" if not address.startswith(("/", "tel:")) else words
    before = " " if run.text.startswith(" ") else ""
    return f"{before}{words}{' ' if run.text.endswith(' ') else ''}"
