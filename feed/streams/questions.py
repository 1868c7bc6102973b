"""Questions as their readers meet them: in a conversation, on cards, in the list, on the home page.

Every list starts at the visibility rule and shows only what is published (`listed`).
"""

import hashlib
import statistics
from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from feed.models import Community, Post, Question, QuestionInterest
from feed.models.question import departments_of
from feed.streams.candidates import asked_of
from people.paging import Slice, take
from people.prepared import Prepared

MOST_IN_LEDGER = 200
ORDERS = {
    "longest": ("opened_at", "pk"),
    "newest": ("-opened_at", "-pk"),
    "wanted": ("-interest_count", "-pk"),
}
STATES = ("open", "answered", "all")
SCOPES = ("me", "department", "mine")
AT_HOME, WAITING, MEDIAN_DAYS, SMALLEST_GROUP, SECONDS = 5, 5, 30, 5, 60


@dataclass(frozen=True)
class Filters:
    """What of the list is wanted. `scope`: addressed to me, to my department, asked by me, or "" for all."""

    state: str = "open"
    scope: str = ""
    community: str = ""
    order: str = "longest"


@dataclass(frozen=True)
class Home:
    """What the home page says: some open questions, whether there are more, and how long answers take (or None)."""

    questions: list
    has_more: bool
    median: timedelta | None


def addressee_of(post: Post) -> str:
    """The name of whom a post's own open question is addressed to, or ""."""
    asked = (
        Question.objects.open()
        .filter(post=post, comment=None)
        .select_related("addressee", "department")
        .first()
    )
    addressed = asked and (asked.addressee or asked.department)
    return addressed.name if addressed else ""


def of_conversation(post: Post, user) -> list[Question]:
    """The questions of a post that `user` was allowed to find, open ones first. One query; two with departments."""
    return in_order(_of_conversation(user, post=post.pk), post, user)


@Prepared
def _of_conversation(user, post):
    rows = _mine(Question.objects.filter(post=post).listed(), user).for_lists()
    return rows.order_by("opened_at", "pk")[:MOST_IN_LEDGER]


def in_order(questions: list[Question], post: Post, user) -> list[Question]:
    """Judged questions of one conversation, open ones first, longest waiting first."""
    for question in questions:
        question.post = post
        if question.answer is not None:
            question.answer.post = post
    return judge(sorted(questions, key=lambda one: (not one.is_open, one.opened_at, one.pk)), user)


def attach(posts: list[Post], user) -> list[Post]:
    """Give each post `asked`: its own question with what its card shows, or None. At most two queries, or none."""
    asking = {post.pk: post for post in posts if post.kind == Post.Kind.QUESTION}
    for post in posts:
        post.asked = None
    if asking:
        found = _of_posts(user, posts=list(asking))
        for question in found:
            question.post = asking[question.post_id]
            question.post.asked = question
        judge(found, user)
    return posts


@Prepared
def _of_posts(user, posts):
    rows = _mine(Question.objects.filter(post__in=posts, comment=None), user)
    return rows.select_related("asker", "addressee", "department", "answer__author")


def judge(questions: list[Question], user) -> list[Question]:
    """Say of each what `user` may do: `is_mine`, `may_mark`, `may_reopen`, `may_withdraw`, `may_pass`, `said_by`.

    One query if some department was asked, otherwise none.
    """
    places = departments_of(user) if any(one.department_id for one in questions) else set()
    for one in questions:
        one.is_mine = one.acceptable_by(user)
        one.may_mark = one.markable_by(user, places)
        one.may_settle = one.is_mine or one.may_mark
        one.may_reopen = not one.is_open and one.may_settle
        one.may_withdraw = one.is_open and one.is_mine
        one.may_pass = one.is_open and one.may_settle
        one.to_me = user.pk == one.addressee_id or one.department_id in places
        answer = one.answer if one.is_answered else None
        one.said_by = answer.author if answer is not None and not answer.is_gone else None
    return questions


