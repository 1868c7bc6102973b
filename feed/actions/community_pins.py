"""Owners keep a post on top of their community until a date."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from feed.actions import counting, memberships
from feed.actions.refusals import Refused
from feed.models import Community, Pin, Post
from people.models import User

LONGEST, MOST = timedelta(days=365), 5


def place(*, community: Community) -> str:
    """Where pins of this community are."""
    return f"community:{community.pk}"


@transaction.atomic
def pin(*, post: Post, until: datetime, by: User) -> None:
    """Show the post on top until `until`; replaces an earlier end.

    Raises Refused unless `by` owns its community, for a post that nobody reads, an end past or beyond a year, and
    when five others are there.
    """
    community = counting.lock_community(pk=post.community_id)
    memberships.must_own(community=community, user=by)
    now = timezone.now()
    if not post.is_live:
        raise Refused(_("Only a published post can be pinned."))
    if not now < until <= now + LONGEST:
        raise Refused(_("Choose an end within the next year."))
    if Pin.objects.current().filter(place=place(community=community)).exclude(post=post).count() >= MOST:
        raise Refused(_("Five posts are pinned already. Take one down first."))
    kept = {"until": until, "pinned_by": by, "created_at": now}
    Pin.objects.update_or_create(post=post, place=place(community=community), defaults=kept)


@transaction.atomic
def unpin(*, post: Post, by: User) -> None:
    """Take the post down. Idempotent. Raises Refused unless `by` owns its community."""
    memberships.must_own(community=post.community, user=by)
    Pin.objects.filter(post=post, place=place(community=post.community)).delete()
