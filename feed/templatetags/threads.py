"""Comments of a conversation as HTML: what is plain about one is kept for all to whom it looks the same (cards.py)."""

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from people import fragments
from people.fragments import TOKEN
from people.templatetags.moments import refresh

register = template.Library()
WORDS = ("pk", "version", "body_html", "language", "created_at", "edited_at", "reply_to_id", "by_author")
READER = (
    "stances",
    "kept",
    "to",
    "may_reply",
    "may_edit",
    "may_ask",
    "may_delete",
    "may_report",
    "may_moderate",
)


@register.simple_tag(takes_context=True)
def comments(context, rows) -> list:
    """`rows` (completed by feed.views.showing), each plain one with `html`; the others are left to their template."""
    here = (get_language(), timezone.get_current_timezone_name(), context["post"].pk)
    rows, now = {row.pk: row for row in rows}, timezone.now()
    keys = {pk: _key(row, here) for pk, row in rows.items() if _is_plain(row, context["talk"])}
    holes = {TOKEN: str(context.get("csrf_token") or "")}
    for pk, html in fragments.kept_many(keys, lambda pk: _html(rows[pk], context["post"])).items():
        rows[pk].html = refresh(fragments.fill(html, holes), now)
    return list(rows.values())


def _html(row, post) -> str:
    names = {"comment": row, "post": post, "focus": False, "ui_language": get_language(), "csrf_token": TOKEN}
    return render_to_string("feed/_comment.html", names)


def _is_plain(row, talk) -> bool:
    """Without a form in it, and without what a question, a quotation or a picture adds."""
    parts = ("asked", "answers_to", "may_answer", "cite", "held_at")
    if row.is_gone or any(getattr(row, name, None) for name in parts) or row.attachments.all():
        return False
    reply_to = getattr(talk, "reply_to", None)
    return reply_to is None or reply_to.pk != row.pk


def _key(row, here) -> str:
    to = row.reply_to_id and (row.reply_to.is_gone, row.reply_to.author.name)
    parts = [
        here,
        to,
        [getattr(row, name, None) for name in WORDS],
        [getattr(row, name, None) for name in READER],
    ]
    author = row.author
    parts += [
        author.pk,
        author.name,
        author.handle,
        author.is_active,
        author.role_line,
        author.photo_small.name,
    ]
    return fragments.digest("comment", parts)
