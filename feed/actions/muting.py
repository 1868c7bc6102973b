"""Not wanting to see somebody, a tag or a community in one's streams. Nobody is told."""

from django.db import IntegrityError, transaction

from feed.models import Community, Follow, Tag
from people.models import User


def mute(
    *, follower: User, user: User | None = None, tag: Tag | None = None, community: Community | None = None
) -> None:
    """No longer show exactly one of them in "for you" and "everything"; ends following. Muting oneself does nothing."""
    if user is not None and user.pk == follower.pk:
        return
    target = {"follower": follower, "user": user, "tag": tag, "community": community, "page": None}
    try:
        with transaction.atomic():
            Follow.objects.update_or_create(**target, defaults={"muted": True})
    except IntegrityError:  # pressed twice at once
        Follow.objects.filter(**target).update(muted=True)


def unmute(
    *, follower: User, user: User | None = None, tag: Tag | None = None, community: Community | None = None
) -> None:
    """Show it again; it is not followed from then on."""
    rows = Follow.objects.filter(follower=follower, user=user, tag=tag, community=community, page=None)
    rows.filter(muted=True).delete()
