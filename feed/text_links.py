"""Names and tags in what people type: how they are found, and how known ones become links. No database."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import nh3
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from people.handles import slugify_de, tag_slug

NAME = re.compile(r"(?<![\w@./+-])@(\w[\w.-]{0,79})")
TAG = re.compile(r"(?<![\w&/#@])#(\w[\w-]{0,59})")
_BOTH = re.compile(f"{NAME.pattern}|{TAG.pattern}")
# Where links of ours lead; stored in texts, so these addresses stay as they are (a test compares them).
PERSON, COMMUNITY, TAGGED = "/people/{}/", "/communities/{}/", "/tags/{}/"
_OURS = re.compile(r"/(?:people|communities|tags)/[\w.%~-]+/")
_CLASSES = ("mention", "tag")

TAGS = {"p", "br", "strong", "em", "s", "a", "ul", "ol", "li", "blockquote", "code", "pre", "bdi"}


@dataclass(frozen=True)
class Link:
    """Where a name ("@anna.mueller") or tag ("#safety") leads, and what stands there (nothing: what was typed)."""

    url: str
    label: str = ""


def name_key(typed: str) -> str:
    """A name behind @ in the form of handles and slugs: "Anna.Müller" → "anna.mueller"; dots and hyphens stay."""
    parts = re.split(r"([.-])", typed.rstrip(".-"))
    return "".join(part if part in ".-" else slugify_de(part, separator=".") for part in parts)


def spoken(blocks: list[Token]) -> Iterator[tuple[Token, int]]:
    """The text runs (with their block and place) of parsed Markdown that are neither code nor part of a link."""
    for block in blocks:
        depth = 0
        for place, token in enumerate(block.children or ()):
            depth += token.nesting if token.type in ("link_open", "link_close") else 0
            if token.type == "text" and not depth:
                yield block, place


def put_links(blocks: list[Token], known: Mapping[str, Link]) -> None:
    """Replace known names and tags in parsed Markdown by links."""
    found: dict[int, tuple[Token, set]] = {}
    for block, place in spoken(blocks):
        found.setdefault(id(block), (block, set()))[1].add(place)
    for block, places in found.values():
        children = []
        for place, token in enumerate(block.children):
            children.extend(_split(token, known) if place in places else [token])
        block.children = children


def _split(token, known):
    text, end, parts = token.content, 0, []
    for match in _BOTH.finditer(text):
        typed = match[1].rstrip(".-") if match[1] else match[2].rstrip("-_")
        kind = "mention" if match[1] else "tag"
        link = known.get(f"@{name_key(typed)}" if match[1] else f"#{tag_slug(typed)}")
        if link is None:
            continue
        parts.append(_text(text[end : match.start()]))
        end = match.start() + 1 + len(typed)
        label = escapeHtml(link.label or text[match.start() : end])
        html = f'<a class="{kind}" href="{escapeHtml(link.url)}"><bdi>{label}</bdi></a>'
        parts.append(Token("known_link", "", 0, content=html))
    return [*parts, _text(text[end:])] if parts else [token]


def _text(content):
    return Token("text", "", 0, content=content)


def _allow(safe_url):
    def allow(_tag, attribute, value):
        """Classes and addresses of ours, and the addresses that everybody may type."""
        if attribute == "class":
            return value if value in _CLASSES else None
        if attribute == "href" and not (safe_url.match(value) or _OURS.fullmatch(value)):
            return None
        return value

    return allow


def cleaner(safe_url: re.Pattern) -> nh3.Cleaner:
    """The sanitiser for texts with links of ours: relative addresses of exactly three kinds, two classes."""
    return nh3.Cleaner(
        tags=TAGS,
        attributes={"a": {"href", "class"}, "ol": {"start"}},
        attribute_filter=_allow(safe_url),
        url_schemes={"http", "https", "mailto"},
        url_relative="pass_through",
        link_rel="nofollow noopener",
    )
