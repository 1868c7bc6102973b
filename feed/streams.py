"""Lists of what people say: a conversation by pages, what I keep, what concerns me, what waits for moderators.

Every list starts at the visibility rule, is keyset-paged and takes the same number of queries however long it is.
"""

from dataclasses import dataclass, field

from django.db.models import CharField, F, Prefetch, Q, Value, Window, prefetch_related_objects
from django.db.models.functions import Cast, Coalesce, RowNumber
from django.http import Http404

from feed.models import Bookmark, Comment, Draft, ModerationStep, Notification, Post, Reaction, Report, Watch
from people.paging import Slice, cursor_of, take

SORTS = {
    "newest": ("-created_at", "-pk"),
    "oldest": ("created_at", "pk"),
    "support": ("-support", "-pk"),
}
IN_TIME = ("created_at", "pk")
ROOTS, REPLIES, MORE_REPLIES = 20, 5, 30


def find_post(user, pk: int) -> Post:
    """The post, if `user` may read it, with author and page versions. Hidden and absent are the same 404 (A3)."""
    post = Post.objects.visible_to(user).for_streams().with_versions().filter(pk=pk).first()
    if post is None:
        raise Http404
    return post


def find_comment(user, pk: int) -> Comment:
    """The comment with its post, if `user` may read it and it was not deleted; otherwise the same 404."""
    comment = Comment.objects.visible_to(user).for_thread().filter(pk=pk, deleted_at__isnull=True).first()
    if comment is None:
        raise Http404
    comment.post = find_post(user, comment.post_id)
    return comment


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


def thread(user, post: Post, *, sort: str = "newest", after: str = "", at: Comment | None = None) -> Thread:
    """A page of roots with their first replies: three queries. `at`: the page begins with that comment's root."""
    order = SORTS.get(sort, SORTS["newest"])
    rows = Comment.objects.thread_of(post, user).for_thread()
    tops, lead = rows.filter(root__isnull=True), []
    if at is not None:
        top = at.root or at
        lead, after = list(tops.filter(pk=top.pk)), cursor_of(top, order)
    page = take(tops, order, after=after, size=ROOTS - len(lead))
    page = Slice([*lead, *page.items], page.after)
    _attach_replies(rows, page.items, at)
    found = Thread(page.items, page.after, sort if sort in SORTS else "newest")
    _complete(found.comments, post)
    return found


def replies(user, root: Comment, *, after: str = "") -> Slice:
    """The next replies below one root, in order of time."""
    rows = Comment.objects.thread_of(root.post, user).for_thread().filter(root=root)
    page = take(rows, IN_TIME, after=after, size=MORE_REPLIES)
    _complete(page.items, root.post)
    return page


def _attach_replies(rows, roots, at):
    """The first replies of every root with one query; of `at`'s root those from `at` on."""
    ranked = Window(RowNumber(), partition_by=F("root_id"), order_by=[F("created_at"), F("pk")])
    first = rows.filter(root__in=[root.pk for root in roots])
    if at is not None and at.root_id:
        first = first.filter(~Q(root=at.root_id) | Q(created_at__gte=at.created_at))
    found = {root.pk: [] for root in roots}
    for reply in first.annotate(place=ranked).filter(place__lte=REPLIES + 1).order_by("root_id", *IN_TIME):
        found[reply.root_id].append(reply)
    for root in roots:
        answers = found[root.pk]
        root.shown_replies = answers[:REPLIES]
        root.replies_after = cursor_of(answers[REPLIES - 1], IN_TIME) if len(answers) > REPLIES else ""
        root.starts_inside = at is not None and at.root_id == root.pk
        root.more_replies = max(1, root.reply_count - REPLIES) if root.replies_after else 0


def _complete(comments, post):
    """Pictures of all comments with one query, and the post's one instance, so that no fact asks again."""
    prefetch_related_objects(comments, "attachments")
    for comment in comments:
        comment.post = post


@dataclass
class Mine:
    """What is personal in a conversation: my reactions by comment id (None: the post), kept ids, watching, drafts."""

    reactions: dict = field(default_factory=dict)
    kept: set = field(default_factory=set)
    watch: str = ""
    drafts: dict = field(default_factory=dict)


def mine(user, post: Post, *, places: tuple[str, ...] = ()) -> Mine:
    """My stance on a post and its comments, with two queries."""
    reactions = Reaction.objects.filter(user=user, post=post).values_list("comment_id", "kind")
    found = Mine(reactions=dict(reactions))
    text = CharField()
    marks = Bookmark.objects.filter(user=user, post=post).values_list(
        Value("", output_field=text), Cast(Coalesce("comment_id", 0), text)
    )
    watch = Watch.objects.filter(user=user, post=post).values_list(Value("watch", output_field=text), Cast("level", text))
    drafts = Draft.objects.filter(user=user, place__in=places).values_list(Cast("place", text), Cast("body", text))
    for key, value in marks.union(watch, drafts, all=True):
        if key == "":
            found.kept.add(int(value) or None)
        elif key == "watch":
            found.watch = value
        else:
            found.drafts[key] = value
    return found


def bookmarks(user, *, after: str = "") -> Slice:
    """What `user` keeps and may still read, latest kept first, each with post, author and page versions."""
    said = Q(comment__isnull=True) | Q(comment__in=Comment.objects.visible_to(user).filter(deleted_at__isnull=True))
    kept = Bookmark.objects.filter(said, user=user, post__in=Post.objects.visible_to(user))
    kept = kept.select_related("comment__author__department", "comment__author__location").prefetch_related(_posts())
    return take(kept, ("-created_at", "-pk"), after=after)


def notifications(user, *, after: str = "") -> Slice:
    """What concerns `user`, newest first; only what they may (still) read (A4)."""
    rows = Notification.objects.visible_to(user).select_related("actor", "comment").prefetch_related(_posts())
    return take(rows, ("-updated_at", "-pk"), after=after)


def open_reports(user, *, after: str = "") -> Slice:
    """Undecided reports about what this moderator may read, oldest first."""
    rows = Report.objects.visible_to(user).open().select_related("reporter", "comment__author", "post__author")
    return take(rows.prefetch_related(_posts(), _posts("comment__post")), IN_TIME, after=after)


def held_comments(user, *, after: str = "") -> Slice:
    """Comments that wait for approval in conversations this moderator may read, oldest first."""
    rows = Comment.objects.visible_to(user).filter(held_at__isnull=False, hidden_at__isnull=True, deleted_at__isnull=True)
    return take(rows.for_thread().prefetch_related("attachments", _posts()), ("held_at", "pk"), after=after)


def moderation_log(user, *, after: str = "") -> Slice:
    """Every step in conversations this moderator may read, newest first."""
    rows = ModerationStep.objects.filter(post__in=Post.objects.visible_to(user))
    rows = rows.select_related("moderator", "affected", "comment").prefetch_related(_posts())
    return take(rows, ("-created_at", "-pk"), after=after)


def _posts(path: str = "post") -> Prefetch:
    return Prefetch(path, Post.objects.for_streams().with_versions())
