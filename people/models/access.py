"""What one viewer may reach: audience ids and roles, read with one query and kept for the request (A1)."""

from dataclasses import dataclass, field

from django.contrib.auth.models import Group
from django.db.models import CharField, Value
from django.db.models.functions import Cast

from people.models.audience import AudienceMember


@dataclass(frozen=True)
class Access:
    """Immutable answer to "who is asking": `audience_ids` and `roles` (group names)."""

    audience_ids: frozenset[int] = field(default_factory=frozenset)
    roles: frozenset[str] = field(default_factory=frozenset)


NOTHING = Access()


def load(user) -> Access:
    """Read audience ids and role names of `user` in one query. Inactive and anonymous users reach nothing."""
    if not (user.is_authenticated and user.is_active):
        return NOTHING
    audiences = AudienceMember.objects.filter(user_id=user.pk).values_list(
        Value("audience", output_field=CharField()), Cast("audience_id", CharField())
    )
    roles = Group.objects.filter(user=user.pk).values_list(
        Value("role", output_field=CharField()), Cast("name", CharField())
    )
    audience_ids, names = set(), set()
    for kind, key in audiences.union(roles, all=True):
        if kind == "audience":
            audience_ids.add(int(key))
        else:
            names.add(key)
    return Access(frozenset(audience_ids), frozenset(names))
