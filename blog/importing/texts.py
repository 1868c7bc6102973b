"""Headings, lists, quotations, code and rules of imported HTML."""

from bs4 import NavigableString, Tag

from blog.importing import inline

MAX_HEADING = 200
MAX_QUOTE = 600
MAX_ATTRIBUTION = 200
MAX_CODE = 20_000
IN_CODE = {"code", "span", "br", "font", "mark", "b", "strong", "i", "em"}
NOT_IN_LISTS = [
    "table",
    "pre",
    "blockquote",
    "dl",
    "details",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "figure",
    "hr",
]
LANGUAGES = {"bash", "css", "html", "ini", "javascript", "json", "python", "sql", "yaml"}
ALIASES = {
    "js": "javascript",
    "sh": "bash",
    "shell": "bash",
    "xml": "html",
    "py": "python",
    "yml": "yaml",
    "jscript": "javascript",
}


def text(value: str) -> dict:
    """A rich text block."""
    return {"type": "text", "value": value}


def split(converter, node: Tag) -> tuple[list[inline.Run], list[dict]]:
    """All runs of the element as one line with breaks between paragraphs, and the blocks lifted out of it."""
    runs: list[inline.Run] = []
    blocks: list[dict] = []
    for part in inline.paragraphs(converter.pieces(node.children)):
        if isinstance(part, inline.Block):
            blocks += part.blocks
        else:
            runs += [inline.BREAK, *part] if runs else part
    return runs, blocks


def heading(converter, node: Tag) -> list[dict]:
    """h1 and h2 are headings, h3 subheadings; smaller, very long or linked ones go into rich text."""
    runs, lifted = split(converter, node)
    if not runs:
        return lifted
    words = inline.to_text(runs)
    linked = any(mark.startswith("a ") for run in runs for mark in run.marks)
    if len(words) > MAX_HEADING or linked or node.name in ("h4", "h5", "h6"):
        name = "h3" if node.name in ("h1", "h2", "h3") else "h4"
        return [text(f"<{name}>{inline.to_html(runs)}</{name}>"), *lifted]
    level = "h3" if node.name == "h3" else "h2"
    return [{"type": "heading", "value": {"text": words, "level": level}}, *lifted]


def bullets(converter, node: Tag) -> list[dict]:
    """Lists of lines and lists; anything richer inside, or a numbering of its own, is kept as HTML."""
    if node.get("start") not in (None, "1") or node.has_attr("reversed") or not _is_simple_list(node):
        return converter.keep(node, "list")
    lifted: list[dict] = []
    value = _list_html(converter, node, lifted)
    return [text(value), *lifted] if "<li>" in value else lifted


def _is_simple_list(node: Tag) -> bool:
    for child in node.children:
        if isinstance(child, NavigableString):
            if type(child) is NavigableString and child.strip():
                return False
            continue
        if child.name != "li" or child.find(NOT_IN_LISTS):
            return False
        tail = False
        for part in child.children:
            if isinstance(part, Tag) and part.name in ("ul", "ol"):
                tail = True
                if not _is_simple_list(part) or part.get("start") not in (None, "1"):
                    return False
            elif tail and (isinstance(part, Tag) or part.strip()):
                return False  # text after an inner list: rich text would move it
            elif isinstance(part, Tag) and part.find(["ul", "ol"]):
                return False
    return True


def _list_html(converter, node: Tag, lifted: list[dict]) -> str:
    items = []
    for item in node.find_all("li", recursive=False):
        inner = [child.extract() for child in item.find_all(["ul", "ol"], recursive=False)]
        runs, blocks = split(converter, item)
        lifted += blocks
        nested = "".join(_list_html(converter, each, lifted) for each in inner)
        if runs or nested:
            items.append(f"<li>{inline.to_html(runs)}{nested}</li>")
    return f"<{node.name}>{''.join(items)}</{node.name}>"


def quotation(converter, node: Tag) -> list[dict]:
    """A quotation that names its source is a pull quote; other plain ones stay in the text."""
    if node.find(["ul", "ol", *NOT_IN_LISTS]):
        return converter.keep(node, "blockquote")
    cites = node.find_all(["cite", "footer"], recursive=False) if node.get_text(strip=True) else []
    return _quote(converter, node, cites)


def pull_quote(converter, node: Tag) -> list[dict]:
    """WordPress's own pull quote, a figure or a blockquote by version."""
    inner = node.find("blockquote") or node
    if inner.find(["ul", "ol", *NOT_IN_LISTS]):
        return converter.keep(node, "pullquote")
    cites = node.find_all("cite")[-1:]
    if inner is not node:
        inner.unwrap()
    return _quote(converter, node, cites, always=True)


def _quote(converter, node: Tag, cites: list[Tag], *, always: bool = False) -> list[dict]:
    sources = [split(converter, cite.extract()) for cite in cites]
    runs, lifted = split(converter, node)
    lifted += [block for _runs, blocks in sources for block in blocks]
    attribution = " ".join(filter(None, (inline.to_text(source) for source, _blocks in sources)))
    words = inline.to_text(runs, "\n")
    if words and (always or cites) and len(words) <= MAX_QUOTE and len(attribution) <= MAX_ATTRIBUTION:
        return [{"type": "quote", "value": {"text": words, "attribution": attribution}}, *lifted]
    said = f"<blockquote>{inline.to_html(runs)}</blockquote>" if runs else ""
    said += "".join(f"<p>{inline.to_html(source)}</p>" for source, _blocks in sources if source)
    return [text(said), *lifted] if said else lifted


def preformatted(converter, node: Tag) -> list[dict]:
    """Code, kept as typed. A verse keeps its lines as text; markup inside keeps the whole as HTML."""
    if "wp-block-verse" in (node.get("class") or ()):
        return _verse(converter, node)
    if any(each.name not in IN_CODE for each in node.find_all(True)):
        return converter.keep(node, "pre")
    for line_break in node.find_all("br"):
        line_break.replace_with("\n")
    code = node.get_text().strip("\n")
    if len(code) > MAX_CODE:
        return converter.keep(node, "pre")
    return [{"type": "code", "value": {"language": _language(node), "code": code}}] if code.strip() else []


def _verse(converter, node: Tag) -> list[dict]:
    before, converter.autop = converter.autop, True
    blocks = converter.walk(node.children)
    converter.autop = before
    return blocks


def _language(node: Tag) -> str:
    names = [node.get("data-language") or ""]
    for each in (node, *node.find_all("code")):
        names += [name.removeprefix("language-").removeprefix("lang-") for name in each.get("class") or ()]
    for name in names:
        name = ALIASES.get(name.lower(), name.lower())
        if name in LANGUAGES:
            return name
    return "text"


def rule(converter, node: Tag) -> list[dict]:
    """A line across."""
    return [text("<hr/>")]


def kept(converter, node: Tag) -> list[dict]:
    """Elements that have no block of their own."""
    return converter.keep(node, node.name)


def nothing(converter, node: Tag) -> list[dict]:
    """Empty space."""
    return converter.walk(node.children)
