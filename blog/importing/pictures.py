"""Pictures and galleries of imported HTML; where the files are is found out later."""

import re

from bs4 import Tag

from blog.importing import inline, texts

ATTACHMENT = re.compile(r"^wp-image-(\d+)$")
PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|heic|bmp|tiff?)(?:\?|$)", re.IGNORECASE)
MAX_CAPTION = 500
MIN_GALLERY = 2


def picture(converter, node: Tag) -> list[dict]:
    """A picture without caption. Counting pixels of one dot are left out and noted."""
    if node.get("width") in ("0", "1") and node.get("height") in ("0", "1"):
        converter.note("dropped", "counting pixel")
        return []
    source = (node.get("src") or "").strip()
    if not source or source.startswith("data:"):
        converter.note("image", "data:" if source else "img")
        return []
    return [{"type": "image", "value": _reference(node, source)}]


def _reference(node: Tag, source: str) -> dict:
    number = node.get("data-id") or ""
    for name in node.get("class") or ():
        found = ATTACHMENT.match(name)
        number = found[1] if found else number
    full = node.get("data-full-url") or ""
    link = node.find_parent("a")
    if link is not None and PICTURE_FILE.search(link.get("href") or ""):
        full = link["href"]
    alt = " ".join((node.get("alt") or "").split())[:255]
    return {"src": source, "full": full or source, "id": number, "alt": alt, "caption": ""}


def takes_link(blocks: list[dict], address: str) -> bool:
    """Whether the link around these blocks is kept: it only led to a larger version of the picture."""
    return bool(blocks) and all(
        block["type"] == "image" and block["value"]["full"] == address for block in blocks
    )


def figure(converter, node: Tag) -> list[dict]:
    """A figure by what is in it; whatever it holds besides follows as its own blocks."""
    if node.has_attr("data-gallery"):
        return _listed(converter, node, "gallery")
    if node.has_attr("data-playlist"):
        return _listed(converter, node, "playlist")
    if node.find("figure") or len(node.find_all("img")) > 1:
        return gallery(converter, node)
    inner = node.find(["img", "iframe", "video", "audio", "table", "blockquote"])
    if inner is None or inner.name in ("table", "blockquote") or node.find("table"):
        return converter.walk(node.children)
    caption = node.find("figcaption")
    words = ""
    if caption is not None:
        runs, lifted = texts.split(converter, caption.extract())
        words = inline.to_text(runs)
    blocks = converter.walk(node.children)
    if caption is None:
        return blocks
    return [*_captioned(blocks, words, runs), *lifted]


def _captioned(blocks: list[dict], words: str, runs: list[inline.Run]) -> list[dict]:
    """The blocks, the first medium among them with the caption; a caption that has no place becomes a paragraph."""
    for block in blocks:
        if block["type"] in ("image", "embed") and len(words) <= MAX_CAPTION and words:
            block["value"]["caption"] = words
            return blocks
    return [*blocks, texts.text(f"<p>{inline.to_html(runs)}</p>")] if words else blocks


def gallery(converter, node: Tag) -> list[dict]:
    """Pictures with their captions; other blocks inside and a single picture follow as they are."""
    own = [each for each in node.find_all("figcaption") if _closest(each) is node]
    own += [each for each in node.find_all(class_="blocks-gallery-caption") if _closest(each) is not node]
    own = [each.extract() for each in own]
    for each in node.find_all(["ul", "li"]):
        each.unwrap()
    captions = [texts.split(converter, each) for each in own]
    words = " ".join(filter(None, (inline.to_text(runs) for runs, _lifted in captions)))
    lifted = [block for _runs, blocks in captions for block in blocks]
    return _gathered([*converter.walk(list(node.children)), *lifted], words)


def _closest(node: Tag) -> Tag | None:
    return node.find_parent(["figure", "ul"])


def _gathered(blocks: list[dict], caption: str) -> list[dict]:
    images = [block["value"] for block in blocks if block["type"] == "image"]
    others = [block for block in blocks if block["type"] != "image"]
    if len(images) < MIN_GALLERY or len(caption) > MAX_CAPTION:
        return [
            *blocks,
            *([texts.text(f"<p>{inline.to_html([inline.Run(caption)])}</p>")] if caption else []),
        ]
    return [{"type": "gallery", "value": {"pictures": images, "caption": caption}}, *others]


def _listed(converter, node: Tag, kind: str) -> list[dict]:
    """[gallery] and [playlist] name attachments by number, or mean all of the post."""
    numbers = re.findall(r"\d+", node[f"data-{kind}"])
    value = {"ids": numbers, "attached": not numbers}
    if kind == "playlist":
        return [{"type": "playlist", "value": value}, *converter.walk(node.children)]
    return [
        {"type": "gallery", "value": {"pictures": [], "caption": "", **value}},
        *converter.walk(node.children),
    ]
