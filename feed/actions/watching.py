"""Who wants to hear of a conversation."""

from feed.models import Post, Watch
from people.models import User


def set_level(*, user: User, post: Post, level: str) -> None:
    """Watch or mute (`Watch.Level`); "" removes the choice."""
    if level:
        Watch.objects.update_or_create(user=user, post=post, defaults={"level": level})
    else:
        Watch.objects.filter(user=user, post=post).delete()


def watch_by_writing(*, user: User, post: Post) -> None:
    """Who writes in a conversation watches it from then on, unless they muted it before."""
    Watch.objects.get_or_create(user=user, post=post)
