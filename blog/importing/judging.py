"""What of another blog comes along, and why the rest does not: the same in dry run, import and report. No database."""

from datetime import datetime
from typing import NamedTuple

from blog.importing import records

LIVE, DRAFT, SCHEDULED = "live", "draft", "scheduled"
DEFAULT_CATEGORIES = {"uncategorized", "uncategorised", "unkategorisiert", "nicht-kategorisiert", "allgemein"}
ARTICLES = {"post", "page"}
TAGS = {"category", "post_tag"}


class Verdict(NamedTuple):
    """`reason` why it stays behind, "" when it comes; `state` an article gets; `note` what else is worth counting."""

    reason: str = ""
    state: str = ""
    note: str = ""


def item(found: records.Item, *, now: datetime, schedule_future: bool) -> Verdict:
    """Posts and pages become articles; only what the old site showed to everybody is live here."""
    if found.type not in ARTICLES:
        return Verdict("" if found.type == "attachment" else "type")
    if found.status in ("trash", "auto-draft"):
        return Verdict(found.status)
    if found.password:
        return Verdict(state=DRAFT, note="password")
    if found.status == "future" or (found.status == "publish" and found.date and found.date > now):
        due = schedule_future and found.date is not None and found.date > now
        return Verdict(state=SCHEDULED if due else DRAFT, note="future")
    if found.status == "publish":
        return Verdict(state=LIVE, note="sticky" if found.sticky else "")
    return Verdict(
        state=DRAFT, note=found.status if found.status in ("draft", "pending", "private") else "draft"
    )


def comment(found: records.Comment) -> Verdict:
    """Approved comments are shown, waiting ones are held; spam, trash and machines' greetings stay behind."""
    if found.type in ("pingback", "trackback"):
        return Verdict(found.type)
    if found.type not in ("comment", ""):
        return Verdict("comment type")
    if found.approved in ("spam", "trash", "post-trashed"):
        return Verdict("spam" if found.approved == "spam" else "trash")
    if not found.content.strip():
        return Verdict("empty")
    return Verdict(note="" if found.approved in ("1", "approve", "approved") else "held")


def term(found: records.Term) -> Verdict:
    """Categories and tags are tags here; other taxonomies and the category "without category" are not."""
    if found.taxonomy not in TAGS:
        return Verdict("taxonomy")
    if found.taxonomy == "category" and found.slug.casefold() in DEFAULT_CATEGORIES:
        return Verdict("default category")
    return Verdict()
