"""What the tick removes: texts taken back a day ago, pictures nobody sent, old keys and announcements."""

from datetime import timedelta

from django.utils import timezone

from feed.actions import announcing, attaching, indexing, keys
from feed.models import Comment, CommentVersion, Post, PostVersion

DELETED_HOURS = 24


def clean() -> dict[str, int]:
    """Run all of it; idempotent. Returns how many rows each part removed or emptied."""
    return {
        "attachments": attaching.remove_orphans(),
        "keys": keys.forget(),
        "announcements": announcing.forget(),
        "texts": empty_deleted(),
    }


def empty_deleted() -> int:
    """Empty comments and posts that were taken back a day ago; the rows stay, so that threads keep their shape."""
    before = timezone.now() - timedelta(hours=DELETED_HOURS)
    gone = Comment.objects.filter(deleted_at__lt=before).exclude(body="")
    CommentVersion.objects.filter(comment__in=gone).delete()
    indexing.forget(comments=gone)
    emptied = gone.update(body="", body_html="")
    posts = Post.objects.filter(state=Post.State.DELETED, deleted_at__lt=before, kind__in=Post.SHORT)
    posts = posts.exclude(body="")
    PostVersion.objects.filter(post__in=posts).delete()
    indexing.forget(posts=posts)
    return emptied + posts.update(body="", body_html="")
