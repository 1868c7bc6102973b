"""What came since a page was opened: new posts of a stream, new comments of open conversations, counts, marks."""

from django.db.models import Count, QuerySet

from feed.models import Comment, Notification, Post, ReadMark
from feed.streams import candidates, loading, timeline, wants
from feed.streams.candidates import NEWEST
from people.paging import Slice, behind, position, take
from people.prepared import Prepared

MOST = 20
PLACES = {"community": "community", "person": "author", "tag": "tags"}  # "community:3"


def posts(user, stream: str, since, after: str = "") -> QuerySet:
    """Posts of `stream` by others, published after `since`, newest first; nothing for a stream that has no news.

    `after`: only those behind this cursor.
    """
    kind, _sep, key = stream.partition(":")
    place = position(Post.objects.all(), NEWEST, after)
    if kind == "everything":
        rows = candidates.unmuted(timeline.shown(user), user, wants.of(user))
    elif kind == "for-you":
        ids = candidates.for_you(user, wants.of(user), place=place, size=MOST)
        # first which, then what they are: joined at once, PostgreSQL reads all posts
        rows = timeline.shown(user).filter(pk__in=[row["found"] for row in ids])
    elif kind in PLACES and key.isdecimal() and len(key) < 19:
        rows = timeline.shown(user).filter(**{PLACES[kind]: int(key)})
    else:
        return Post.objects.none()
    rows = behind(rows.filter(published_at__gt=since).exclude(author=user), NEWEST, place)
    return rows.order_by(*NEWEST)


def loaded(user, stream: str, since, after: str = "") -> Slice:
    """The same as cards, MOST at once."""
    page = take(posts(user, stream, since, after), NEWEST, size=MOST)
    loading.load(page.items, user, wants.of(user))
    return page


def comments(user, post: Post, since) -> QuerySet:
    """Comments by others that may be read since then, oldest first."""
    rows = Comment.objects.thread_of(post, user).shown().filter(created_at__gt=since)
    return rows.exclude(author=user).order_by("created_at", "pk")


def counted(user, ids) -> list[Post]:
    """These posts with their numbers, as far as `user` may read them."""
    rows = Post.objects.visible_to(user).listed().filter(pk__in=ids)
    return list(rows.only("comment_count", "reaction_counts").order_by("pk"))


def unread(user) -> int:
    """The bell's number. One query."""
    return sum(number for (number,) in _unread(user))


@Prepared
def _unread(user):
    rows = Notification.objects.visible_to(user).unread().order_by()
    return rows.values("user").annotate(number=Count("pk")).values_list("number")


def seam(user, stream: str, page) -> int | None:
    """The post of `page` before which "new since your last visit" ends: the first that was seen. One query."""
    seen = mark(user, stream)
    if seen is None or not page.items or page.items[0].published_at <= seen:
        return None
    return next((post.pk for post in page.items if post.published_at <= seen), None)


def mark(user, stream: str):
    """When the newest item was published that `user` has seen in this stream on any device; None without one."""
    return next((seen for (seen,) in _marks(None, user=user.pk, stream=stream)), None)


@Prepared
def _marks(user, stream):
    return ReadMark.objects.filter(user=user, stream=stream).values_list("published_at")
