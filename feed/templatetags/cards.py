"""Posts of a stream as HTML: one fragment for all readers to whom a post looks the same, kept for minutes.

What a card shows is loaded for each reader under the visibility rule (feed/streams/loading.py); only putting it into
HTML is kept. The key is a digest of everything that the card shows, so no fragment is ever out of date or meant for
somebody else (A31). The reader's token and "3 min ago" are filled in beside it.
"""

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from people import fragments
from people.fragments import TOKEN
from people.templatetags.moments import refresh

register = template.Library()
TEXTS = (
    "pk", "version", "kind", "state", "language", "for_company", "body", "body_html", "created_at", "published_at",
    "edited_at", "hidden_at", "hidden_reason", "locked_at", "comment_count", "reaction_counts", "shared_id",
)  # fmt: skip
READER = (
    "why", "my_stance", "kept", "watch", "is_mine", "may_share", "may_edit", "may_delete", "may_report", "may_moderate",
    "may_pin", "may_pin_here", "to",
)  # fmt: skip
QUESTION = ("pk", "state", "wanted_by_me", "interest_count", "is_mine", "answer_id", "answered_after")


@register.simple_tag(takes_context=True)
def cards(context, posts, is_new=False) -> list:
    """`posts` (loaded by feed.streams.loading), each with `html`. Reads the cache once, whatever their number."""
    posts, now = {post.pk: post for post in posts}, timezone.now()
    here = (get_language(), timezone.get_current_timezone_name(), bool(is_new))
    keys = {pk: _key(post, here) for pk, post in posts.items() if not _has_form(post)}
    kept = fragments.kept_many(keys, lambda pk: _html(posts[pk], is_new))
    holes = {TOKEN: str(context.get("csrf_token") or "")}
    for pk, post in posts.items():
        post.html = refresh(fragments.fill(kept.get(pk) or _html(post, is_new), holes), now)
    return list(posts.values())


def _html(post, is_new) -> str:
    names = {
        "post": post,
        "on_page": False,
        "is_new": is_new,
        "ui_language": get_language(),
        "csrf_token": TOKEN,
    }
    return render_to_string("feed/_post.html", names)


def _has_form(post) -> bool:
    """A ballot paper has a number of its own each time."""
    return post.ballot is not None and post.ballot.may_vote


def _key(post, here) -> str:
    page, shared, asked, praise = post.page, post.original, post.asked, post.praise
    parts = [
        here,
        [getattr(post, name) for name in TEXTS],
        [getattr(post, name) for name in READER],
        (*_person(post.author), post.author.role_line),
        post.posted_by_id and post.posted_by.name,
        post.audience_id and post.audience.name,
        post.community_id and (post.community.slug, post.community.name, post.community.kind),
        page and _row(page),
        post.files
        and [_row(one) for one in (*post.files.images, *post.files.documents, post.files.video) if one],
        asked and _question(asked),
        post.ballot and {**vars(post.ballot), "key": ""},
        praise and (praise.value, [_person(one) for one in praise.people]),
        shared and (shared.body_html, shared.language, shared.published_at, _person(shared.author)),
        post.shared_page and _row(post.shared_page),
    ]
    named = getattr(post, "named_in", None)
    parts.append(named and (named.pk, _person(named.author)))
    return fragments.digest("card", parts)


def _person(user):
    return user.pk, user.name, user.handle, user.is_active, user.photo_small.name


def _question(asked):
    """With the hours it has been open: "open for 21 hours"."""
    said = asked.said_by and (_person(asked.said_by), asked.answer.body_html, asked.answer.language)
    age = int((timezone.now() - asked.opened_at).total_seconds() // 600) if asked.is_open else None
    names = (asked.addressee and asked.addressee.name, asked.department and asked.department.name)
    return [getattr(asked, name) for name in QUESTION], names, said, age


def _row(one):
    """Every column of a row that was loaded."""
    return [value for name, value in vars(one).items() if not name.startswith("_")]
