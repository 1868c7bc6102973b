"""Open pages hear that something happened: one row each, and on commit whoever listens is woken.

A row says who may hear of it, never what was said; the page asks for that itself, under the one visibility rule.
Call these inside the transaction that changed something: what is rolled back is never announced.
"""

from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from feed.models import Comment, Post
from feed.models.live import LiveEvent
from people.models import User

CHANNEL = "flurfunk_live"  # PostgreSQL's NOTIFY; SQLite's readers look every second
KEPT_MINUTES = 10

Kind = LiveEvent.Kind


def post_published(*, post: Post) -> None:
    """There is a new post; those who may read it are told, except its author. One insert."""
    _announce(Kind.POST, post)


def comment_added(*, comment: Comment) -> None:
    """A comment may now be read (new, or approved). Pages that show its conversation hear of it."""
    _announce(Kind.COMMENT, comment.post, author_id=comment.author_id)


def counts_changed(*, post: Post) -> None:
    """Numbers at this post or its comments changed: reactions, comments, votes."""
    _announce(Kind.COUNTS, post)


def bell_rang(*, user_ids) -> None:
    """These people (ids) have something new at the bell, or less. Nothing for nobody."""
    _write([LiveEvent(kind=Kind.BELL, user_id=pk) for pk in sorted(set(user_ids) - {None})])


def access_changed(*, user_ids=None) -> None:
    """Somebody's rights changed (None: perhaps anybody's): their open pages are asked at once whether they may stay."""
    _write([LiveEvent(kind=Kind.ACCESS, user_id=pk) for pk in sorted(set(user_ids or [None]), key=str)])


def somebody_leaves(*, user: User) -> None:
    """For people's registry of leaving: open pages of a deactivated person end at once (A12, T3)."""
    access_changed(user_ids=[user.pk])


def forget() -> int:
    """Remove what was announced more than ten minutes ago; returns how many rows."""
    before = timezone.now() - timedelta(minutes=KEPT_MINUTES)
    return LiveEvent.objects.filter(created_at__lt=before).delete()[0]


def _announce(kind, post, author_id=None):
    """Nothing for what is not published or hidden: not even that something moves there is said."""
    if post.is_live:
        _write(
            [
                LiveEvent(
                    kind=kind,
                    post=post,
                    audience_id=post.audience_id,
                    community_id=post.community_id,
                    author_id=author_id or post.author_id,
                )
            ]
        )


def _write(events):
    if len(events) == 1:
        events[0].save(force_insert=True)
    else:
        LiveEvent.objects.bulk_create(events, batch_size=500)
    waiting = any(entry[1] is _wake for entry in connection.run_on_commit)
    if events and connection.vendor == "postgresql" and not waiting:
        transaction.on_commit(_wake, robust=True)


def _wake():
    """One NOTIFY for each transaction, after it."""
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {CHANNEL}")
