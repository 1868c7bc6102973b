"""The words under which the directory finds somebody: `User.folded`, written whenever what they come from changed.

Call `refold` after a change of name, handle, role, department, location, skills, phone numbers, or of who may see them.
"""

import re
import unicodedata

from django.db import transaction
from django.db.models import prefetch_related_objects

from people.field_visibility import for_everyone, rules
from people.handles import slugify_de
from people.models import PersonSkill, User

# Between a person's names and the rest of their words; never part of a word.
NAMES_END = "|"
PHONES = ("phone", "mobile")
BATCH = 500


def fold(text: str) -> str:
    """Words of `text` as they are compared, parted by one space: no case, accents, umlauts, hyphens.

    ä = ae = a, ö = oe = o, ü = ue = u, ß = ss: "Müller", "MUELLER" and "Muller" are one word, so are "Straße" and
    "Strasse". The fold of a word's beginning is the beginning of its fold, so that it serves search as you type.
    """
    if text.isascii():
        text = re.sub("[^a-z0-9]+", " ", re.sub("['`]", "", text.lower())).strip()
    else:
        text = unicodedata.normalize("NFKC", text).casefold()
        text = slugify_de(text, separator=" ", max_chars=len(text) * 8)
    return re.sub("([aou])e", r"\1", text)


def digits(number: str) -> str:
    """The digits of a phone number, without the zeros that it is dialled with at the beginning."""
    return "".join(sign for sign in number if sign.isascii() and sign.isdigit()).lstrip("0")


@transaction.atomic
def refold(*, users) -> int:
    """Write `folded` of `users` (an iterable) from what every colleague may see of them; returns how many changed.

    Reads department, location and skills in a constant number of queries for every 500 people; the instances given
    are brought up to date too.
    """
    users, given, changed = list(users), rules(), 0
    for start in range(0, len(users), BATCH):
        batch = users[start : start + BATCH]
        prefetch_related_objects(batch, "department", "location")
        skills = _skills(batch)
        differing = []
        for user in batch:
            found = words(user, for_everyone(user, given), skills.get(user.pk, ()))
            if user.folded != found:
                user.folded = found
                differing.append(user)
        User.objects.bulk_update(differing, ["folded"])
        changed += len(differing)
    return changed


def _skills(users):
    """Their skills by user, read afresh: what an instance had prefetched may be older than the change."""
    found = {}
    rows = PersonSkill.objects.filter(content_object__in=users).order_by("pk")
    for user, name in rows.values_list("content_object_id", "tag__name"):
        found.setdefault(user, []).append(name)
    return found


def words(user, shown, skills) -> str:
    """What stands in `folded` of somebody of whom everyone sees the fields `shown` and these names of skills."""
    names = dict.fromkeys(fold(f"{user.first_name} {user.last_name} {user.handle}").split())
    rest = [user.job_title]
    rest += [place.name for place in (user.department, user.location) if place is not None]
    if "skills" in shown:
        rest += skills
    numbers = [digits(getattr(user, field)) for field in PHONES if field in shown]
    others = dict.fromkeys([*fold(" ".join(rest)).split(), *filter(None, numbers)])
    return " ".join(["", *names, NAMES_END, *others, ""])
