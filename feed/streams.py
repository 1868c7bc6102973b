"""Lists of what people say: a conversation by pages, what I keep, what concerns me, what waits for moderators.

Every list starts at the visibility rule, is keyset-paged and takes the same number of queries however long it is.
"""

from dataclasses import dataclass, field

from django.db.models import (
    CharField,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Value,
    Window,
    prefetch_related_objects,
)
from django.db.models.functions import Cast, Coalesce, RowNumber
from django.http import Http404
from wagtail.models import Page

from feed.models import (
    Bookmark,
    Comment,
    Draft,
    ModerationStep,
    Notification,
    Post,
    PostPage,
    Reaction,
    Report,
    Tag,
    Watch,
)
from people.paging import Slice, cursor_of, take

SORTS = {
    "newest": ("-created_at", "-pk"),
    "oldest": ("created_at", "pk"),
    "support": ("-support", "-pk"),
}
IN_TIME, LATEST = ("created_at", "pk"), ("-created_at", "-pk")
ROOTS, REPLIES, MORE_REPLIES = 20, 3, 30


def find_post(user, pk: int) -> Post:
    """The post, if `user` may read it, with author and page versions. Hidden and absent are the same 404 (A3)."""
    post = Post.objects.visible_to(user).for_streams().with_versions().filter(pk=pk).first()
    if post is None:
        raise Http404
    return post


def shared_of(user, post: Post) -> Post | None:
    """What a share points at, if `user` may read it."""
    return Post.objects.visible_to(user).for_streams().with_versions().filter(pk=post.shared_id).first()


def find_comment(user, pk: int) -> Comment:
    """The comment with its post, if `user` may read it and it was not deleted; otherwise the same 404."""
    comment = Comment.objects.visible_to(user).for_thread().filter(pk=pk, deleted_at__isnull=True).first()
    if comment is None:
        raise Http404
    comment.post = find_post(user, comment.post_id)
    return comment


def find_own(user, pk: int) -> Comment:
    """One's own comment, also a deleted one, as long as its conversation may be read; otherwise the same 404."""
    comment = Comment.objects.visible_to(user).for_thread().filter(pk=pk, author=user).first()
    if comment is None:
        raise Http404
    comment.post = find_post(user, comment.post_id)
    return comment


def find_answered(post: Post, pk: int) -> Comment:
    """The comment below `post` that somebody answers, in whatever state: the action says when it is gone."""
    comment = Comment.objects.select_related("author").filter(pk=pk, post=post).first()
    if comment is None:
        raise Http404
    comment.post = post
    return comment


def load_pictures(comments: list[Comment]) -> None:
    """The pictures of all `comments` with one query."""
    prefetch_related_objects(comments, "attachments")


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
    # ranked by id alone: the subquery would otherwise carry every column of every answer
    chosen = first.select_related(None).annotate(place=ranked).filter(place__lte=REPLIES + 1).values("pk")
    for reply in rows.filter(pk__in=chosen).order_by("root_id", *IN_TIME):
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


@dataclass
class Mine:
    """What is personal in a conversation: my reactions by comment id (None: the post), kept ids, watching, drafts."""

    reactions: dict = field(default_factory=dict)
    kept: set = field(default_factory=set)
    watch: str = ""
    drafts: dict = field(default_factory=dict)


def mine(user, post: Post, *, places: tuple[str, ...] = ()) -> Mine:
    """My stance on a post and its comments, what I keep, whether I watch, my drafts: one query."""
    text, of = CharField(), Cast(Coalesce("comment_id", 0), CharField())
    parts = (
        (Reaction.objects.filter(user=user, post=post), "react", of, "kind"),
        (Bookmark.objects.filter(user=user, post=post), "keep", of, Value("", output_field=text)),
        (Watch.objects.filter(user=user, post=post), "watch", Value("", output_field=text), "level"),
        (Draft.objects.filter(user=user, place__in=places), "draft", "place", "body"),
    )
    rows = [
        found.values_list(Value(name, output_field=text), Cast(key, text), Cast(value, text))
        for found, name, key, value in parts
    ]
    found = Mine()
    for name, key, value in rows[0].union(*rows[1:], all=True):
        if name == "react":
            found.reactions[int(key) or None] = value
        elif name == "keep":
            found.kept.add(int(key) or None)
        elif name == "watch":
            found.watch = value
        else:
            found.drafts[key] = value
    return found


