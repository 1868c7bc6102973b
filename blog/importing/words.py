"""The words of an import's report, for people."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "author": _("Authors"),
    "term": _("Categories and tags"),
    "post": _("Posts"),
    "page": _("Pages"),
    "comment": _("Comments"),
    "commenter": _("People who commented"),
    "attachment": _("Pictures and files"),
}

REASONS = {
    "auto-draft": _("an empty draft that WordPress made by itself"),
    "comment type": _("not written by a person"),
    "default category": _("the category for posts without a category"),
    "empty": _("without text"),
    "failed": _("could not be written"),
    "item": _("its article stays behind"),
    "missing": _("the file was not found"),
    "no media": _("no media folder was given"),
    "pingback": _("a pingback, written by a machine"),
    "refused": _("the file is damaged or of a kind we don’t take"),
    "spam": _("spam"),
    "taxonomy": _("neither category nor tag"),
    "trackback": _("a trackback, written by a machine"),
    "trash": _("in the trash"),
    "twice": _("named twice in the file"),
    "type": _("belongs to the old site’s technology"),
    "unused": _("nothing that comes along uses it"),
}

NOTES = {
    "failed": _("Could not be written, by line of the file"),
    "html": _("Kept as HTML because there is no block for it"),
    "dynamic": _("Was computed by the old site and has no text of its own"),
    "layout": _("Layout that became one column"),
    "plugin": _("Block of a plug-in, read as plain HTML"),
    "shortcode": _("Unknown shortcode, left in the text as it was typed"),
    "dropped": _("Left out"),
    "embed": _("Not embedded, kept as a link"),
    "link": _("Link around a picture or box, left out"),
    "image": _("Picture without a usable source"),
    "file": _("Picture or file that is not here, kept as a link"),
    "status": _("Became a draft, or was special in the old blog"),
    "comment": _("About comments"),
    "address": _("Old address that was already taken"),
}

DETAILS = {
    "password": _("protected by a password: now a draft"),
    "future": _("dated in the future: draft or scheduled"),
    "draft": _("draft"),
    "pending": _("waiting for review: now a draft"),
    "private": _("private: now a draft"),
    "sticky": _("stuck to the top in the old blog; feature it here if you like"),
    "held": _("not yet approved in the old blog: waits for approval here"),
    "orphan": _("answered something that stays behind: moved up in its thread"),
    "long": _("longer than comments may be here: kept whole"),
}


def kind(code: str) -> str:
    """Name of a kind of thing; unknown types of other plug-ins keep their own name."""
    return KINDS.get(code, code)


def reason(code: str) -> str:
    """Why something stays behind."""
    return REASONS.get(code, code)


def note(code: str) -> str:
    """Heading of a group of notes."""
    return NOTES.get(code, code)


def detail(kind_code: str, text: str) -> str:
    """One note of a group."""
    return DETAILS.get(text, text) if kind_code in ("status", "comment") else text
