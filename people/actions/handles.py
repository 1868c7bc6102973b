"""Which handles are free: no two look alike, and none looks like another name that @ stands for."""

from itertools import chain

from people.handles import other_names, skeleton
from people.models import User


def taken(*, but: User | None = None) -> set[str]:
    """What no new handle may look like, as skeletons: people's handles and what upper packages name with @.

    `but`: somebody whose own handle is free for them. One query each.
    """
    handles = User.objects.exclude(pk=but.pk if but else None).values_list("handle", flat=True).iterator()
    return {skeleton(name) for name in chain(handles, *(names() for names in other_names.values()))}
