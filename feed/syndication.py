"""Atom feeds (RFC 4287) of articles and posts, as a feed reader gets them. No requests, no templates, no database."""

from dataclasses import dataclass
from datetime import datetime
from xml.etree import ElementTree

from django.utils.html import escape, format_html

NS = "http://www.w3.org/2005/Atom"
CONTENT_TYPE = "application/atom+xml; charset=utf-8"
ElementTree.register_namespace("", NS)


@dataclass(frozen=True)
class Entry:
    """One article in the language of the feed, or a post in the one it was written in."""

    id: str
    title: str
    url: str
    author: str
    summary: str
    language: str
    published: datetime
    updated: datetime
    categories: tuple[str, ...] = ()
    comments: str = ""


@dataclass(frozen=True)
class Feed:
    """A list of entries with its own name and addresses. `id` never changes and holds no key."""

    id: str
    title: str
    subtitle: str
    language: str
    url: str
    self_url: str
    entries: tuple[Entry, ...]

    @property
    def updated(self) -> datetime | None:
        """When something in it changed last."""
        return max((entry.updated for entry in self.entries), default=None)


def render(feed: Feed, *, generated: datetime) -> bytes:
    """The XML document; `generated` is the date of a feed without entries, which must have one all the same."""
    root = ElementTree.Element(f"{{{NS}}}feed", {"xml:lang": feed.language})
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    if feed.subtitle:
        _text(root, "subtitle", feed.subtitle)
    _text(root, "updated", (feed.updated or generated).isoformat())
    _link(root, rel="self", href=feed.self_url, type="application/atom+xml")
    _link(root, rel="alternate", href=feed.url, type="text/html")
    for entry in feed.entries:
        _entry(root, entry)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="utf-8")


def _entry(root, entry):
    node = ElementTree.SubElement(root, f"{{{NS}}}entry", {"xml:lang": entry.language})
    _text(node, "id", entry.id)
    _text(node, "title", entry.title)
    _text(node, "updated", entry.updated.isoformat())
    _text(node, "published", entry.published.isoformat())
    author = ElementTree.SubElement(node, f"{{{NS}}}author")
    _text(author, "name", entry.author)
    _link(node, rel="alternate", href=entry.url, type="text/html", hreflang=entry.language)
    for category in entry.categories:
        ElementTree.SubElement(node, f"{{{NS}}}category", {"term": _xml(category)})
    if entry.summary:
        _text(node, "summary", entry.summary)
    body = format_html("<p>{}</p>", entry.summary) if entry.summary else ""
    html = f'{body}<p><a href="{escape(entry.url)}#conversation">{escape(entry.comments)}</a></p>'
    _text(node, "content", html).set("type", "html")


def _text(parent, name, text):
    node = ElementTree.SubElement(parent, f"{{{NS}}}{name}")
    node.text = _xml(text)
    return node


def _link(parent, **attributes):
    ElementTree.SubElement(parent, f"{{{NS}}}link", attributes)


def _xml(text: str) -> str:
    """Without the characters that XML 1.0 forbids."""
    return "".join(
        one
        for one in text
        if one in "\t\n\r" or " " <= one <= "\ud7ff" or "\ue000" <= one <= "\ufffd" or one > "\uffff"
    )
