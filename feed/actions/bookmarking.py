"""Keeping something for later."""

from feed.models import Bookmark, Comment, Post
from people.models import User


def keep(*, user: User, post: Post, comment: Comment | None = None) -> None:
    """Bookmark a post or one of its comments; twice is once."""
    Bookmark.objects.get_or_create(user=user, post=post, comment=comment)


def drop(*, user: User, post: Post, comment: Comment | None = None) -> None:
    """Remove the bookmark, if there is one."""
    Bookmark.objects.filter(user=user, post=post, comment=comment).delete()
