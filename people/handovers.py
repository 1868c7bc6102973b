"""What leavers owned and nobody owns now. Upper packages say what that is and how it gets a new owner; no rows.

They register in AppConfig.ready.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from people.models import User


@dataclass(frozen=True)
class Orphan:
    """One thing. `person` owned it last, and left."""

    pk: int
    title: str
    url: str
    person: Any
    since: date | None = None


@dataclass(frozen=True)
class Kind:
    """`find(viewer=)` lists the Orphans that the viewer may see; `give(pk=, heir=, by=)` hands one over.

    `give` raises ValidationError with words for whoever tried, LookupError for what is not there (any more).
    """

    key: str
    label: str
    find: Callable
    give: Callable


kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Registering a key again replaces it."""
    kinds[kind.key] = kind


def responsible(viewer, person) -> bool:
    """Communications and people administrators for everybody, a manager for who reported to them."""
    return viewer.is_communications or viewer.is_people_administrator or person.manager_id == viewer.pk


def found(viewer) -> dict[Kind, list[Orphan]]:
    """By kind, what `viewer` should find a new owner for; kinds without any are left out."""
    office = viewer.is_communications or viewer.is_people_administrator
    if not office and not User.objects.filter(manager=viewer.pk, is_active=False).exists():
        return {}
    lists = {
        kind: [one for one in kind.find(viewer=viewer) if responsible(viewer, one.person)]
        for kind in kinds.values()
    }
    return {kind: orphans for kind, orphans in lists.items() if orphans}
