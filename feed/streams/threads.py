"""A conversation by pages of roots, each with its first answers; constant queries however long it is (A40)."""

from dataclasses import dataclass

from django.db.models import F, Q, Window, prefetch_related_objects
from django.db.models.functions import RowNumber

from feed.models import Comment, Post
from people.paging import Slice, behind, cursor_of, cut, position, take
from people.prepared import Prepared

SORTS = {
    "newest": ("-created_at", "-pk"),
    "oldest": ("created_at", "pk"),
    "support": ("-support", "-pk"),
}
IN_TIME = ("created_at", "pk")
ROOTS, REPLIES, MORE_REPLIES = 20, 3, 30


@dataclass
class Thread:
    """One page of a conversation. Each root has `shown_replies`, `more_replies` (count) and `replies_after`."""

    roots: list
    after: str
    sort: str

    @property
    def comments(self) -> list:
        """Roots and replies of this page."""
        return [comment for root in self.roots for comment in (root, *root.shown_replies)]


def thread(
    user, post: Post, *, sort: str = "newest", after: str = "", at: Comment | None = None, size: int = ROOTS
) -> Thread:
    """A page of roots with their first replies: three queries. `at`: the page begins with that comment's root."""
    sort = sort if sort in SORTS else "newest"
    order = SORTS[sort]
    if post.state == Post.State.WITHDRAWN or not post.visible_to(user):
        return Thread([], "", sort)
    here, lead = {"post": post.pk, "held_of": Comment.objects.sees_held_of(post, user)}, []
    if at is not None:
        top = at.root or at
        lead, after = (
            _roots(None, sort, 1, **here, first=None, second=None, only=top.pk),
            cursor_of(top, order),
        )
    first, second = position(Comment.objects.all(), order, after) or (None, None)
    rest = size - len(lead)
    page = cut(_roots(None, sort, rest + 1, **here, first=first, second=second, only=None), order, rest)
    page = Slice([*lead, *page.items], page.after)
    _attach_replies(here, page.items, at)
    found = Thread(page.items, page.after, sort)
    _complete(found.comments, post)
    return found


def replies(user, root: Comment, *, after: str = "") -> Slice:
    """The next replies below one root, in order of time."""
    rows = Comment.objects.thread_of(root.post, user).for_thread().filter(root=root)
    page = take(rows, IN_TIME, after=after, size=MORE_REPLIES)
    _complete(page.items, root.post)
    return page


@Prepared
def _roots(sort, size, *, post, held_of, first, second, only):
    rows = Comment.objects.in_thread(post, held_of).for_thread().filter(root__isnull=True)
    if only is not None:
        rows = rows.filter(pk=only)
    rows = behind(rows, SORTS[sort], () if first is None else (first, second))
    return rows.order_by(*SORTS[sort])[:size]


@Prepared
def _answers(*, post, held_of, roots, at_root, since):
    rows = Comment.objects.in_thread(post, held_of)
    ranked = Window(RowNumber(), partition_by=F("root_id"), order_by=[F("created_at"), F("pk")])
    first = rows.filter(root__in=roots)
    if at_root is not None:
        first = first.filter(~Q(root=at_root) | Q(created_at__gte=since))
    # ranked by id alone: the subquery would otherwise carry every column of every answer
    chosen = first.annotate(place=ranked).filter(place__lte=REPLIES + 1).values("pk")
    return rows.for_thread().filter(pk__in=chosen).order_by("root_id", *IN_TIME)


def _attach_replies(here, roots, at):
    """The first replies of every root with one query; of `at`'s root those from `at` on."""
    at_root, since = (at.root_id, at.created_at) if at is not None and at.root_id else (None, None)
    found = {root.pk: [] for root in roots}
    ids = list(found)
    for reply in _answers(None, **here, roots=ids, at_root=at_root, since=since) if ids else ():
        found[reply.root_id].append(reply)
    for root in roots:
        answers = found[root.pk]
        root.shown_replies = answers[:REPLIES]
        root.replies_after = cursor_of(answers[REPLIES - 1], IN_TIME) if len(answers) > REPLIES else ""
        root.starts_inside = at is not None and at.root_id == root.pk
        root.more_replies = max(1, root.reply_count - REPLIES) if root.replies_after else 0


def _complete(comments, post):
    """Pictures of all comments with one query, and the post's one instance, so that no fact asks again."""
    load_pictures(comments)
    for comment in comments:
        comment.post = post


def load_pictures(comments: list[Comment]) -> None:
    """The pictures of all `comments` with one query."""
    prefetch_related_objects(comments, "attachments")
