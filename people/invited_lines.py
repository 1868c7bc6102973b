"""Reading pasted addresses: "Anna Müller <anna@x.de>", "anna@x.de", or columns as a spreadsheet copies them."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people.addresses import check_address
from people.models import Invitation, User
from people.text import clean_line

MOST = 500
_PARTS = re.compile(r"[\t;,<>]+")


@dataclass(frozen=True)
class Line:
    """One person; with `problem` nobody is invited by it."""

    number: int
    text: str
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    problem: str = ""


def read(text: str) -> list[Line]:
    """The lines that are not empty, each judged; two queries. At most MOST, the rest is one line that says so."""
    filled = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    lines = [_read(number, line) for number, line in filled[:MOST]]
    addresses = [line.email for line in lines if not line.problem]
    known = set(User.objects.filter(email__in=addresses).values_list("email", flat=True))
    waiting = Invitation.objects.filter(user__email__in=addresses, accepted_at=None)
    waiting = set(waiting.values_list("user__email", flat=True))
    judged, seen = [], set()
    for line in lines:
        judged.append(_judge(line, known, waiting, seen))
        seen.add(line.email)
    if len(filled) > MOST:
        problem = _("At most %(most)s people at a time; the lines from here on are left out.") % {
            "most": MOST
        }
        judged.append(Line(filled[MOST][0], filled[MOST][1][:80], problem=problem))
    return judged


def _read(number, text):
    parts = [part.strip(" \"'") for part in _PARTS.split(text)]
    address = next((part for part in parts if "@" in part), "")
    names = [part for part in parts if part and part != address]
    try:
        email = check_address(address)
        if len(names) == 1:
            first, _space, last = names[0].rpartition(" ")
            first, last = (first, last) if first else (last, "")
        else:
            first, last = (*names, "", "")[:2]
        first, last = clean_line(first, max_chars=100), clean_line(last, max_chars=100)
    except ValidationError as error:
        return Line(number, text[:200], problem=" ".join(error.messages))
    return Line(number, text[:200], email, first, last)


def _judge(line, known, waiting, seen):
    problem = line.problem
    if not problem and line.email in seen:
        problem = _("This address stands further up already.")
    elif line.email in waiting:
        problem = _("Is invited already. You can send the link again below.")
    elif line.email in known:
        problem = _("Has an account already.")
    return Line(line.number, line.text, line.email, line.first_name, line.last_name, problem)
