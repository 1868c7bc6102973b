"""Streams of posts and articles, newest first, keyset-paged: for you, everything, mentions, one place, tag, person."""

from datetime import timedelta

from django.db.models import CharField, Q, QuerySet, Value
from django.http import Http404
from django.utils import timezone

from feed.models import Comment, Mention, Pin, Post
from feed.streams import candidates, loading, pages, wants
from feed.streams.candidates import NEWEST
from people.paging import Slice, take

SIZE, TALK_DAYS = 20, 21


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
    post = Post.objects.visible_to(user).select_related(*loading.ROWS).filter(pk=pk).first()
    if post is None:
        raise Http404
    loading.load([post], user)
    return post


def pinned_home(user) -> QuerySet:
    """Short posts that communications show first on the home page, newest first."""
    pins = Pin.objects.current().filter(place="home").values("post")
    found = Post.objects.visible_to(user).listed().filter(pk__in=pins, kind__in=Post.SHORT)
    return found.order_by(*NEWEST)


def talked_about(user, mine: wants.Wants) -> QuerySet:
    """Posts and articles with something said in the last weeks, the latest conversation first."""
    since = timezone.now() - timedelta(days=TALK_DAYS)
    found = candidates.unmuted(Post.objects.visible_to(user).listed(), user, mine)
    found = found.filter(last_activity_at__gte=since, comment_count__gt=0)
    return found.order_by("-last_activity_at", "-pk")


def said_to_me(user, mine: wants.Wants, size: int) -> QuerySet:
    """The newest short posts of "for you", for a page that shows articles elsewhere."""
    ids = candidates.for_you(user, mine, place=(), size=size, kinds=Post.SHORT)
    return Post.objects.visible_to(user).listed().filter(pk__in=ids).order_by(*NEWEST)[:size]


def slots(user, mine: wants.Wants, **chosen: QuerySet) -> dict[str, list[Post]]:
    """Several short lists at once, unordered, loaded as cards. Two queries and those of load."""
    text = CharField()
    rows = [
        Post.objects.filter(pk__in=rows.values("pk"))
        .order_by()
        .values_list(Value(name, output_field=text), "pk")
        for name, rows in chosen.items()
    ]
    ids = list(rows[0].union(*rows[1:], all=True))
    found = {post.pk: post for post in shown(user).filter(pk__in={pk for _name, pk in ids})}
    loading.load(list(found.values()), user, mine)
    lists = {name: [] for name in chosen}
    for name, pk in ids:
        lists[name].append(found[pk])
    return lists
