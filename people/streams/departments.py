"""Departments as a tree with numbers, and who works in one of them."""

from dataclasses import dataclass, field

from django.db.models import Count

from people.models import Department, User

OPEN_LEVELS = 2  # so many levels are unfolded at first


@dataclass
class Unit:
    """A department in the tree; `number` present people in it and below."""

    department: Department
    number: int = 0
    level: int = 1
    children: list = field(default_factory=list)

    @property
    def is_open(self):
        """Whether what is below shows at first."""
        return self.level < OPEN_LEVELS


def tree() -> list[Unit]:
    """All departments, each level by name. Two queries."""
    units = {one.pk: Unit(one) for one in Department.objects.select_related("lead").order_by("name", "pk")}
    _count(units)
    tops = []
    for unit in units.values():
        above = units.get(unit.department.parent_id)
        (above.children if above else tops).append(unit)
    _level(tops)
    return tops


def below(department) -> list[Unit]:
    """What is directly below, with the numbers of everything below each. Two queries."""
    inside = Department.objects.filter(path__startswith=department.path).exclude(pk=department.pk)
    units = {one.pk: Unit(one) for one in inside.select_related("lead").order_by("name", "pk")}
    _count(units)
    return [unit for unit in units.values() if unit.department.parent_id == department.pk]


def way(department) -> list[Department]:
    """From the top down to the one above it. At most one query."""
    above = [int(one) for one in department.path.split("/") if one and int(one) != department.pk]
    found = Department.objects.in_bulk(above) if above else {}
    return [found[pk] for pk in above if pk in found]


def people_of(department):
    """Present people in it and below."""
    return User.objects.present().filter(department__path__startswith=department.path)


def _count(units):
    """Everybody is counted in their department and in all above it, as far as these are among `units`."""
    rows = User.objects.present().filter(department__in=units).order_by().values_list("department")
    for pk, number in rows.annotate(n=Count("pk")):
        for one in units[pk].department.path.split("/"):
            if one and int(one) in units:
                units[int(one)].number += number


def _level(units, level=1):
    while units:
        for unit in units:
            unit.level = level
        units, level = [child for unit in units for child in unit.children], level + 1
