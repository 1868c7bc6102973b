"""Converted blocks as the raw data of an article's body, with pictures and files in their places."""

import html
import os
import re
import uuid

from blog.importing import records
from blog.importing.addresses import parts, upload_path
from blog.importing.media import Media
from people.models import Video

MIN_GALLERY, MAX_GALLERY = 2, 30
MAX_CAPTION = 500
_CREDIT = re.compile(
    r"(?:Foto|Photo|Bild|Grafik|Quelle|Credit|Image|Picture)s?(?: by|:)[^.]{2,240}$", re.IGNORECASE
)
_LINK = re.compile(r'href="([^"]+)"')


def body(blocks: list[dict], *, item: records.Item, media: Media, credit: str) -> list[dict]:
    """Raw stream data: every reference is resolved, or kept as a link where the file is not here."""
    writer = _Body(item, media, credit)
    site = parts(media.run.site_url).netloc
    raw: list[dict] = []
    for block in blocks:
        for each in writer.write(block):
            if each["type"] in ("text", "html"):
                each["value"] = relink(each["value"], site, media.plan.paths)
            if each["type"] == "text" and raw and raw[-1]["type"] == "text":
                raw[-1]["value"] += each["value"]
            else:
                raw.append({**each, "id": str(uuid.uuid4())})
    return raw


def relink(value: str, site: str, paths: set[str]) -> str:
    """Links to articles that come along, without the old host: their old addresses lead to them here."""

    def replace(found: re.Match) -> str:
        split = parts(html.unescape(found[1]))
        path = f"{split.path}?{split.query}" if split.query else split.path
        if split.netloc.casefold() != site.casefold() or path.rstrip("/") not in paths:
            return found[0]
        return f'href="{html.escape(path)}{"#" + html.escape(split.fragment) if split.fragment else ""}"'

    return _LINK.sub(replace, value) if site and site in value else value


class _Body:
    def __init__(self, item: records.Item, media: Media, credit: str):
        self.item = item
        self.media = media
        self.credit = credit

    def write(self, block: dict) -> list[dict]:
        value = block["value"]
        match block["type"]:
            case "image":
                return self.pictures([value], "")
            case "gallery":
                return self.pictures(value["pictures"] + self.listed(value), value["caption"])
            case "playlist":
                return [
                    each
                    for one in self.listed(value)
                    for each in self.file({"src": one["src"], "title": "", **one})
                ]
            case "file":
                return self.file(value)
            case "embed":
                caption = [_paragraph(value["caption"])] if value["caption"] else []
                return [{"type": "embed", "value": value["url"]}, *caption]
        return [block]

    def listed(self, value: dict) -> list[dict]:
        """References for attachments named by number, or for all of the item."""
        known = self.media.plan.attachments
        chosen = [known.get(number) for number in value.get("ids", ())]
        if value.get("attached"):
            chosen = [each for each in known.values() if each.parent == self.item.id and self.item.id]
        missing = [number for number in value.get("ids", ()) if number not in known]
        for number in missing:
            self.media.note("file", f"[gallery] {number}")
        return [
            {"src": each.url, "full": each.url, "id": each.id, "alt": each.alt, "caption": each.caption}
            for each in chosen
            if each is not None
        ]

    def pictures(self, references: list[dict], caption: str) -> list[dict]:
        """A picture, a gallery, or links."""
        found, links = [], []
        for reference in references:
            picture = self.media.picture(reference)
            if picture is None:
                links += self.link(reference)
            else:
                found.append(self.picture(picture, reference))
        words = (
            [_paragraph(caption)]
            if caption and (len(caption) > MAX_CAPTION or len(found) < MIN_GALLERY)
            else []
        )
        if len(found) < MIN_GALLERY:
            return [*({"type": "image", "value": each} for each in found), *links, *words]
        shown = []
        for start in range(0, len(found), MAX_GALLERY):
            part = found[start : start + MAX_GALLERY]
            if len(part) < MIN_GALLERY:
                shown.append({"type": "image", "value": part[0]})
                continue
            pictures = [{"type": "item", "value": each, "id": str(uuid.uuid4())} for each in part]
            shown.append(
                {
                    "type": "gallery",
                    "value": {"pictures": pictures, "caption": "" if words or start else caption},
                }
            )
        return [*shown, *links, *words]

    def picture(self, picture, reference: dict) -> dict:
        """Value of a picture block; one without a description is decoration until somebody describes it."""
        attachment = self.media.attachment(reference)
        alt = reference.get("alt") or (attachment.alt if attachment else "")
        caption = (reference.get("caption") or "")[:MAX_CAPTION]
        credit = caption if _CREDIT.match(caption) else ""
        return {
            "image": picture.pk,
            "alt": alt[:255],
            "decorative": not alt,
            "caption": "" if credit else caption,
            "credit": credit or self.credit,
        }

    def file(self, value: dict) -> list[dict]:
        """A document to download, a video to play, or a link to where it was."""
        stored = self.media.file(value)
        if isinstance(stored, Video):
            return [{"type": "video", "value": {"video": stored.pk, "caption": "", "credit": self.credit}}]
        return self.link(value) if stored is None else [{"type": "document", "value": stored.pk}]

    def link(self, value: dict) -> list[dict]:
        """What stands in for a file that is not here: its words, linked to where it was."""
        source = value.get("full") or value["src"]
        words = value.get("title") or value.get("alt") or os.path.basename(upload_path(source)) or source
        shown = html.escape(words)
        if source.startswith(("http://", "https://")):
            shown = f'<a href="{html.escape(source)}">{shown}</a>'
        caption = [_paragraph(value["caption"])] if value.get("caption") else []
        return [{"type": "text", "value": f"<p>{shown}</p>"}, *caption]


def _paragraph(words: str) -> dict:
    return {"type": "text", "value": f"<p>{html.escape(words, quote=False)}</p>"}
