"""The first pass: the whole file is read, judged and converted, and nothing is changed."""

import hashlib
import logging
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from blog.importing import html, judging, records, wxr
from blog.importing.addresses import attachment_key, file_key, old_paths

logger = logging.getLogger(__name__)


@dataclass
class Attachment:
    """A file of the old site: where it was, and what was said about it."""

    key: str
    id: str
    url: str
    path: str
    title: str
    caption: str
    alt: str
    parent: str


@dataclass
class Plan:
    """What the second pass must know before it starts; grows with people, terms and files of a site, not with texts."""

    site: records.Site | None = None
    authors: dict[str, records.Author] = field(default_factory=dict)
    author_logins: dict[str, str] = field(default_factory=dict)
    terms: dict[str, records.Term] = field(default_factory=dict)
    attachments: dict[str, Attachment] = field(default_factory=dict)
    creators: Counter = field(default_factory=Counter)
    doubled_terms: int = 0
    used_terms: set[str] = field(default_factory=set)
    used_files: set[str] = field(default_factory=set)
    commenters: dict[str, str] = field(default_factory=dict)
    paths: set[str] = field(default_factory=set)
    notes: Counter = field(default_factory=Counter)
    items: int = 0


def read(file, *, now: datetime, schedule_future: bool, embeddable, convert: bool = True) -> Plan:
    """Read a WXR file to its end. Raises WxrError where it is broken.

    Without `convert` only the indexes are made, which is what continuing an import needs.
    """
    plan = Plan()
    for record in wxr.read(file):
        match record:
            case records.Site():
                plan.site = record
            case records.Author():
                plan.authors[record.login.casefold()] = record
                plan.author_logins[record.id] = record.login.casefold()
            case records.Term():
                plan.doubled_terms += term_key(record) in plan.terms
                plan.terms.setdefault(term_key(record), record)
            case records.Item():
                plan.items += 1
                verdict = judging.item(record, now=now, schedule_future=schedule_future)
                _add(plan, record, verdict, embeddable if convert else None)
    return plan


def _add(plan: Plan, item: records.Item, verdict: judging.Verdict, embeddable) -> None:
    if item.type == "attachment":
        meta = dict(item.meta)
        plan.attachments[item.id or item.key] = Attachment(
            key=attachment_key(item.attachment_url) or item.key,
            id=item.id,
            url=item.attachment_url,
            path=meta.get("_wp_attached_file", ""),
            title=item.title,
            caption=item.excerpt,
            alt=meta.get("_wp_attachment_image_alt", ""),
            parent=item.parent,
        )
        return
    if verdict.reason:
        return
    plan.creators[item.creator.casefold()] += 1
    plan.paths.update(path.rstrip("/") for path in old_paths(item, plan.site.url))
    for term in item.terms:
        if term.taxonomy in judging.TAGS:
            plan.terms.setdefault(term_key(term), term)
            plan.used_terms.add(term_key(term))
    if verdict.note:
        plan.notes["status", verdict.note] += 1
    for comment in item.comments:
        comment_verdict = judging.comment(comment)
        if not comment_verdict.reason:
            plan.commenters.setdefault(commenter_key(comment), comment.email.strip().casefold())
            if comment_verdict.note:
                plan.notes["comment", comment_verdict.note] += 1
    if embeddable is not None:
        try:
            conversion = html.convert(item.content, embeddable=embeddable)
        except html.FAULTS as error:
            logger.error("line %s of the export cannot be converted", item.line, exc_info=error)
            plan.notes["failed", f"{item.line}: {item.title}"] += 1
            return
        plan.notes.update(conversion.notes)
        plan.used_files.update(references(item, conversion.blocks, plan))


def references(item: records.Item, blocks: list[dict], plan: Plan) -> set[str]:
    """Keys of the files that an article uses: numbers of attachments, else addresses."""
    cover = dict(item.meta).get("_thumbnail_id", "")
    found = {cover} if cover.strip("0") else set()
    for block in blocks:
        value = block["value"]
        match block["type"]:
            case "image" | "file":
                found |= {value.get("id") or "", file_key(value["src"])}
            case "gallery" | "playlist":
                found.update(value.get("ids", ()))
                for picture in value.get("pictures", ()):
                    found |= {picture["id"], file_key(picture["src"])}
                if value.get("attached"):
                    found.add(f"all of {item.id}")
    return found - {""}


def is_used(attachment: Attachment, used: set[str]) -> bool:
    """Whether an article that comes along uses the attachment."""
    return not used.isdisjoint({attachment.id, file_key(attachment.url), f"all of {attachment.parent}"})


def term_key(term: records.Term) -> str:
    """Identity of a term inside one site."""
    return f"{term.taxonomy}:{(term.slug or term.name).casefold()}"


def commenter_key(comment: records.Comment) -> str:
    """Identity of somebody who commented: the address, else the name; never stored readable."""
    seed = comment.email.strip().casefold() or f"name:{comment.author.strip().casefold()}"
    return hashlib.sha256(seed.encode()).hexdigest()[:32]


def comment_key(item: records.Item, index: int) -> str:
    """Identity of a comment inside one site: its article and its number, else its place."""
    return f"{item.key}#{item.comments[index].id or f'at {index}'}"
