"""What votes, thanks and mentions hold of a person: their export and erasure (A12, A34).

A secret vote is exported as what is kept of it: that the person voted.
"""

import re

from django.db import transaction

from feed import text_links
from feed.actions import counting, counting_votes, indexing, mentioning
from feed.models import CommentVersion, Mention, Option, Poll, PostVersion, Thanked, Vote
from people import registries
from people.models import FORMER_HANDLE

VOTES = {"feed.Vote.user"}
POLL = ("post_id", "pledge", "outcome", "ends_at", "is_secret")
NAMED = {"feed.Thanked.user", "feed.Kudos.thanked", "feed.Mention.user"}


def votes(*, user):
    """Named votes with their answers, in which secret polls the person voted, and the polls they made."""
    rows = Vote.objects.filter(user=user)
    named = rows.filter(option__isnull=False).values("poll__post_id", "option__text")
    return {
        "named": list(named),
        "secret": list(rows.filter(option__isnull=True).values_list("poll__post_id", flat=True)),
        "polls": list(Poll.objects.filter(post__author=user).order_by("pk").values(*POLL)),
        "options": list(Option.objects.filter(poll__post__author=user).values("poll__post_id", "text")),
    }


def thanks_and_mentions(*, user):
    """Where the person was thanked or mentioned."""
    thanks = Thanked.objects.filter(user=user).values("kudos__post_id")
    mentions = Mention.objects.filter(user=user).order_by("pk").values("post_id", "comment_id", "created_at")
    return {"thanks": list(thanks), "mentions": list(mentions)}


@transaction.atomic
def erase_votes(*, user, keep_content):
    """Votes stay counted for the anonymous row; without content, named ones go and their counts follow.

    The words of the person's own polls go as well then.

    A secret vote is a number already, and stays: taking its row away would only tell how many are left.
    """
    if keep_content:
        return
    own = Poll.objects.filter(post__author=user)
    Option.objects.filter(poll__in=own).update(text="")
    own.update(pledge="", outcome="")
    mine = Vote.objects.filter(user=user, option__isnull=False)
    polls = dict(mine.order_by("poll__post").values_list("poll__post", "poll"))
    mine.delete()
    for post_id, poll_id in sorted(polls.items()):
        counting.lock_post(pk=post_id)
        counting_votes.count_named(poll=counting_votes.lock_poll(pk=poll_id))


@transaction.atomic
def erase_named(*, user, keep_content):
    """The handle in what others wrote becomes the anonymous one, and its HTML names nobody; mentions go.

    Thanks stay for the anonymous row, or go.
    """
    if not keep_content:
        Thanked.objects.filter(user=user).delete()
    rows = list(Mention.objects.filter(user=user).select_related("post", "comment"))
    Mention.objects.filter(user=user).delete()
    for row in rows:
        _rename(row.comment or row.post, user)
        mentioning.render_at(post=row.post, comment=row.comment)
        indexing.put(at=row.comment or row.post)
    for versions in (
        CommentVersion.objects.filter(comment__in=[row.comment_id for row in rows if row.comment_id]),
        PostVersion.objects.filter(post__in=[row.post_id for row in rows if not row.comment_id]),
    ):
        for version in versions:
            _rename(version, user)
            version.body_html = mentioning.plain_html(body=version.body)
            version.save(update_fields=["body", "body_html"])


def _rename(at, user):
    """The typed handle, in whatever spelling, becomes the anonymous one."""

    def anonymous(match):
        typed = match[1].rstrip(".-")
        if text_links.name_key(typed) != user.handle:
            return match[0]
        return f"@{FORMER_HANDLE}{user.pk}{match[1][len(typed) :]}"

    at.body = re.sub(text_links.NAME, anonymous, at.body)
    type(at).objects.filter(pk=at.pk).update(body=at.body)


def register():
    """Called when the app is ready."""
    for name, export, erase, covers in (
        ("votes", votes, erase_votes, VOTES),
        ("thanks_and_mentions", thanks_and_mentions, erase_named, NAMED),
    ):
        registries.export.register(name, export, covers)
        registries.erasure.register(name, erase, covers)
