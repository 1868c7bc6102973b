"""A short post on the home page until a date. Articles are featured in the admin (blog.actions.featuring)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from feed.actions import counting
from feed.actions.refusals import Refused
from feed.models import Pin, Post
from people.models import User

HOME, LONGEST = "home", timedelta(days=90)


@transaction.atomic
def feature(*, post: Post, until: datetime, by: User) -> Pin:
    """Show the post on the home page of everybody who may read it, until `until`; replaces an earlier end.

    Raises Refused unless `by` is communications, for a post that is not published, or an end past or beyond 90 days.
    """
    locked = counting.lock_post(pk=post.pk)
    if not (by.is_communications and locked.visible_to(by)):
        raise Refused(_("Only communications shows posts on the home page."))
    if not (locked.is_live and locked.is_short):
        raise Refused(_("Only a published post can be shown on the home page."))
    now = timezone.now()
    if not now < until <= now + LONGEST:
        raise Refused(_("Choose an end within the next 90 days."))
    pin, _made = Pin.objects.update_or_create(
        post=locked, place=HOME, defaults={"until": until, "pinned_by": by, "created_at": now}
    )
    return pin


def unfeature(*, post: Post, by: User) -> bool:
    """Take the post back from the home page; whether it was there. Raises Refused unless `by` is communications."""
    if not by.is_communications:
        raise Refused(_("Only communications shows posts on the home page."))
    removed, _rows = Pin.objects.filter(post=post, place=HOME).delete()
    return bool(removed)
