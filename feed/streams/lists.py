"""What I keep, what concerns me, who reacted, what waits for moderators."""

from django.db.models import Prefetch, Q, QuerySet

from feed.models import (
    Bookmark,
    Comment,
    Community,
    Follow,
    ModerationStep,
    Notification,
    Post,
    Reaction,
    Report,
)
from feed.streams import loading
from feed.streams.finding import posts
from people.paging import Slice, take

IN_TIME, LATEST = ("created_at", "pk"), ("-created_at", "-pk")


def reactions(post: Post, comment: Comment | None) -> QuerySet:
    """Who took a stance on a post or one of its comments, which the caller was allowed to find."""
    return Reaction.objects.filter(post=post, comment=comment).select_related(
        "user__department", "user__location"
    )


def bookmarks(user, *, after: str = "") -> Slice:
    """What `user` keeps and may still read, latest kept first; posts loaded as cards, comments with their post."""
    said = Q(comment__isnull=True) | Q(
        comment__in=Comment.objects.visible_to(user).filter(deleted_at__isnull=True)
    )
    kept = Bookmark.objects.filter(said, user=user, post__in=Post.objects.visible_to(user))
    kept = kept.select_related("comment__author__department", "comment__author__location")
    cards = Prefetch("post", Post.objects.select_related(*loading.ROWS))
    page = take(kept.prefetch_related(cards), LATEST, after=after)
    loading.load([row.post for row in page], user)
    return page


def notifications(user, *, after: str = "") -> Slice:
    """What concerns `user`, newest first; only what they may (still) read (A4)."""
    rows = (
        Notification.objects.visible_to(user)
        .select_related("actor", "comment", "community")
        .prefetch_related(posts())
    )
    return take(rows, ("-updated_at", "-pk"), after=after)


def open_reports(user, *, after: str = "") -> Slice:
    """Undecided reports about what this moderator may read, oldest first."""
    return _queue(Report.objects.visible_to(user), after)


def reports_in(user, community: Community, *, after: str = "") -> Slice:
    """Undecided reports about what others said in a community that `user` owns, oldest first."""
    return _queue(Report.objects.of_community(community).by_others(user), after)


def _queue(rows, after) -> Slice:
    people = ("reporter", "comment__author", "post__author", "community", "person")
    rows = rows.open().select_related(*people).prefetch_related(posts(), posts("comment__post"))
    return take(rows, IN_TIME, after=after)


def held_comments(user, *, after: str = "") -> Slice:
    """Comments that wait for approval in conversations this moderator may read, oldest first."""
    rows = Comment.objects.visible_to(user).filter(
        held_at__isnull=False, hidden_at__isnull=True, deleted_at__isnull=True
    )
    return take(rows.for_thread().prefetch_related("attachments", posts()), ("held_at", "pk"), after=after)


def moderation_log(user, *, after: str = "") -> Slice:
    """Every step about what this moderator may read (profiles too), newest first."""
    profiles = Q(post__isnull=True, community__isnull=True)
    rows = ModerationStep.objects.filter(
        profiles
        | Q(post__in=Post.objects.visible_to(user))
        | Q(community__in=Community.objects.visible_to(user))
    )
    return _steps(rows, after)


def log_in(user, community: Community, *, after: str = "") -> Slice:
    """Every step about what `user` may read in a community, newest first."""
    said = Post.objects.visible_to(user).filter(community=community)
    return _steps(ModerationStep.objects.filter(post__in=said), after)


def _steps(rows, after) -> Slice:
    rows = rows.select_related("moderator", "affected", "comment", "community").prefetch_related(posts())
    return take(rows, LATEST, after=after)


def followed(user) -> QuerySet:
    """What `user` follows and muted, people, tags, blogs and communities they may still see."""
    place = Q(community__isnull=True) | Q(community__in=Community.objects.visible_to(user))
    rows = Follow.objects.filter(place, follower=user)
    return rows.select_related("user__department", "user__location", "tag", "page", "community")
