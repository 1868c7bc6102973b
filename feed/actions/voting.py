"""Polls: open, vote, close, say what came of it. Each function is one transaction: the post is locked, then the poll.

A secret vote (A10) leaves that somebody voted and nothing else: no row, time, log line or transaction id says what.
Raises Refused (feed.actions.refusals) and changes nothing then.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from feed.actions import announcing, counting, counting_votes, keys, notifying
from feed.actions.refusals import Refused
from feed.models import Notification, Option, Poll, Post, Vote
from feed.models.poll import MAX_OPTIONS, MIN_OPTIONS, OPTION_CHARS
from people.models import User
from people.text import clean_line, comparison_key

LONGEST = timedelta(days=366)
BATCH = 200


@dataclass(frozen=True)
class PollTerms:
    """What a poll's author decides. A secret one is final and hides its results, whatever else is said."""

    options: tuple[str, ...]
    ends_at: datetime
    is_multiple: bool = False
    is_secret: bool = False
    hides_results: bool = False
    may_change: bool = True
    pledge: str = ""


@transaction.atomic
def open_for(*, post: Post, terms: PollTerms) -> Poll:
    """The poll of a post that asks for votes. Raises Refused (answers, end) and ValidationError (too long)."""
    texts = [clean_line(text, max_chars=OPTION_CHARS) for text in terms.options]
    texts = [text for text in texts if text]
    if not MIN_OPTIONS <= len(texts) <= MAX_OPTIONS:
        raise Refused(_("A poll has 2 to 10 answers."))
    if len({comparison_key(text) for text in texts}) < len(texts):
        raise Refused(_("Two answers are the same."))
    begins = post.publish_at or post.published_at or post.created_at
    if not begins < terms.ends_at <= begins + LONGEST:
        raise Refused(_("A poll ends after it begins, and within a year."))
    poll = Poll.objects.create(
        post=post,
        is_multiple=terms.is_multiple,
        is_secret=terms.is_secret,
        hides_results=terms.hides_results or terms.is_secret,
        may_change=terms.may_change and not terms.is_secret,
        pledge=clean_line(terms.pledge, max_chars=300),
        ends_at=terms.ends_at,
        closed_at=terms.ends_at if terms.ends_at <= timezone.now() else None,  # brought here when it was over
    )
    Option.objects.bulk_create(
        Option(poll=poll, text=text, position=position) for position, text in enumerate(texts)
    )
    return poll


@transaction.atomic
def vote(*, poll: Poll, user: User, options, key: str | None = None) -> Poll:
    """Vote for `options` (ids): once, or again where votes may be changed. Returns the poll with its counts.

    The same key votes once; its row says which poll, never which answer. Raises Refused.
    """
    locked = _lock(poll)
    made = f"vote:{locked.pk}"
    if keys.find(user=user, key=key) == made:
        return locked
    mine = Vote.objects.filter(poll=locked, user=user)
    _refuse_if_not_open(locked, user)
    before = set(mine.values_list("option_id", flat=True))
    if before and not locked.may_change:
        raise Refused(_("You have voted. Votes here are final."))
    chosen = _chosen(locked, options)
    if locked.is_secret:
        Vote.objects.create(poll=locked, user=user)
        counting_votes.count_secret(poll=locked, chosen=dict.fromkeys(chosen, 1))
    elif chosen != before:
        mine.delete()
        Vote.objects.bulk_create(Vote(poll=locked, user=user, option_id=pk) for pk in sorted(chosen))
        counting_votes.count_named(poll=locked)
        announcing.counts_changed(post=locked.post)
    keys.keep(user=user, key=key, result=made)
    return locked


@transaction.atomic
def bring(*, poll: Poll, votes) -> None:
    """Votes of an older poll (demo, import): [(user, option ids)]. Rules are not asked and nobody is told."""
    locked = _lock(poll)
    if not locked.is_secret:
        rows = [Vote(poll=locked, user=user, option_id=pk) for user, chosen in votes for pk in chosen]
        Vote.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
        counting_votes.count_named(poll=locked)
        return
    new = {user.pk: chosen for user, chosen in votes}
    for pk in Vote.objects.filter(poll=locked, user__in=new).values_list("user_id", flat=True):
        del new[pk]
    Vote.objects.bulk_create([Vote(poll=locked, user_id=pk) for pk in sorted(new)], batch_size=500)
    counts = {}
    for pk in (pk for chosen in new.values() for pk in chosen):
        counts[pk] = counts.get(pk, 0) + 1
    counting_votes.count_secret(poll=locked, chosen=counts)


@transaction.atomic
def close(*, poll: Poll) -> bool:
    """End a poll; voters and its author hear of it once. Returns whether it was still open."""
    locked = _lock(poll)
    if locked.closed_at is not None:
        return False
    locked.closed_at = timezone.now()
    locked.save(update_fields=["closed_at"])
    _tell(locked, "closed|", {locked.post.author_id})
    announcing.counts_changed(post=locked.post)
    return True


def close_due() -> int:
    """Close what has ended; returns how many. Several machines may do so at once: each poll is closed once."""
    due = Poll.objects.filter(closed_at__isnull=True, ends_at__lte=timezone.now()).order_by("ends_at")
    return sum(close(poll=poll) for poll in due[:BATCH])


@transaction.atomic
def tell_outcome(*, poll: Poll, by: User, text: str) -> Poll:
    """The author of a binding poll writes what came of it; voters hear of it the first time. Raises Refused."""
    locked = _lock(poll)
    if (
        by.pk != locked.post.author_id
        or not locked.post.visible_to(by)
        or not locked.pledge
        or locked.is_open
    ):
        raise Refused(_("Only the author of a binding poll says what came of it, after it has ended."))
    text = clean_line(text, max_chars=500)
    if not text:
        raise Refused(_("Say what came of it."))
    is_first = not locked.outcome
    locked.outcome, locked.outcome_at = text, timezone.now()
    locked.save(update_fields=["outcome", "outcome_at"])
    if is_first:
        _tell(locked, f"outcome|{text}", (), by)
    return locked


def refuse_if_voted(*, post: Post) -> None:
    """Raise Refused when `post` asks for votes and has some: neither question nor answers change then.

    Call it with the post locked: votes wait for that lock.
    """
    if Vote.objects.filter(poll__post=post).exists():
        raise Refused(_("People have voted already, so the question and its answers stay as they are."))


def _lock(poll):
    post = counting.lock_post(pk=poll.post_id)
    locked = counting_votes.lock_poll(pk=poll.pk)
    locked.post = post
    return locked


def _refuse_if_not_open(poll, user):
    if not poll.post.is_live or not poll.post.visible_to(user):
        raise Refused(_("This poll is no longer open to you."))
    if not poll.is_open:
        raise Refused(_("This poll has ended."))


def _chosen(poll, options) -> set[int]:
    """The ids that were chosen, all of this poll. Raises Refused."""
    chosen = set(options)
    if not chosen:
        raise Refused(_("Choose an answer."))
    if len(chosen) > 1 and not poll.is_multiple:
        raise Refused(_("Choose one answer only."))
    if chosen - set(poll.options.values_list("pk", flat=True)):
        raise Refused(_("This answer does not exist."))
    return chosen


def _tell(poll, text, more=(), actor=None):
    """Voters (and `more`) hear of the end or outcome; never of a result."""
    voters = Vote.objects.filter(poll=poll).order_by().values_list("user_id", flat=True).distinct()
    users = {*voters, *more}
    notifying.tell(users=users, cause=Notification.Cause.POLL, post=poll.post, actor=actor, text=text)
