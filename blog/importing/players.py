"""Embedded and uploaded media and files of imported HTML."""

import html
import re

from bs4 import Tag

from blog.importing import texts

EMBED_ADDRESSES = (
    (
        re.compile(r"^(?:https?:)?//(?:www\.)?youtube(?:-nocookie)?\.com/(?:embed|v)/([\w-]+)"),
        "https://www.youtube.com/watch?v={}",
    ),
    (re.compile(r"^(?:https?:)?//player\.vimeo\.com/video/(\d+)"), "https://vimeo.com/{}"),
    (
        re.compile(r"^(?:https?:)?//(?:www\.)?dailymotion\.com/embed/video/(\w+)"),
        "https://www.dailymotion.com/video/{}",
    ),
)
WEB = re.compile(r"https?://[^\s<>\"]+")


def address(converter, url: str, caption: str = "") -> dict:
    """An embed where the house allows the host; a link otherwise, and a note for the report."""
    if converter.embeddable(url):
        return {"type": "embed", "value": {"url": url, "caption": caption}}
    converter.note("embed", url)
    shown = html.escape(url)
    return texts.text(f'<p><a href="{shown}">{shown}</a></p>')


def embed(converter, node: Tag) -> list[dict]:
    """WordPress's embed block: an address as text, or a frame that stands for it."""
    caption = node.find("figcaption")
    caption = caption.extract() if caption is not None else None
    words = node.get_text(" ", strip=True)
    blocks = []
    if re.fullmatch(WEB, words) and not node.find(["a", "iframe", "img"]):
        blocks.append(address(converter, words))
    else:
        blocks += converter.walk(list(node.children))
    if caption is not None:
        blocks += converter.walk(list(caption.children))
    return blocks


def frame(converter, node: Tag) -> list[dict]:
    """A frame of a video host becomes its embed; any other a link to what it showed."""
    source = (node.get("src") or node.get("data") or "").strip()
    for pattern, public in EMBED_ADDRESSES:
        if found := pattern.match(source):
            return [address(converter, public.format(found[1]))]
    source = "https:" + source if source.startswith("//") else source
    inside = converter.walk(list(node.children)) if node.name == "object" else []
    return [address(converter, source), *inside] if re.match(WEB, source) else inside


def player(converter, node: Tag) -> list[dict]:
    """An uploaded video or recording: a file to play or download; inner words (links, fallbacks) follow."""
    inner = node.find("source")
    source = (node.get("src") or (inner.get("src") if inner else "") or "").strip()
    for each in node.find_all(["source", "track"]):
        each.unwrap()
    rest = converter.walk(list(node.children))
    return [*([_file(source, "")] if source else []), *rest]


def file(converter, node: Tag) -> list[dict]:
    """WordPress's file block: one link, and a second that reads "Download"."""
    links = [each for each in node.find_all("a") if (each.get("href") or "").strip()]
    button = node.find("a", class_="wp-block-file__button")
    if button is not None and len(links) > 1:
        converter.note("dropped", f"button: {button.extract().get_text(' ', strip=True)}")
    link = next((each for each in links if each is not button), button)
    if link is None:
        return converter.walk(list(node.children))
    words = link.extract().get_text(" ", strip=True)
    for each in node.find_all(["object", "embed"]):
        each.unwrap()  # a PDF shown in the page, the same file again; its fallback words stay
    return [_file(link["href"].strip(), words), *converter.walk(list(node.children))]


def _file(source: str, title: str) -> dict:
    return {"type": "file", "value": {"src": source, "title": title}}
