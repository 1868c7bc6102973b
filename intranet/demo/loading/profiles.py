"""What the company's people say about themselves: phones, rooms, skills, how names are said, absences."""

import random
from datetime import timedelta

from intranet.demo.colleagues import SEED, read
from people.actions import folding, skills
from people.models import User

COLUMNS = ["phone", "mobile", "room", "pronunciation", "shown_to", "absent_from", "absent_until", "deputy"]
MOBILES = 3  # one of so many has one


def load(people, users, today):
    """Fill what is still empty; `people` are the composed ones, `users` theirs by key."""
    told, new = read("profiles.toml"), [person for person in people if not users[person.key].phone]
    absences = {row["who"]: row for row in told["absence"]}
    for number, person in enumerate(new):
        _fill(users[person.key], person, told, number)
        if person.key in absences:
            _absent(users, absences[person.key], today)
    User.objects.bulk_update([users[person.key] for person in new], COLUMNS)
    for person in new:
        skills.replace(user=users[person.key], names=_skills(person, told))
    folding.refold(users=[users[person.key] for person in new])


def _fill(user, person, told, number):
    """Numbers, a room for most, how the name is said, and who sees what."""
    rng = random.Random(f"{SEED} {person.key} profile")
    landline, mobile = told["phones"][person.location]
    user.phone = f"{landline}{number % 1000:03d}"
    user.mobile = (
        f"{mobile}{number % 1000:03d}" if _named(person, told) or rng.randrange(MOBILES) == 0 else ""
    )
    user.room = rng.choice([*told["rooms"][person.location], "", ""])
    user.pronunciation = told["says"].get(person.key, "")
    user.shown_to = told["shown_to"].get(person.key, {})


def _named(person, told):
    return person.key in told["own_skills"] or person.key in told["shown_to"]


def _skills(person, told):
    """Their own words, else some of what the department knows; one in five has not said."""
    if person.key in told["own_skills"]:
        return told["own_skills"][person.key]
    rng = random.Random(f"{SEED} {person.key} skills")
    pool = told["skills"].get(person.department, [])
    return rng.sample(pool, min(len(pool), rng.choice([0, 1, 2, 3, 3])))


def _absent(users, row, today):
    user = users[row["who"]]
    user.absent_from = today + timedelta(days=row["first"])
    user.absent_until = today + timedelta(days=row["last"])
    user.deputy = users[row["deputy"]]
