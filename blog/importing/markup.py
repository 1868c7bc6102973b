"""The two sanitisers of an import: one that makes any HTML a well-formed tree, one for what is kept as HTML."""

import nh3
from bs4 import BeautifulSoup, Tag

MAX_DEPTH = 100

_READ_TAGS = {
    "a", "abbr", "address", "article", "aside", "audio", "b", "bdi", "bdo", "big", "blockquote", "br",
    "caption", "center", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt",
    "em", "embed", "figcaption", "figure", "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "i", "iframe", "img", "ins", "kbd", "li", "main", "mark", "object", "ol", "p", "pre", "q", "rp", "rt",
    "ruby", "s", "samp", "section", "small", "source", "span", "strike", "strong", "sub", "summary", "sup",
    "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "track", "tt", "u", "ul", "var", "video",
}  # fmt: skip
_READ_ATTRIBUTES = {
    "*": {"class"},
    "a": {"href"},
    "audio": {"src"},
    "embed": {"src"},
    "figure": {"data-gallery", "data-playlist"},
    "iframe": {"src", "title"},
    "img": {"src", "alt", "width", "height", "data-id", "data-full-url"},
    "object": {"data"},
    "ol": {"start", "reversed"},
    "pre": {"data-language"},
    "source": {"src"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "track": {"src"},
    "video": {"src"},
}
_reader = nh3.Cleaner(
    tags=_READ_TAGS,
    attributes=_READ_ATTRIBUTES,
    link_rel=None,
    url_schemes={"http", "https", "mailto", "tel", "data"},
)
_flattener = nh3.Cleaner(tags={"p", "br"}, attributes={})

_kept = nh3.Cleaner(
    tags=_READ_TAGS
    - {
        "audio",
        "embed",
        "font",
        "iframe",
        "img",
        "object",
        "source",
        "track",
        "video",
        "center",
        "big",
        "tt",
        "strike",
    },
    attributes={
        "a": {"href"},
        "ol": {"start", "reversed"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan", "scope"},
    },
    url_schemes={"http", "https", "mailto"},
    link_rel="nofollow noopener",
)


def tree(source: str) -> tuple[Tag, bool]:
    """The source as a tree the HTML5 parser would build, without comments and scripts; and whether it had to be
    flattened to bare paragraphs because it is nested deeper than any reader could see.
    """
    cleaned = _reader.clean(source)
    if _depth(cleaned) > MAX_DEPTH:
        return _parse(_flattener.clean(source)), True
    return _parse(cleaned), False


def keep(source: str) -> str:
    """Sanitised HTML for an "html" block: no media, no style, no class; links leave no trace of where they were."""
    return _kept.clean(source).strip()


def _depth(cleaned: str) -> int:
    """Deepest nesting in what the sanitiser wrote; cheap upper bound, void elements counted as open."""
    deepest = depth = 0
    position = cleaned.find("<")
    while position >= 0:
        if cleaned.startswith("</", position):
            depth -= 1
        elif not cleaned.startswith(("<br", "<hr", "<img", "<col>", "<embed", "<source", "<track"), position):
            depth += 1
            deepest = max(deepest, depth)
        position = cleaned.find("<", position + 1)
    return deepest


def _parse(cleaned: str) -> Tag:
    """What the sanitiser wrote is well-formed already; the frame keeps bare words from being taken for a file name."""
    return BeautifulSoup(f"<div>{cleaned}</div>", "html.parser", string_containers={}).div
