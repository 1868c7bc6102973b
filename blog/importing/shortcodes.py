"""WordPress shortcodes as the HTML they stand for; unknown ones stay in the text as typed, as WordPress shows them."""

import html
import re

NAMES = {
    "caption",
    "wp_caption",
    "gallery",
    "embed",
    "audio",
    "video",
    "playlist",
    "code",
    "sourcecode",
    "youtube",
    "vimeo",
}
LANGUAGES = {
    "bash",
    "css",
    "html",
    "ini",
    "javascript",
    "json",
    "python",
    "sql",
    "yaml",
    "xml",
    "php",
    "js",
    "text",
}
SOURCES = ("src", "mp4", "m4v", "webm", "ogv", "wmv", "flv", "mp3", "m4a", "ogg", "wav", "wma")
_OPEN = re.compile(r"(\[?)\[([a-z_]+)(?=[\s=\]/])([^\]\[]*?)(/?)\](\]?)")
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|[“”″]([^“”″]*)[“”″]|([^\s"'\]]+))""")
_PICTURE = re.compile(r"\s*(?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?", re.IGNORECASE)
_BARE = re.compile(r"""^[\s="']*(https?://[^\s"'\]<>]+|\d+)""")


def expand(source: str) -> tuple[str, list[str]]:
    """The HTML with known shortcodes replaced, and the names of shortcodes that were left as text."""
    out: list[str] = []
    unknown: list[str] = []
    position = 0
    while found := _OPEN.search(source, position):
        name = found[2]
        out.append(source[position : found.start()])
        if found[1] and found[5]:  # [[name]] is how the name itself is written
            out.append(found[0][1:-1])
            position = found.end()
        elif name in NAMES or name in LANGUAGES:
            replacement, position = _replace(source, found)
            out.append(found[1] + replacement)
        else:
            unknown.append(name)
            out.append(found[0])
            position = found.end()
    out.append(source[position:])
    return "".join(out), unknown


def _replace(source: str, found: re.Match) -> tuple[str, int]:
    """HTML for the shortcode at `found` and where the text goes on after it."""
    name, end, inner = found[2], found.end() - len(found[5]), ""
    closing = f"[/{name}]"
    closed_at = -1 if found[4] else source.find(closing, end)
    next_open = source.find(f"[{name}", end)
    if closed_at >= 0 and not (0 <= next_open < closed_at and name not in ("code", "sourcecode")):
        inner, end = source[end:closed_at], closed_at + len(closing)
    elif name in LANGUAGES or name in ("code", "sourcecode", "caption", "wp_caption"):
        return found[0][len(found[1]) :], found.end()  # never closed: plain text in brackets
    attributes = {match[1].lower(): html.unescape(next(filter(None, match.groups()[1:]), "")) for match in
                  _ATTRIBUTE.finditer(found[3])}  # fmt: skip
    return _html(name, attributes, found[3], inner), end


def _html(name: str, attributes: dict[str, str], raw: str, inner: str) -> str:
    if name in ("caption", "wp_caption"):
        return _caption(attributes, inner)
    if name in ("gallery", "playlist"):
        ids = html.escape(attributes.get("ids") or attributes.get("include") or "attached")
        return f'<figure data-{name}="{ids}"></figure>{inner}'
    if name in ("audio", "video"):
        return _player(name, attributes, raw) + inner
    if name in ("embed", "youtube", "vimeo"):
        return _embed(name, raw, inner)
    language = attributes.get("language") or attributes.get("lang") or (name if name in LANGUAGES else "text")
    code = html.escape(html.unescape(inner), quote=False)
    return f'<pre class="wp-block-code" data-language="{html.escape(language)}">\n{code}</pre>'


def _caption(attributes: dict[str, str], inner: str) -> str:
    picture = _PICTURE.match(inner)
    if not picture:
        return inner
    words = " ".join(filter(None, (inner[picture.end() :].strip(), attributes.get("caption", ""))))
    return f'<figure class="wp-caption">{picture[0]}<figcaption>{words}</figcaption></figure>'


def _player(name: str, attributes: dict[str, str], raw: str) -> str:
    bare = _BARE.match(raw)
    source = next(filter(None, map(attributes.get, SOURCES)), bare[1] if bare else "")
    return f'<figure><{name} src="{html.escape(source)}"></{name}></figure>' if source else ""


def _embed(name: str, raw: str, inner: str) -> str:
    found = _BARE.match(inner) or _BARE.match(raw)
    if not found:
        return inner
    address = found[1]
    if address.isdigit():
        address = f"https://vimeo.com/{address}"
    address = html.unescape(address).split("&w=")[0].split("&h=")[0].rstrip("/ ")
    return f'<figure class="wp-block-embed">{html.escape(address)}</figure>'
