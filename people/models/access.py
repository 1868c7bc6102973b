"""What one viewer may reach: audience ids and roles, read with one query and kept for the request (A1)."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib.auth.models import Group
from django.db.models import CharField, Value
from django.db.models.functions import Cast

from people.models.audience import AudienceMember
from people.models.role_grant import RoleGrant
from people.prepared import Prepared


@dataclass(frozen=True)
class Access:
    """Immutable answer to "who is asking": `audience_ids`, `roles` (group names), `more` (ids by name of a source)."""

    audience_ids: frozenset[int] = field(default_factory=frozenset)
    roles: frozenset[str] = field(default_factory=frozenset)
    more: dict[str, frozenset[int]] = field(default_factory=dict)

    def ids(self, source: str) -> frozenset[int]:
        """What an upper package wanted to know of the viewer, read with the same query."""
        return self.more.get(source, frozenset())


NOTHING = Access()

# What upper packages add in AppConfig.ready: name -> function(user id) that gives a queryset of ids and their column.
sources: dict[str, Callable] = {}


def load(user) -> Access:
    """Read audience ids and role names of `user` in one query: roles by group, and by audience (RoleGrant).

    Inactive and anonymous users reach nothing.
    """
    if not (user.is_authenticated and user.is_active):
        return NOTHING
    audience_ids, names, more = set(), set(), {}
    for kind, key in _rows(None, user=user.pk):
        if kind == "audience":
            audience_ids.add(int(key))
        elif kind == "role":
            names.add(key)
        else:
            more.setdefault(kind, set()).add(int(key))
    found = {kind: frozenset(keys) for kind, keys in more.items()}
    return Access(frozenset(audience_ids), frozenset(names), found)


def _query(user):
    audiences = AudienceMember.objects.filter(user_id=user)
    granted = RoleGrant.objects.filter(audience__members__user=user)
    return _labelled("audience", audiences, "audience_id").union(
        _labelled("role", Group.objects.filter(user=user), "name"),
        _labelled("role", granted, "role"),
        *(_labelled(name, *source(user)) for name, source in sources.items()),
        all=True,
    )


_rows = Prepared(_query)


def _labelled(name, rows, column):
    return rows.order_by().values_list(Value(name, output_field=CharField()), Cast(column, CharField()))
