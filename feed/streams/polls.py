"""Polls as a reader sees them. What may not be shown yet is not even loaded into what templates get (A10)."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.http import Http404

from feed.models import Option, Poll, Post, Vote
from people.paging import Slice, take
from people.prepared import Prepared


@dataclass(frozen=True)
class Choice:
    """One answer; `count` and `pct` are None as long as nobody may see them, `mine` is never said of a secret poll."""

    pk: int
    text: str
    mine: bool = False
    count: int | None = None
    pct: int | None = None


@dataclass
class Ballot:
    """A poll for one reader. `voters` is None while even that number tells too much."""

    post_id: int
    choices: list[Choice]
    is_multiple: bool
    is_secret: bool
    may_change: bool
    is_open: bool
    shows_results: bool
    hides_results: bool
    has_voted: bool
    may_vote: bool
    voters: int | None
    ends_at: datetime
    pledge: str = ""
    outcome: str = ""
    outcome_at: datetime | None = None
    may_tell_outcome: bool = False
    key: str = field(default_factory=lambda: uuid.uuid4().hex)

    @property
    def names_voters(self) -> bool:
        """Whether a list says who voted what."""
        return self.shows_results and not self.is_secret and bool(self.voters)

    @property
    def too_few(self) -> bool:
        """Ended, and secret, and too few took part for any number to be shown."""
        return self.is_secret and not self.is_open and not self.shows_results


def attach(posts, user) -> None:
    """Give each post its `ballot`, or None. One query, or none if no poll is among them."""
    asking = {post.pk: post for post in posts if post.kind == Post.Kind.POLL}
    for post in posts:
        post.ballot = None
    if not asking:
        return
    polls: dict[Poll, list] = {}
    for option in _options(user, posts=list(asking)):
        polls.setdefault(option.poll, []).append(option)
    for poll, options in polls.items():
        post = asking[poll.post_id]
        post.ballot = _ballot(post, poll, options, user)


@Prepared
def _options(user, posts):
    votes = Vote.objects.filter(user=user, poll=OuterRef("poll"))
    found = Option.objects.filter(poll__post__in=posts).select_related("poll").order_by("poll", "position")
    return found.annotate(voted=Exists(votes), mine=Exists(votes.filter(option=OuterRef("pk"))))


def find_poll(post: Post) -> Poll:
    """The poll of a post that the caller was allowed to find; otherwise the same 404."""
    poll = Poll.objects.filter(post=post).first()
    if poll is None:
        raise Http404
    poll.post = post
    return poll


def voters(poll: Poll, option: Option, *, after: str = "", size: int = 50) -> Slice:
    """Who chose this answer of a named poll whose results show; otherwise 404. One query."""
    if poll.is_secret or not poll.shows_results:
        raise Http404
    rows = Vote.objects.filter(poll=poll, option=option).select_related("user__department", "user__location")
    return take(rows, ("pk",), after=after, size=size)


def _ballot(post, poll, options, user) -> Ballot:
    is_open, shows = poll.is_open, poll.shows_results
    voted = options[0].voted
    return Ballot(
        post_id=post.pk,
        choices=[_choice(poll, option, shows) for option in options],
        is_multiple=poll.is_multiple,
        is_secret=poll.is_secret,
        may_change=poll.may_change,
        is_open=is_open,
        shows_results=shows,
        hides_results=poll.hides_results,
        has_voted=voted,
        may_vote=is_open and post.is_live and (poll.may_change or not voted),
        voters=None if poll.is_secret and not shows else poll.voter_count,
        ends_at=poll.ends_at,
        pledge=poll.pledge,
        outcome=poll.outcome,
        outcome_at=poll.outcome_at,
        may_tell_outcome=bool(poll.pledge) and not is_open and user.pk == post.author_id,
    )


def _choice(poll, option, shows) -> Choice:
    mine = option.mine and not poll.is_secret
    if not shows:
        return Choice(option.pk, option.text, mine)
    pct = round(100 * option.count / poll.voter_count) if poll.voter_count else 0
    return Choice(option.pk, option.text, mine, option.count, pct)
