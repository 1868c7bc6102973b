"""Streams of posts and articles, newest first, keyset-paged: for you, everything, mentions, one place, tag, person."""

from django.db.models import CharField, Q, QuerySet, Value
from django.http import Http404

from feed.models import Comment, Mention, Pin, Post
from feed.streams import candidates, loading, pages, wants
from feed.streams.candidates import NEWEST
from people.paging import Slice, take
from people.prepared import Prepared

SIZE = 20


def shown(user) -> QuerySet:
    """What streams show of what `user` may read, with what a card needs."""
    return pages.listed(user).select_related(*loading.ROWS)


def for_you(user, *, after: str = "", size: int = SIZE, mine: wants.Wants | None = None) -> Slice:
    """What is addressed to `user`, their places and what they follow, without what they muted."""
    return pages.page(user, "for-you", after=after, size=size, mine=mine or wants.of(user))


def everything(user, *, after: str = "", size: int = SIZE, mine: wants.Wants | None = None) -> Slice:
    """All that `user` may read, without what they muted."""
    return pages.page(user, "everything", after=after, size=size, mine=mine or wants.of(user))


def of_community(user, community, *, after: str = "", size: int = SIZE) -> Slice:
    """What was said in a community."""
    return pages.page(user, "community", key=community.pk, after=after, size=size)


def of_person(user, person, *, after: str = "", size: int = SIZE) -> Slice:
    """What one person wrote."""
    return pages.page(user, "person", key=person.pk, after=after, size=size)


def of_tag(user, tag, *, after: str = "", size: int = SIZE) -> Slice:
    """What is marked with a tag."""
    return pages.page(user, "tag", key=tag.pk, after=after, size=size)


def mentions(user, *, after: str = "", size: int = SIZE) -> Slice:
    """Posts that name `user`, themselves or in a comment (`named_in`), latest naming first."""
    comments = Comment.objects.visible_to(user).shown()
    rows = Mention.objects.filter(
        Q(comment__isnull=True) | Q(comment__in=comments),
        user=user,
        post__in=Post.objects.visible_to(user).listed(),
    ).select_related("comment__author", *(f"post__{name}" for name in ("author", *loading.ROWS)))
    page = take(rows, ("-created_at", "-pk"), after=after, size=size)
    posts = {}
    for row in page:
        post = posts.setdefault(row.post_id, row.post)
        if row.comment and not hasattr(post, "named_in"):
            post.named_in = row.comment
    loading.load(list(posts.values()), user)
    return Slice(list(posts.values()), page.after)


def thanks_to(user, person, *, after: str = "", size: int = SIZE) -> Slice:
    """Posts that thank one person."""
    return pages.page(user, "thanks", key=person.pk, after=after, size=size)


def shares_of(user, post, *, after: str = "", size: int = SIZE) -> Slice:
    """Who shared a post, for its author: only what they may read."""
    return pages.page(user, "shares", key=post.pk, after=after, size=size)


def find(user, pk: int) -> Post:
    """The post, if `user` may read it, loaded as a card. Hidden and absent are the same 404 (A3)."""
    post = next(iter(_found(user, pk=pk)), None)
    if post is None:
        raise Http404
    loading.load([post], user)
    return post


@Prepared
def _found(user, pk):
    return Post.objects.visible_to(user).select_related(*loading.ROWS).filter(pk=pk)


def pinned_home(user, at=None) -> QuerySet:
    """Short posts that communications show first on the home page now (or `at` a moment), newest first."""
    pins = Pin.objects.current(at).filter(place="home").values("post")
    found = Post.objects.visible_to(user).listed().filter(pk__in=pins, kind__in=Post.SHORT)
    return found.order_by(*NEWEST)


def talked_about(user, mine: wants.Wants, since) -> QuerySet:
    """Posts and articles with something said since then, the latest conversation first."""
    found = candidates.unmuted(Post.objects.visible_to(user).listed(), user, mine)
    found = found.filter(last_activity_at__gte=since, comment_count__gt=0)
    return found.order_by("-last_activity_at", "-pk")


def said_to_me(user, mine: wants.Wants, size: int) -> QuerySet:
    """The newest short posts of "for you", for a page that shows articles elsewhere."""
    ids = candidates.for_you(user, mine, place=(), size=size, kinds=Post.SHORT)
    return Post.objects.visible_to(user).listed().filter(pk__in=ids).order_by(*NEWEST)[:size]


def labelled(**chosen: QuerySet) -> QuerySet:
    """(name, post id) of several short lists at once, unordered; for `slots`."""
    rows = [
        Post.objects.filter(pk__in=rows.values("pk"))
        .order_by()
        .values_list(Value(name, output_field=CharField()), "pk")
        for name, rows in chosen.items()
    ]
    return rows[0].union(*rows[1:], all=True)


def slots(user, mine: wants.Wants, ids: list[tuple[str, int]]) -> dict[str, list[Post]]:
    """{name: posts} of what `labelled` gave, loaded as cards. One query and those of load."""
    posts = loading.load(pages.rows(user, list({pk for _name, pk in ids})), user, mine)
    found, lists = {post.pk: post for post in posts}, {}
    for name, pk in ids:
        if pk in found:
            lists.setdefault(name, []).append(found[pk])
    return lists
