"""What a directory may own of a person, in which form, and whose value stands when two own the same. No database."""

from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from people.addresses import check_address
from people.text import clean_line

# Longest texts in characters, as in the columns of people.User.
TEXTS = {
    "first_name": 100, "last_name": 100, "pronouns": 40, "job_title": 160, "employment": 40, "phone": 60,
    "mobile": 60, "room": 60, "locale": 5, "time_zone": 64,
}  # fmt: skip
PLACES = ("department", "location")
OTHERS = ("email", "manager", "languages", "joined_on", "left_on")
FIELDS = (*TEXTS, *PLACES, *OTHERS)
# What a new source owns unless somebody chooses otherwise: nothing that people like to word themselves.
USUAL = (
    "email", "first_name", "last_name", "job_title", "department", "location", "manager", "employment", "phone",
    "mobile", "room", "joined_on", "left_on",
)  # fmt: skip


@dataclass
class Decision:
    """What a directory's values do to one person: `changed` columns with what stood there, and lost `conflicts`."""

    changed: dict[str, object] = field(default_factory=dict)
    conflicts: dict[tuple[int, str], str] = field(default_factory=dict)
    settled: set[tuple[int | None, str]] = field(
        default_factory=set
    )  # None: of every source with the new value


def cleaned(values: dict) -> dict:
    """`values` in the form in which people keep them; names that nobody masters are left out.

    Raises ValidationError with the field's name for what is too long or no address.
    """
    found = {}
    for name, value in values.items():
        if name not in FIELDS:
            continue
        try:
            found[name] = _cleaned(name, value)
        except ValidationError as error:
            raise ValidationError({name: error}) from error
    return found


def _cleaned(name, value):
    if name in TEXTS:
        return clean_line(value or "", max_chars=TEXTS[name])
    if name == "email":
        return check_address(value or "")
    if name == "languages":
        return [clean_line(code, max_chars=5) for code in value or ()]
    if name in ("joined_on", "left_on") and not isinstance(value, date | None):
        raise ValidationError(_("Enter a valid date."), code="invalid")
    return value


def decide(*, user, source, values: dict, sources: dict) -> Decision:
    """Set on `user` what `source` may; `values` are cleaned, `sources` holds all sources by id. Saves nothing.

    The lower rank wins, at equal rank who came first. An empty value empties what the source itself had written and
    never beats another's. What the source does not own stays untouched.
    """
    decision = Decision()
    for name in sorted(set(values) & set(source.fields)):
        value, before = values[name], getattr(user, name)
        holder = _holder(user, name, sources)
        if not value and (holder is None or holder != source):
            decision.settled.add((source.pk, name))
        elif holder in (None, source) or not before or source.rank < holder.rank:
            _take(decision, user, source, holder, name, value)
        elif value == before:
            decision.settled.add((source.pk, name))
        else:
            decision.conflicts[source.pk, name] = as_text(value)
    return decision


def _holder(user, name, sources):
    """The source that wrote a field last, while it still owns it."""
    holder = sources.get(user.mastered.get(name))
    return holder if holder and holder.is_active and name in holder.fields else None


def _take(decision, user, source, holder, name, value):
    before = getattr(user, name)
    if value != before:
        setattr(user, name, value)
        decision.changed[name] = before
        decision.settled.add((None, name))
    decision.settled.add((source.pk, name))
    if holder != source:
        user.mastered = {**user.mastered, name: source.pk}
        decision.changed["mastered"] = None
        if holder and before and before != value:
            decision.conflicts[holder.pk, name] = as_text(before)


def as_text(value) -> str:
    """A value as the screen of conflicts shows it."""
    return (", ".join(value) if isinstance(value, list) else str(value or ""))[:255]
