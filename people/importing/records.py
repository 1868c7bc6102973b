"""Who is in a directory: one Person per row or entry, checked, whatever it was read from."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from people.addresses import check_address
from people.importing import values
from people.mastered_fields import TEXTS
from people.text import clean_line

LENGTHS = {**TEXTS, "department": 120, "location": 120}
NO_ADDRESS = gettext_noop("no e-mail address")
UNFIT = gettext_noop("a value that cannot be kept")
TWICE = gettext_noop("twice in the file")


@dataclass
class Person:
    """One person as the directory has them. `key` is who they are there; `reason` says why they are left out.

    `values` has every column that was read, also empty ones; `department` may be a path of names from the top.
    `manager` is a reference (DN, address or key), "" for none, None when the directory does not say.
    """

    line: int
    key: str = ""
    dn: str = ""
    email: str = ""
    values: dict = field(default_factory=dict)
    manager: str | None = None
    photo: bytes | Callable[[], bytes | None] | None = None
    sign_in: str = ""
    is_active: bool = True
    reason: str = ""
    detail: str = ""

    @property
    def label(self):
        """How a report names them."""
        name = f"{self.values.get('first_name', '')} {self.values.get('last_name', '')}".strip()
        return (name or self.email or self.key)[:120]


@dataclass
class Group:
    """A group with everybody in it, members of groups inside it included, by their keys."""

    key: str
    name: str
    members: set[str] = field(default_factory=set)


@dataclass
class Source:
    """All that was read: `others` counts entries that are no people, `unknown` and `sensitive` name unread columns."""

    issuer: str
    people: list[Person]
    others: int = 0
    unknown: list[str] = field(default_factory=list)
    sensitive: list[str] = field(default_factory=list)
    groups: list[Group] | None = None  # None: nobody asked for groups


def fill(person: Person, raw: dict[str, str], names: set[str]) -> None:
    """Check every value of the columns `names`; the first that cannot be kept leaves the person out."""
    person.key = _short(person.key)
    person.sign_in = _short(person.sign_in)
    if not raw.get("email"):
        person.reason = NO_ADDRESS
        return
    try:
        person.email = check_address(raw["email"])
        first, last = values.names(raw)
        given = {**raw, "first_name": first, "last_name": last}
        names = names | {"first_name", "last_name"}
        for name in LENGTHS:
            if name in names and name not in values.CONVERTED:
                person.values[name] = _line(given.get(name, ""), LENGTHS[name])
        person.values |= {name: value for name, value in values.converted(raw).items() if name in names}
    except (ValidationError, ValueError) as error:
        person.reason = UNFIT
        person.detail = " ".join(map(str, getattr(error, "messages", [error])))


def _line(value, most):
    if isinstance(value, tuple):
        return tuple(_line(part, most) for part in value)
    if value.isascii() and value.isprintable() and len(value) <= most:
        return " ".join(value.split())  # what clean_line does to such text, at a tenth of the time
    return clean_line(value, max_chars=most)


def _short(text):
    try:
        return _line(text, 255)
    except ValidationError:
        return ""


def once(people: list[Person]) -> list[Person]:
    """The second of two people with one key or one address is left out."""
    seen: dict[str, int] = {}
    for person in people:
        if person.reason:
            continue
        marks = {f"key {person.key.casefold()}", f"mail {person.email}"}
        before = next((seen[mark] for mark in marks if mark in seen), None)
        if before:
            person.reason, person.detail = TWICE, _("as in line %(line)s") % {"line": before}
        else:
            seen.update(dict.fromkeys(marks, person.line))
    return people