def reactions(post: Post, comment: Comment | None) -> QuerySet:
    """Who took a stance on a post or one of its comments, which the caller was allowed to find."""
    return Reaction.objects.filter(post=post, comment=comment).select_related(
        "user__department", "user__location"
    )


def find_tag(user, pk: int) -> Tag:
    """A tag that marks something `user` may read; otherwise 404 (A3)."""
    tag = Tag.objects.filter(pk=pk).first()
    if tag is None or not Post.objects.visible_to(user).listed().filter(tagged_posts__tag=tag).exists():
        raise Http404
    return tag


def bookmarks(user, *, after: str = "") -> Slice:
    """What `user` keeps and may still read, latest kept first, each with post, author and page versions."""
    said = Q(comment__isnull=True) | Q(
        comment__in=Comment.objects.visible_to(user).filter(deleted_at__isnull=True)
    )
    kept = Bookmark.objects.filter(said, user=user, post__in=Post.objects.visible_to(user))
    kept = kept.select_related("comment__author__department", "comment__author__location").prefetch_related(
        _posts()
    )
    return take(kept, LATEST, after=after)


def notifications(user, *, after: str = "") -> Slice:
    """What concerns `user`, newest first; only what they may (still) read (A4)."""
    rows = Notification.objects.visible_to(user).select_related("actor", "comment").prefetch_related(_posts())
    return take(rows, ("-updated_at", "-pk"), after=after)


def find_notification(user, pk: int) -> Notification | None:
    """One of mine about what I may (still) read."""
    rows = Notification.objects.visible_to(user).select_related("actor", "comment").prefetch_related(_posts())
    return rows.filter(pk=pk).first()


def open_reports(user, *, after: str = "") -> Slice:
    """Undecided reports about what this moderator may read, oldest first."""
    rows = (
        Report.objects.visible_to(user).open().select_related("reporter", "comment__author", "post__author")
    )
    return take(rows.prefetch_related(_posts(), _posts("comment__post")), IN_TIME, after=after)


def held_comments(user, *, after: str = "") -> Slice:
    """Comments that wait for approval in conversations this moderator may read, oldest first."""
    rows = Comment.objects.visible_to(user).filter(
        held_at__isnull=False, hidden_at__isnull=True, deleted_at__isnull=True
    )
    return take(rows.for_thread().prefetch_related("attachments", _posts()), ("held_at", "pk"), after=after)


def moderation_log(user, *, after: str = "") -> Slice:
    """Every step in conversations this moderator may read, newest first."""
    rows = ModerationStep.objects.filter(post__in=Post.objects.visible_to(user))
    rows = rows.select_related("moderator", "affected", "comment").prefetch_related(_posts())
    return take(rows, LATEST, after=after)


def syndicated(user, *, blog_page: int | None = None, tag: str = "") -> QuerySet:
    """Articles for a feed reader, newest first: all, of one blog (by the id of one of its pages), or with a tag."""
    rows = Post.objects.visible_to(user).listed().filter(kind=Post.Kind.ARTICLE).for_streams()
    if blog_page is not None:
        rows = rows.filter(Exists(_in_blog(blog_page).filter(post=OuterRef("pk"))))
    if tag:
        rows = rows.filter(tagged_posts__tag__slug=tag)
    pages = PostPage.objects.live().defer("text").select_related("page")
    return rows.newest_first().prefetch_related("tags", Prefetch("pages", pages, to_attr="versions"))


def newest_version(posts: QuerySet, blog_page: int) -> PostPage | None:
    """The newest of these posts' versions in a blog; it knows the blog's title and address."""
    return (
        _in_blog(blog_page).filter(post__in=posts.order_by().values("pk")).order_by("-published_at").first()
    )


def _in_blog(blog_page):
    """Live versions of a blog's articles in all languages; the blog is named by one of its pages."""
    key = Page.objects.filter(pk=blog_page).values("translation_key")
    return PostPage.objects.live().filter(blog_page__translation_key__in=key)


def _posts(path: str = "post") -> Prefetch:
    return Prefetch(path, Post.objects.for_streams().with_versions())
