"""By what the list of people can be narrowed, and how many each choice leaves.

Only what every colleague may see of somebody counts.
"""

from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.timezone import timedelta

from people import spoken
from people.field_visibility import seen_by
from people.models import Department, Location, PersonSkill, Skill, User

NEW_DAYS, MOST = 90, 8
TOO_MUCH = (
    0.8  # a department at the top with more than this share of everybody says nothing: those below it do
)
KEPT = ("people.facets", 60)


@dataclass(frozen=True)
class Chosen:
    """What somebody chose: any of the departments (with all below) and locations, every language and skill."""

    departments: tuple[Department, ...] = ()
    locations: tuple[Location, ...] = ()
    languages: tuple[str, ...] = ()
    skills: tuple[Skill, ...] = ()
    is_new: bool = False

    def __bool__(self):
        return any((self.departments, self.locations, self.languages, self.skills, self.is_new))


@dataclass(frozen=True)
class Option:
    """One choice. `deep`: how far below the ones at the margin it stands."""

    value: str
    label: str
    count: int
    is_chosen: bool
    deep: int = 0


def public(field: str) -> Q:
    """Condition on User: people whose `field` every colleague may see. One query."""
    return seen_by(User(), field)


def new_day():
    """Who joined on this day or later is new here."""
    return timezone.localdate() - timedelta(days=NEW_DAYS)


def narrow(people, chosen: Chosen, but: str = ""):
    """`people` with everything that is chosen, except in the facet `but`."""
    if chosen.departments and but != "department":
        below = Q()
        for department in chosen.departments:
            below |= Q(department__path__startswith=department.path)
        people = people.filter(below)
    if chosen.locations and but != "location":
        people = people.filter(location__in=chosen.locations)
    for code in chosen.languages:
        people = people.filter(public("languages"), languages__icontains=f'"{code}"')
    for skill in chosen.skills:
        people = people.filter(public("skills"), pk__in=skill.people.values("content_object"))
    if chosen.is_new:
        people = people.filter(public("joined_on"), joined_on__gte=new_day())
    return people


def counts(people, chosen: Chosen, *, of_everybody: bool) -> dict:
    """{facet: {value: number}} of `people`, already searched but not narrowed; "new" and "all" are numbers.

    A constant number of queries; none when `of_everybody` (nothing searched or chosen) was asked within a minute.
    """
    if not of_everybody:
        return _count(people, chosen)
    return cache.get_or_set(KEPT[0], lambda: _count(people, chosen), KEPT[1])


def _count(people, chosen):
    people = people.order_by()
    narrowed = narrow(people, chosen)
    skills = PersonSkill.objects.filter(content_object__in=narrowed.filter(public("skills")).values("pk"))
    languages = {}
    for codes, number in _grouped(narrowed.filter(public("languages")), "languages"):
        for code in set(codes):
            languages[code] = languages.get(code, 0) + number
    return {
        "department": dict(_grouped(narrow(people, chosen, but="department"), "department")),
        "location": dict(_grouped(narrow(people, chosen, but="location"), "location")),
        "language": languages,
        "skill": dict(skills.values_list("tag").annotate(n=Count("pk")).order_by("-n", "tag")[:MOST]),
        "new": narrowed.filter(public("joined_on"), joined_on__gte=new_day()).count(),
        "all": narrowed.count(),
    }


def _grouped(people, field):
    return people.values_list(field).annotate(n=Count("pk"))


def options(found: dict, chosen: Chosen) -> dict[str, list[Option]]:
    """What `counts` found, as choices with names. Three queries."""
    skills = Skill.objects.in_bulk(found["skill"])
    places = dict(Location.objects.values_list("pk", "name"))
    own = [skill for skill in chosen.skills if skill.pk not in skills]
    named = [(skill.slug, skill.name, found["skill"].get(pk, 0)) for pk, skill in skills.items()]
    named += [(skill.slug, skill.name, found["all"]) for skill in own]
    return {
        "department": _departments(found["department"], chosen.departments),
        "location": _listed(
            [(str(pk), places[pk], n) for pk, n in found["location"].items() if pk in places],
            {str(place.pk): place.name for place in chosen.locations},
        ),
        "language": _listed(
            [(code, spoken.name_of(code), n) for code, n in found["language"].items()],
            {code: spoken.name_of(code) for code in chosen.languages},
        ),
        "skill": _listed(named, {skill.slug: skill.name for skill in chosen.skills}),
    }


def _listed(values, chosen):
    """The chosen ones and the most frequent others, by number."""
    missing = [
        (value, label, 0) for value, label in chosen.items() if value not in {one[0] for one in values}
    ]
    values = sorted(values + missing, key=lambda one: (one[0] not in chosen, -one[2], one[1]))[
        : max(MOST, len(chosen))
    ]
    made = [Option(value, label, n, value in chosen) for value, label, n in values]
    return sorted(made, key=lambda one: (-one.count, one.label))


def _departments(numbers, chosen):
    """The upper departments with everybody below them; of a chosen one its way from there and what lies below it."""
    names, ways = _ways()
    sums = dict.fromkeys(ways, 0)
    for pk, number in numbers.items():
        for one in ways.get(pk, ()):
            sums[one] = sums.get(one, 0) + number
    marked = {one.pk for one in chosen}
    above_all = {
        pk for pk, way in ways.items() if len(way) == 1 and sums[pk] > TOO_MUCH * sum(numbers.values())
    }
    opened = above_all | {pk for one in marked for pk in ways.get(one, ())}
    shown = [
        pk for pk, way in ways.items() if pk in marked or (sums[pk] and _is_shown(way, opened, above_all))
    ]
    shown.sort(
        key=lambda pk: [(-sums.get(one, 0), names.get(one, "")) for one in ways[pk] if one not in above_all]
    )
    depths = {pk: len([one for one in ways[pk] if one not in above_all]) - 1 for pk in shown}
    upper = [pk for pk in shown if depths[pk] <= 0 and pk not in opened][MOST:]
    return [
        Option(str(pk), names[pk], sums[pk], pk in marked, max(0, depths[pk]))
        for pk in shown
        if pk not in upper
    ]


def _is_shown(way, opened, above_all):
    return way[-1] not in above_all and (len(way) == 1 or way[-2] in opened)


def _ways():
    """Names, and the numbers from the top down to each department. One query."""
    rows = list(Department.objects.values_list("pk", "name", "path"))
    ways = {pk: [int(one) for one in path.split("/") if one] or [pk] for pk, _name, path in rows}
    return {pk: name for pk, name, _path in rows}, ways
