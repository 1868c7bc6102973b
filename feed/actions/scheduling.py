"""Posts that appear later: another time, now, or when the clock says so (A28, A35)."""

import logging

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from feed.actions import counting, post_rules, posting
from feed.actions.refusals import Refused
from feed.models import Post
from people.locks import only_one
from people.models import User

logger = logging.getLogger(__name__)
WAITING = (Post.State.SCHEDULED, Post.State.HELD)


@transaction.atomic
def reschedule(*, post: Post, by: User, when) -> Post:
    """It appears at another time. Raises Refused when it has appeared already, or for a time that is over."""
    locked = _lock_waiting(post, by)
    if when <= timezone.now():
        raise Refused(_("This time is over. Choose a later one, or post it now."))
    locked.state, locked.publish_at = Post.State.SCHEDULED, when
    post_rules.refuse_unless_inside(post=locked)
    locked.save(update_fields=["state", "publish_at"])
    return locked


@transaction.atomic
def publish_now(*, post: Post, by: User) -> Post:
    """It appears at once. Raises Refused when it has appeared already or its author no longer belongs there."""
    locked = _lock_waiting(post, by)
    post_rules.refuse_unless_inside(post=locked)
    return posting.publish(post=locked)


def publish_due() -> tuple[int, int]:
    """Publish what is due. One run at a time; each post in a transaction of its own; a bad one stops nothing.

    Whose author left or no longer belongs to the readers is held. Returns (published, failed).
    """
    with only_one("posts") as alone:
        if not alone:
            return 0, 0
        due = Post.objects.filter(state=Post.State.SCHEDULED, publish_at__lte=timezone.now())
        done = failed = 0
        for pk in list(due.order_by("publish_at", "pk").values_list("pk", flat=True)):
            try:
                done += _publish(pk)
            except Exception:
                failed += 1
                logger.exception("scheduled post %s failed; the others go on", pk)
        return done, failed


@transaction.atomic
def _publish(pk) -> bool:
    """Publish one that is still due; False when somebody else did, changed their mind, or it is held."""
    post = counting.lock_post(pk=pk)
    if post.state != Post.State.SCHEDULED or post.publish_at > timezone.now():
        return False
    try:
        if not post.author.is_active:
            raise Refused("left")
        post_rules.refuse_unless_inside(post=post)
    except Refused:
        post.state, post.publish_at = Post.State.HELD, None
        post.save(update_fields=["state", "publish_at"])
        return False
    posting.publish(post=post)
    return True


def _lock_waiting(post, user):
    locked = counting.lock_post(pk=post.pk)
    if locked.author_id != user.pk or locked.state not in WAITING:
        raise Refused(_("This no longer waits to be posted."))
    return locked
