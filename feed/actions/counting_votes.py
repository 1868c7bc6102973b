"""Counts of polls, under the poll's lock (A27, A10). Lock order: post, then poll."""

from django.db.models import Case, Count, F, OuterRef, Subquery, When
from django.db.models.functions import Coalesce

from feed.models import Option, Poll, Vote


def lock_poll(*, pk: int) -> Poll:
    """The poll, locked until the transaction ends. Raises Poll.DoesNotExist."""
    return Poll.objects.select_for_update(no_key=True).get(pk=pk)


def count_named(*, poll: Poll) -> None:
    """Set the counts of a locked named poll from its votes, also on the given instance. Two writes, one read."""
    votes = Vote.objects.filter(option=OuterRef("pk")).order_by().values("option")
    counted = Subquery(votes.annotate(n=Count("pk")).values("n"))
    Option.objects.filter(poll=poll).update(count=Coalesce(counted, 0))
    _count_voters(poll)


def count_secret(*, poll: Poll, chosen: dict[int, int]) -> None:
    """Raise the counts of a locked secret poll by {option id: votes}.

    All options are written by one statement, so that every row carries the same transaction and tells nothing.
    """
    more = Case(*(When(pk=pk, then=n) for pk, n in chosen.items()), default=0)
    Option.objects.filter(poll=poll).update(count=F("count") + more)
    _count_voters(poll)


def recount(*, post_ids: list[int]) -> int:
    """Repair the counts of named polls and all numbers of voters; returns how many were wrong.

    What was chosen secretly stands nowhere else: those counts cannot be recomputed.
    """
    wrong = 0
    for poll in Poll.objects.select_for_update(no_key=True).filter(post__in=post_ids).order_by("pk"):
        before = (poll.voter_count, dict(poll.options.values_list("pk", "count")))
        _count_voters(poll) if poll.is_secret else count_named(poll=poll)
        wrong += before != (poll.voter_count, dict(poll.options.values_list("pk", "count")))
    return wrong


def _count_voters(poll):
    poll.voter_count = Vote.objects.filter(poll=poll).aggregate(n=Count("user", distinct=True))["n"]
    Poll.objects.filter(pk=poll.pk).update(voter_count=poll.voter_count)
