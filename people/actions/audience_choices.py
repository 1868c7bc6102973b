"""What the author of a post may choose for its readers: everybody, their own location, their departments upwards."""

from dataclasses import dataclass

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from people.actions import audiences
from people.models import Audience, Department, Location, User
from people.prepared import Prepared

EVERYONE = "everyone"
COUNTED_FOR = 300  # seconds that the numbers are kept


@dataclass(frozen=True)
class Choice:
    """One entry: `value` is what the form sends; `label` in the reader's words; `number` of people who could read."""

    value: str
    label: str
    number: int


def offered_to(*, user) -> list[Choice]:
    """Everybody first, then the own location, then the own department and those above it, nearest first.

    At most four queries; the numbers are as they were within the last minutes.
    """
    location = user.location if user.location_id else None
    found = [(EVERYONE, _("Everyone"), Q())]
    if location is not None:
        found.append((f"location:{location.pk}", location.name, Q(location=location)))
    for department in _upwards(user):
        below = Q(department__path__startswith=department.path)
        found.append((f"department:{department.pk}", department.name, below))
    numbers = _count({value: condition for value, _label, condition in found})
    return [Choice(value, label, numbers[value]) for value, label, _condition in found]


def choose(*, user, value: str) -> Audience | None:
    """The audience that `value` names: "everyone" (None), "location:3", "department:7" or "audience:9".

    Raises ValidationError when `user` does not belong to it or when it is a community's (posts go there by place).
    """
    if value in ("", EVERYONE):
        return None
    kind, _colon, key = value.partition(":")
    if key.isascii() and key.isdigit() and len(key) < 19:
        found = _find(user, kind, int(key))
        if found is not None:
            return found
    raise ValidationError(_("Choose somebody you belong to."), code="audience")


def _find(user, kind, pk):
    if kind == "location" and pk == user.location_id:
        return audiences.of_location(location=Location.objects.get(pk=pk))
    if kind == "department" and user.department_id and f"/{pk}/" in user.department.path:
        return audiences.of_department(department=Department.objects.get(pk=pk))
    if kind == "audience" and pk in user.access.audience_ids:
        placed = Q(is_kept=False) | Q(of_department__isnull=False) | Q(of_location__isnull=False)
        return Audience.objects.filter(placed, pk=pk).first()
    return None


def _upwards(user) -> list[Department]:
    """The department of `user` and those above it, nearest first."""
    if not user.department_id:
        return []
    keys = [int(key) for key in user.department.path.split("/") if key]
    known = {one.pk: one for one in _departments(None, ids=keys)}
    return [known[key] for key in reversed(keys) if key in known]


@Prepared
def _departments(ids):
    return Department.objects.filter(pk__in=ids)


def _count(conditions: dict[str, Q]) -> dict[str, int]:
    """How many present people each condition matches; one query, and none while the numbers are fresh."""
    names = {value: f"audience-size:{value}" for value in conditions}
    kept = cache.get_many(names.values())
    if len(kept) < len(names):
        terms = {
            f"n{place}": Count("pk", filter=condition) if condition else Count("pk")
            for place, condition in enumerate(conditions.values())
        }
        counted = User.objects.present().aggregate(**terms)
        kept = {names[value]: counted[f"n{place}"] for place, value in enumerate(conditions)}
        cache.set_many(kept, COUNTED_FOR)
    return {value: kept[name] for value, name in names.items()}
