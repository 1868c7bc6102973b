"""Locations, departments, people with faces and roles, audiences."""

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.core.files import File
from django.db import transaction
from django.utils import timezone

from intranet.demo.colleagues import HERE, everyone, read
from intranet.demo.loading import profiles
from people import roles
from people.actions import audiences, departments, faces
from people.models import Audience, Department, Location, User

PASSWORD = "waage-und-gewicht"  # noqa: S105  of everybody in the demo, printed when it starts
ROLES = {
    roles.COMMUNICATIONS: ("lena", "malte"),
    roles.MODERATORS: ("lena", "malte", "agnieszka", "ines"),
}
ADMINISTRATORS = ("nils", "trang")
TWO_WORD_NAMES = ("Vander",)


def load(today, say):
    """Bring everybody here; returns {key: User}."""
    people = everyone(today)
    with transaction.atomic():
        places, units = _locations(), _departments()
        users = _users(people, places, units)
        _managers(people, users, units)
        _roles(users)
        profiles.load(people, users, today)
    _faces(users, say)
    with transaction.atomic():
        _audiences(users, places, units)
    return users


def _locations():
    found = {}
    for row in read("people.toml")["location"]:
        fields = {"country": row["country"], "time_zone": row["time_zone"]}
        found[row["key"]] = Location.objects.get_or_create(name=row["name"], defaults=fields)[0]
    return found


def _departments():
    found = {unit.name: unit for unit in Department.objects.all()}
    for row in read("colleagues.toml")["department"]:
        if row["name"] not in found:
            unit = Department(name=row["name"])
            found[row["name"]] = departments.place(department=unit, parent=found.get(row["parent"]))
    return found


def _users(people, places, units):
    present = {user.email: user for user in User.objects.filter(email__in=[p.email for p in people])}
    password = make_password(PASSWORD)
    missing = [
        _user(person, places[person.location], units[person.department], password)
        for person in people
        if person.email not in present
    ]
    User.objects.bulk_create(missing)
    present |= {user.email: user for user in missing}
    return {person.key: present[person.email] for person in people}


def _user(person, place, unit, password):
    first, last = names(person.name)
    home = "de" if person.location in ("celle", "goerlitz") else "en"
    return User(
        email=person.email,
        password=password,
        handle=person.key,
        first_name=first,
        last_name=last,
        pronouns=person.pronouns,
        job_title=person.title,
        department=unit,
        location=place,
        languages=list(person.languages),
        about=person.about,
        locale=home if home in person.languages else "de",
        time_zone=place.time_zone,
        joined_on=person.since,
        welcomed_at=timezone.now(),
        is_superuser=person.key in ADMINISTRATORS,
    )


def names(name):
    """Return (first name, last name)."""
    words = name.split()
    cut = -2 if len(words) > 2 and words[-2] in TWO_WORD_NAMES else -1
    return " ".join(words[:cut]), " ".join(words[cut:])


def _managers(people, users, units):
    staff = {key: user for key, user in users.items() if user.manager_id is None}
    for person in people:
        if person.manager and person.key in staff:
            staff[person.key].manager = users[person.manager]
    User.objects.bulk_update(staff.values(), ["manager"])
    leads = {person.department: users[person.key] for person in reversed(people)}
    for name, unit in units.items():
        unit.lead = unit.lead or leads.get(name)
    Department.objects.bulk_update(units.values(), ["lead"])


def _roles(users):
    for name, keys in ROLES.items():
        Group.objects.get_or_create(name=name)[0].user_set.add(*(users[key] for key in keys))


def _faces(users, say):
    drawn = {key: HERE / "faces" / f"{key}.webp" for key in users}
    waiting = [key for key, path in drawn.items() if path.exists() and not users[key].photo]
    for number, key in enumerate(waiting, start=1):
        with drawn[key].open("rb") as file:
            faces.replace(user=users[key], file=File(file, name=f"{key}.webp"))
        say(number, len(waiting))


def _audiences(users, places, units):
    for row in read("people.toml")["audience"]:
        if not Audience.objects.filter(name=row["name"]).exists():
            audiences.change(
                audience=Audience(name=row["name"]),
                locations=[places[key] for key in row.get("locations", [])],
                departments=[units[name] for name in row.get("departments", [])],
                members=[users[key] for key in row.get("members", [])],
            )
