"""What people talk about: the week's topics, all topics, what belongs together. Only what the reader may see (A3)."""

import hashlib
from datetime import timedelta

from django.core.cache import cache
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.utils import timezone

from feed.models import Follow, Post, Tag, TagAlias, TaggedPost
from people.handles import tag_slug
from people.paging import Slice, take

WEEK = timedelta(days=7)
TOP, RELATED, SIZE = 6, 8, 60
NEWEST_MARKED = 500  # of a tag, from which the related ones are told
KEPT_SECONDS = 60


def of_week(user, *, size: int = TOP) -> list[dict]:
    """The tags of the last 7 days with most posts that `user` may read: name, slug, number, change.

    `change`: against the 7 days before. One query; readers of the same audiences share the answer for a minute.
    """
    key = f"topics-{size}-{_readers_key(user)}"
    found = cache.get(key)
    if found is None:
        found = _of_week(user, size)
        cache.set(key, found, KEPT_SECONDS)
    return found


def _of_week(user, size) -> list[dict]:
    now = timezone.now()
    rows = _rows(user).filter(published_at__gt=now - 2 * WEEK, published_at__lte=now).order_by()
    this = Count("pk", filter=Q(published_at__gt=now - WEEK))
    counted = rows.values("tag__name", "tag__slug").annotate(number=this, both=Count("pk"))
    top = counted.filter(number__gt=0).order_by("-number", "tag__name")[:size]
    return [
        {
            "name": row["tag__name"],
            "slug": row["tag__slug"],
            "number": row["number"],
            "change": (change := 2 * row["number"] - row["both"]),
            "fewer": -change,
        }
        for row in top
    ]


def find(user, slug: str) -> Tag:
    """The tag of this address or, by another spelling or an earlier name, the one it leads to.

    With `number` (what it marks that `user` may read) and `muted` (None: neither followed nor muted).
    404 when it marks nothing that `user` may read: as if it did not exist. Two queries.
    """
    folded = tag_slug(slug)
    mine = Follow.objects.filter(follower=user, tag=OuterRef("pk")).values("muted")[:1]
    named = Tag.objects.filter(Q(slug=folded) | Q(pk__in=TagAlias.objects.filter(slug=folded).values("tag")))
    found = named.annotate(muted=Subquery(mine)).order_by("pk").first()
    if found is None:
        raise Http404
    found.number = _rows(user).filter(tag=found).count()
    if not found.number:
        raise Http404
    return found


def related(user, tag: Tag, *, size: int = RELATED) -> list[dict]:
    """Tags (name, slug) that stand beside it, the most frequent first; told from its newest posts. One query."""
    newest = TaggedPost.objects.filter(tag=tag).order_by("-published_at", "-content_object")
    ids = newest.values("content_object")[:NEWEST_MARKED]
    beside = _rows(user).filter(content_object__in=ids).exclude(tag=tag).order_by()
    top = beside.values("tag__name", "tag__slug").annotate(n=Count("pk")).order_by("-n", "tag__name")[:size]
    return [{"name": row["tag__name"], "slug": row["tag__slug"]} for row in top]


def all_tags(user, *, after: str = "", size: int = SIZE) -> Slice:
    """Every tag that marks something `user` may read, by name, each with `number`."""
    return take(_counted(user), ("slug", "pk"), after=after, size=size)


def _counted(user) -> QuerySet:
    mine = _rows(user).filter(tag=OuterRef("pk"))
    number = mine.order_by().values("tag").annotate(n=Count("pk")).values("n")
    return Tag.objects.filter(Exists(mine)).annotate(number=Subquery(number, output_field=IntegerField()))


def _rows(user) -> QuerySet:
    """Marks on what `user` may read and streams show."""
    return TaggedPost.objects.filter(content_object__in=Post.objects.visible_to(user).listed().order_by())


def _readers_key(user) -> str:
    """The same for everybody who may read the same. What is listed depends on the audiences only."""
    ids = ",".join(str(pk) for pk in sorted(user.access.audience_ids))
    return hashlib.sha256(ids.encode()).hexdigest()[:32]
