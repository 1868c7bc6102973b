"""From a person on the wire to the columns that people.actions.mastering writes. No database."""

from django.core.exceptions import ValidationError
from scim2_models import InvalidValueException

from people.addresses import check_address
from people.scim import wire
from people.text import clean_line

_LONGEST = {"department": 120, "location": 120}


def of(person) -> dict:
    """{column: value} of all but manager and activity. Raises InvalidValueException for a place too long."""
    name, enterprise = person.name or wire.PersonName(), person[wire.EnterpriseUser] or wire.EnterpriseUser()
    work = _chosen(person.addresses)
    return {
        "first_name": name.given_name or "",
        "last_name": name.family_name or "",
        "job_title": person.title or "",
        "employment": person.user_type or "",
        "phone": _phone(person, "work"),
        "mobile": _phone(person, "mobile"),
        "department": _place("department", enterprise.department),
        "location": _place("location", work.locality if work else None),
        **_address(person),
        **_language(person),
    }


def with_a_name(values, person):
    """`values`, with first and last name from the name as a whole where a directory sends no parts."""
    whole = (person.name and person.name.formatted) or person.display_name or ""
    if values["first_name"] or values["last_name"] or not whole.strip():
        return values
    first, _space, last = whole.strip().rpartition(" ")
    return {**values, "first_name": first, "last_name": last}


def manager_key(person) -> str:
    """What the client calls the manager, "" for none."""
    enterprise = person[wire.EnterpriseUser]
    manager = enterprise.manager if enterprise else None
    return (manager.value or str(manager.ref or "").rpartition("/")[2]) if manager else ""


def line(value, *, name, most=255) -> str:
    """A text of one line. Raises InvalidValueException when it is empty or too long."""
    try:
        found = clean_line(value or "", max_chars=most)
    except ValidationError:
        found = ""
    if not found:
        raise InvalidValueException(detail=f"{name} has 1 to {most} characters.")
    return found


def _address(person):
    """The address at work, else the first; where there is none, the userName if it is one; else it stays."""
    chosen = _chosen(person.emails)
    if chosen and chosen.value:
        return {"email": chosen.value}
    try:
        return {"email": check_address(person.user_name or "")}
    except ValidationError:
        return {}


def _chosen(entries):
    """Of many the one that we keep: the main one, else the newest at work, else the first."""
    entries = entries or []
    at_work = [entry for entry in entries if (entry.type or "").casefold() == "work"]
    main = [entry for entry in at_work if entry.primary] or [entry for entry in entries if entry.primary]
    return next(iter(main or at_work[-1:] or entries), None)


def _phone(person, kind):
    numbers = [one for one in person.phone_numbers or [] if (one.type or "work").casefold() == kind]
    chosen = next((one for one in numbers if one.primary), numbers[-1] if numbers else None)
    return (chosen.value or "").removeprefix("tel:") if chosen else ""


def _place(name, value):
    return line(value, name=name, most=_LONGEST[name]) if value and value.strip() else ""


def _language(person):
    """de or en; other languages have no pages here, and whoever chose one keeps it."""
    code = (person.preferred_language or "").replace("_", "-").partition("-")[0].casefold()
    return {"locale": code} if code in ("", "de", "en") else {}
