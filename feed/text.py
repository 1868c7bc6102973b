"""Text people type: from Markdown source to the one safe HTML that every page, feed and mail shows (A16). No database.

Known are paragraphs, line breaks, **bold**, *italic*, ~~struck~~, links, lists, quotes, `code` and fenced code.
Everything else, HTML included, stays visible as the characters that were typed.
"""

import functools
import html as html_entities
import re
from collections.abc import Mapping

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml

from feed import text_links
from feed.text_links import Link
from people.text import BIDI_CONTROLS, clean_text, comparison_key

_SAFE_URL = re.compile(r"(?:https?://[^/\s]|mailto:[^\s@]+@)", re.IGNORECASE)
_BLOCK_ENDS = re.compile(
    r"<br\s*/?>|</(?:p|li|pre|blockquote|h[1-6]|div|td|th|tr|figcaption|summary)>", re.IGNORECASE
)
_WWW = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::\d{1,5})?(?:[/?#][^\s<>\"'`*|]*[^\s<>\"'`*|.,;:!?()\[\]{}])?")

# markdown-it scans the rest of the text once per opener: 20 KB of "[" took 0.9 s. Beyond these counts, which no text
# written by a person reaches, the rules concerned are left out and their characters stay as typed (T6).
_LIMITS = (
    (("[",), 250, ("link",)),
    (("<",), 250, ("autolink",)),
    (("://", "www.", "@", "mailto:"), 150, ("linkify",)),
    (("*", "_", "~", "`"), 3000, ("emphasis", "strikethrough", "backticks")),
    ((">",), 1000, ("blockquote",)),
    (("\n- ", "\n* ", "\n+ ", ". ", ") ", "  "), 1500, ("list",)),
)

_MOST_LINES = 2000

_sanitiser = nh3.Cleaner(
    tags=text_links.TAGS,
    attributes={"a": {"href"}, "ol": {"start"}},
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
    link_rel="nofollow noopener",
)
_linking_sanitiser = text_links.cleaner(_SAFE_URL)
_stripper = nh3.Cleaner(tags=set(), attributes={})


@functools.cache
def _parser(*without: str) -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": False, "linkify": True, "breaks": True, "maxNesting": 12})
    md.enable(["linkify", "strikethrough"])
    md.disable(
        ["image", "heading", "lheading", "hr", "html_block", "html_inline", "reference", "code", *without]
    )
    md.validateLink = lambda url: bool(_SAFE_URL.match(url))
    md.linkify.set({"fuzzy_link": False, "fuzzy_ip": False})
    md.linkify.add("ftp:", None).add("//", None)
    md.linkify.add("www.", {"validate": _match_www, "normalize": _complete_www})
    md.add_render_rule("text", _render_text)
    md.add_render_rule("known_link", _render_known_link)
    return md


def _match_www(self, text: str, pos: int) -> int:
    found = _WWW.match(text, pos)
    return len(found.group()) if found else 0


def _complete_www(self, match) -> None:
    match.url = f"http://{match.url}"


def _render_text(self, tokens, index, options, env) -> str:
    text = tokens[index].content
    if BIDI_CONTROLS.search(text):
        return f"<bdi>{escapeHtml(text)}</bdi>"
    return escapeHtml(text)


def _render_known_link(self, tokens, index, options, env) -> str:
    return tokens[index].content


def _parser_for(source: str) -> MarkdownIt:
    """The parser whose cost for this source is bounded (T6: any body of 20 KB in less than 300 ms)."""
    left_out = (rules for openers, most, rules in _LIMITS if sum(map(source.count, openers)) > most)
    return _parser(*(rule for rules in left_out for rule in rules))


def clean_source(text: str, *, max_chars: int) -> str:
    """The source as it is stored: see ``people.text.clean_text``. Raises ValidationError when it is too long."""
    return clean_text(text, max_chars=max_chars)


def render(source: str, *, known: Mapping[str, Link] | None = None) -> SafeString:
    """Safe HTML of a cleaned source: block elements only, links with http, https or mailto, rel nofollow noopener.

    `known`: names ("@anna.mueller") and tags ("#safety") that become links within the house.
    """
    if source.count("\n") > _MOST_LINES:
        return render_plain(source)
    parser = _parser_for(source)
    if not known:
        return mark_safe(_sanitiser.clean(parser.render(source)).strip())
    env: dict = {}
    blocks = parser.parse(source, env)
    text_links.put_links(blocks, known)
    return mark_safe(_linking_sanitiser.clean(parser.renderer.render(blocks, parser.options, env)).strip())


def plain(html: str) -> str:
    """The words of rendered HTML, one line per block, without markup, script text and bidi controls."""
    text = html_entities.unescape(_stripper.clean(_BLOCK_ENDS.sub("\n", html)))
    lines = (" ".join(line.split()) for line in BIDI_CONTROLS.sub("", text).split("\n"))
    return "\n".join(line for line in lines if line)


def excerpt(html: str, max_chars: int = 160) -> str:
    """The first words of rendered HTML on one line, at most ``max_chars`` characters, cut between words with "…"."""
    text = " ".join(plain(html).split())
    if len(text) <= max_chars:
        return text
    head = text[: max_chars - 1]
    words = head.rsplit(" ", 1)[0] if " " in head[max_chars // 2 :] else head
    return f"{words.rstrip(' ,;:.–-')}…"


def find_mentions(source: str) -> list[str]:
    """Handles named with @ outside code and links, in the form of ``User.handle``, each once, in order."""
    found = (text_links.name_key(name) for text in _spoken(source) for name in text_links.NAME.findall(text))
    return list(dict.fromkeys(handle for handle in found if handle))


def find_tags(source: str) -> list[str]:
    """Words marked with # outside code and links, compared by NFKC and case-folding, each once, in order.

    Numbers alone (#1) are no tags.
    """
    return list(dict.fromkeys(comparison_key(word) for word in find_tag_words(source)))


def find_tag_words(source: str) -> list[str]:
    """The same as typed, which a new tag is called; two spellings are two words."""
    found = (word.strip("-_") for text in _spoken(source) for word in text_links.TAG.findall(text))
    return list(dict.fromkeys(word for word in found if word and not word.replace("-", "").isdigit()))


def _spoken(source: str):
    """The text runs of a source that are neither code nor part of a link."""
    for block, place in text_links.spoken(_parser_for(source).parse(source)):
        yield block.children[place].content


def render_plain(text: str) -> SafeString:
    """Safe HTML of text that is not Markdown (an import's, a directory's): paragraphs and line breaks only."""
    blocks = (block.strip() for block in re.split(r"\n\s*\n", text))
    return mark_safe("".join(f"<p>{escape(block).replace(chr(10), '<br>')}</p>" for block in blocks if block))