def open_list(user, filters: Filters, *, after: str = "") -> Slice:
    """The list of all questions that `user` may read. Two queries, three with departments."""
    rows = Question.objects.visible_to(user).listed()
    if filters.state == "open":
        rows = rows.open()
    elif filters.state == "answered":
        rows = rows.filter(state=Question.State.ANSWERED)
    if filters.scope == "me":
        rows = rows.filter(addressee=user)
    elif filters.scope == "department":
        rows = rows.filter(department__in=departments_of(user))
    elif filters.scope == "mine":
        rows = rows.filter(asker=user)
    if filters.community:
        rows = rows.filter(post__community__slug=filters.community)
    order = ORDERS.get(filters.order, ORDERS["longest"])
    page = take(_mine(rows, user).for_lists(), order, after=after)
    judge(page.items, user)
    return page


def communities(user) -> QuerySet:
    """Those whose questions `user` can ask for in the list."""
    return Community.objects.known_to(user).filter(posts__questions__isnull=False).distinct().order_by("name")


def waiting_for(user) -> list[Question]:
    """Open questions that wait for `user`: asked by name, their department, or under their article. Longest first."""
    return judge(_waiting_for(user), user)


@Prepared
def _waiting_for(user):
    nobody = Q(addressee=None, department=None, post__kind=Post.Kind.ARTICLE)
    mine = asked_of(user) | nobody & (Q(post__author=user) | Q(post__posted_by=user))
    rows = Question.objects.visible_to(user).listed().open().filter(mine).exclude(asker=user)
    return _mine(rows, user).for_lists().order_by(*ORDERS["longest"])[:WAITING]


def put_to(department, user) -> list[Question]:
    """Open questions that wait for `department` or one below it, as far as `user` may read them. Longest first."""
    rows = Question.objects.visible_to(user).listed().open()
    rows = rows.filter(department__path__startswith=department.path)
    return judge(list(_mine(rows, user).for_lists().order_by(*ORDERS["longest"])[:WAITING]), user)


def for_home(user) -> Home:
    """The newest open questions and the median time to answer. One query, two without the cache."""
    found = judge(_for_home(user), user)
    return Home(found[:AT_HOME], len(found) > AT_HOME, median(user))


@Prepared
def _for_home(user):
    rows = _mine(Question.objects.visible_to(user).listed().open(), user).for_lists()
    return rows.order_by(*ORDERS["newest"])[: AT_HOME + 1]


def median(user) -> timedelta | None:
    """Half of the answers of the last 30 days that `user` may read came faster; None below five (A10).

    Kept for a minute for everybody who may read the same.
    """
    audiences = ",".join(map(str, sorted(user.access.audience_ids)))
    key = f"questions:median:{hashlib.sha256(audiences.encode()).hexdigest()[:24]}"
    seconds = cache.get(key)
    if seconds is None:
        seconds = _median(user)
        cache.set(key, seconds, SECONDS)
    return timedelta(seconds=seconds) if seconds >= 0 else None


def _median(user) -> float:
    since = timezone.now() - timedelta(days=MEDIAN_DAYS)
    rows = Question.objects.visible_to(user).listed().filter(state=Question.State.ANSWERED)
    times = rows.filter(settled_at__gte=since).values_list("opened_at", "settled_at")
    took = [(settled - opened).total_seconds() for opened, settled in times]
    return statistics.median(took) if len(took) >= SMALLEST_GROUP else -1


def find_question(user, pk: int) -> Question:
    """The question, if `user` may read it and it is shown; otherwise the same 404 (A3). With `judge`."""
    rows = _mine(Question.objects.visible_to(user).listed().filter(pk=pk), user).for_lists()
    found = rows.first()
    if found is None:
        raise Http404
    return judge([found], user)[0]


def _mine(rows, user):
    """With whether `user` wants to know too."""
    return rows.annotate(
        wanted_by_me=Exists(QuestionInterest.objects.filter(question=OuterRef("pk"), user=user))
    )
