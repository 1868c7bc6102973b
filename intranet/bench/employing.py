"""People for benchmarks: a tree of departments, managers twelve levels deep, roles, phones, skills, folded words."""

from datetime import date, timedelta
from types import SimpleNamespace

from intranet.bench import bulk, stock
from people import folding
from people.handles import tag_slug
from people.models import Department, Location, PersonSkill, Skill

TOWNS = ("Celle", "Görlitz", "Brno", "Utrecht", "Leeds", "Izmir")
TOP, BELOW = 8, 6  # departments at the top, and below each other one
CHAIN, REPORTS = 9, 7  # managers above each other, and people below each: twelve levels at 20,000
CROWD = 100  # every so manieth person has one and the same manager
JOINED = date(2025, 12, 1)
LANGUAGES = ('["de"]', '["de", "en"]', '["en"]', '["cs", "en"]', '["de", "tr"]')
COLUMNS = (
    "pk", "email", "handle", "first_name", "last_name", "password", "department_id", "location_id", "manager_id",
    "job_title", "phone", "languages", "joined_on", "folded",
)  # fmt: skip


def places(mark):
    """The locations."""
    return [Location.objects.create(name=f"{town} {mark}", country="DE") for town in TOWNS]


def departments(number, mark):
    """A tree of `number` departments with their paths."""
    made = []
    for place in range(number):
        unit = Department(name=f"{stock.UNITS[place % len(stock.UNITS)]} {place} {mark}")
        unit.parent = made[(place - TOP) // BELOW] if place >= TOP else None
        unit.save()
        unit.path = f"{unit.parent.path if unit.parent else '/'}{unit.pk}/"
        made.append(unit)
    Department.objects.bulk_update(made, ["path"], batch_size=500)
    return made


def skills():
    """[(number, word)] of what people can be asked about; made once."""
    words = [f"{word} {number}" for number in range(10) for word in stock.SKILLS]
    made = [Skill.objects.get_or_create(name=word, slug=tag_slug(word))[0] for word in words]
    return [(skill.pk, skill.name) for skill in made]


def hire(people, units, homes, taught, chance):
    """Rows of User in the order of COLUMNS, for the numbers `people`; `taught` {number: [(skill, word)]}."""
    for place, pk in enumerate(people):
        one = SimpleNamespace(
            first_name=chance.choice(stock.FIRST),
            last_name=stock.last_name(chance),
            handle=f"p{pk}",
            job_title=f"{chance.choice(stock.GRADES)} {chance.choice(stock.UNITS)}",
            department=chance.choice(units),
            location=chance.choice(homes),
            phone=f"+49 5141 98{pk:06}",
            mobile="",
        )
        above = manager(place)
        words = folding.words(one, ("phone", "skills"), [word for _number, word in taught.get(pk, ())])
        yield (
            pk, f"p{pk}@bench.invalid", one.handle, one.first_name, one.last_name, "!", one.department.pk,
            one.location.pk, None if above is None else people[above], one.job_title, one.phone,
            chance.choice(LANGUAGES), JOINED - timedelta(days=chance.randrange(5000)), words,
        )  # fmt: skip


def manager(place):
    """Which one of the people, counted from the top, is the manager of the one at `place`."""
    if place == 0:
        return None
    if place < CHAIN:
        return place - 1
    if place % CROWD == 0:
        return CHAIN // 2
    return (place - CHAIN) // REPORTS


def teach(taught):
    """Write who knows what; returns how many rows there are."""
    free = iter(range(bulk.first_free(PersonSkill), 2**62))
    rows = ((next(free), skill, pk) for pk, known in taught.items() for skill, _word in known)
    return bulk.insert(PersonSkill, ("pk", "tag_id", "content_object_id"), rows)
