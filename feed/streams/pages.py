"""Which posts a page of a stream holds, and what they are: prepared for all readers (people/prepared.py).

First which, then what they are: joined at once, PostgreSQL reads all posts.
"""

from django.db.models import QuerySet

from feed.models import Post, Tag
from feed.streams import candidates, loading
from feed.streams.candidates import NEWEST
from feed.streams.wants import Wants
from people.paging import Slice, behind, cut, position
from people.prepared import Prepared

MUTED = ("muted_users", "muted_tags", "muted_communities")


def listed(user) -> QuerySet:
    """What streams show of what `user` may read."""
    return Post.objects.visible_to(user).listed()


def page(
    user, stream: str, *, key: int | None = None, after: str = "", size: int, mine: Wants | None = None
) -> Slice:
    """A page of one of `STREAMS`, loaded as cards; `key` is the place, person or tag. Two queries and those of load."""
    place = position(Post.objects.all(), NEWEST, after)
    since, pk = place or (None, None)
    quiet = {name: getattr(mine, name) if mine else () for name in MUTED}
    found = cut(
        [
            Post(pk=pk, published_at=at)
            for pk, at in _keys(user, stream, size, key=key, since=since, pk=pk, **quiet)
        ],
        NEWEST,
        size,
    )
    return Slice(loading.load(rows(user, [post.pk for post in found]), user, mine), found.after)


def rows(user, ids: list[int]) -> list[Post]:
    """Those of the posts that `user` may read, in the order of `ids`, with what a card needs. One query, or none."""
    found = {post.pk: post for post in _rows(user, ids=ids)} if ids else {}
    return [found[pk] for pk in ids if pk in found]


def _for_you(reader, mine, place, size, key):
    return Post.objects.filter(pk__in=candidates.for_you(reader, mine, place=place, size=size))


def _short_for_you(reader, mine, place, size, key):
    ids = candidates.for_you(reader, mine, place=place, size=size, kinds=Post.SHORT)
    return Post.objects.filter(pk__in=ids)


def _everything(reader, mine, place, size, key):
    return behind(candidates.unmuted(listed(reader), reader, mine), NEWEST, place)


def _of_tag(reader, mine, place, size, key):
    return Post.objects.filter(
        pk__in=candidates.tagged(Tag.objects.filter(pk=key), "pk", listed(reader), place, size)
    )


def _where(column):
    return lambda reader, mine, place, size, key: behind(
        listed(reader).filter(**{column: key}), NEWEST, place
    )


STREAMS = {
    "for-you": _for_you,
    "for-you, short": _short_for_you,
    "everything": _everything,
    "tag": _of_tag,
    "community": _where("community"),
    "person": _where("author"),
    "thanks": _where("kudos__thanks__user"),
    "shares": _where("shared"),
}


@Prepared
def _keys(reader, stream, size, *, key, since, pk, **quiet):
    place = () if since is None else (since, pk)
    found = STREAMS[stream](reader, Wants(**quiet), place, size, key)
    return found.order_by(*NEWEST).values_list("pk", "published_at")[: size + 1]


@Prepared
def _rows(reader, *, ids):
    return listed(reader).filter(pk__in=ids).select_related(*loading.ROWS)
