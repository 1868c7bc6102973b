"""One's own posts that no stream shows: those that wait, one that was just deleted; and the earlier wordings of any."""

from django.db.models import F, Q
from django.http import Http404

from feed.models import Post, PostVersion
from feed.streams.loading import ROWS

MOST = 100
WAITING = (Post.State.SCHEDULED, Post.State.HELD)


def find_own_post(user, pk: int) -> Post:
    """One's own short post, also a deleted one, as long as one belongs to its readers; otherwise the same 404 (A3)."""
    readers = Q(audience__isnull=True) | Q(audience__in=user.access.audience_ids)
    post = Post.objects.select_related(*ROWS).filter(readers, pk=pk, author=user, kind__in=Post.SHORT).first()
    if post is None:
        raise Http404
    return post


def waiting(user) -> list[Post]:
    """One's own posts that were held or appear later, soonest first; at most a hundred. One query."""
    rows = Post.objects.visible_to(user).filter(author=user, state__in=WAITING, kind__in=Post.SHORT)
    return list(rows.select_related(*ROWS).order_by(F("publish_at").asc(nulls_first=True), "pk")[:MOST])


def earlier_wordings(post: Post) -> list[PostVersion]:
    """What a post said before, newest first; the caller found the post by the visibility rule."""
    return list(PostVersion.objects.filter(post=post))
