"""Who sees which field of a person: everyone, their department, nobody, within what the company allows.

A person's own choice is in `User.shown_to`; the company's rules are FieldRule rows, read with one query per viewer
(a request has one viewer). Ask `shown_fields` before showing a field of FIELDS anywhere, `seen_by` before filtering
by one, and `for_everyone` where an answer is kept for all readers (`User.folded`).
"My department" means the person's department and what lies below it. No role widens this.
"""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import FieldRule

EVERYONE, DEPARTMENT, NOBODY = FieldRule.Shown.values
# narrower ones stand later
CHOICES = (EVERYONE, DEPARTMENT, NOBODY)

# name -> label; "absence" is absent_from, absent_until and deputy
FIELDS = {
    "pronunciation": _("Pronunciation"),
    "pronouns": _("Pronouns"),
    "about": _("About me"),
    "skills": _("Ask me about"),
    "languages": _("Languages"),
    "phone": _("Phone"),
    "mobile": _("Mobile"),
    "room": _("Room"),
    "absence": _("Absence"),
    "joined_on": _("Here since"),
}
# What counts where the company has said nothing.
DEFAULTS = {"mobile": DEPARTMENT}


@dataclass(frozen=True)
class Rule:
    """What the company allows for one field, and what counts until somebody chooses."""

    allowed: tuple[str, ...] = CHOICES
    default: str = EVERYONE

    def effective(self, chosen: str | None) -> str:
        """The choice that counts; instead of one that is not allowed the next narrower, else the narrowest there is."""
        if chosen is None:
            return self.default
        narrower = [choice for choice in self.allowed if CHOICES.index(choice) >= CHOICES.index(chosen)]
        return narrower[0] if narrower else self.allowed[-1]


def rules() -> dict[str, Rule]:
    """The rule of each field; one query."""
    found = {name: Rule(default=DEFAULTS.get(name, EVERYONE)) for name in FIELDS}
    for row in FieldRule.objects.filter(field__in=FIELDS):
        allowed = tuple(choice for choice in CHOICES if choice in row.allowed) or CHOICES
        found[row.field] = Rule(allowed, row.default if row.default in allowed else allowed[0])
    return found


def rules_for(viewer) -> dict[str, Rule]:
    """`rules`, asked once per viewer object and so once per request."""
    found = getattr(viewer, "_field_rules", None)
    if found is None:
        found = viewer._field_rules = rules()
    return found


def choice_of(person, field, given: dict[str, Rule]) -> str:
    """Who sees `field` of `person` under the rules `given`. No query."""
    chosen = person.shown_to.get(field)
    return given[field].effective(chosen if chosen in CHOICES else None)


def shown_fields(person, viewer) -> frozenset[str]:
    """Names from FIELDS that `viewer` may see of `person`, of oneself all. One query per viewer, none per person."""
    if not viewer.is_authenticated:
        return frozenset()
    if viewer.pk == person.pk:
        return frozenset(FIELDS)
    given = rules_for(viewer)
    reached = {EVERYONE}
    if person.department_id in departments_of(viewer):
        reached.add(DEPARTMENT)
    return frozenset(name for name in FIELDS if choice_of(person, name, given) in reached)


def for_everyone(person, given: dict[str, Rule]) -> frozenset[str]:
    """Names from FIELDS that every colleague sees of `person`. No query."""
    return frozenset(name for name in FIELDS if choice_of(person, name, given) == EVERYONE)


def seen_by(viewer, field: str) -> Q:
    """Condition on User: people whose `field` the viewer may see; for facets and searches. At most one query."""
    if not viewer.is_authenticated:
        return Q(pk__in=[])
    rule = rules_for(viewer)[field]
    seen = Q(pk=viewer.pk) | _answering(field, rule, EVERYONE)
    return seen | _answering(field, rule, DEPARTMENT) & Q(department__in=departments_of(viewer))


def departments_of(viewer) -> frozenset[int]:
    """Ids of the viewer's department and of those above it: where they belong to "my department" of somebody."""
    if not viewer.department_id:
        return frozenset()
    above = [int(part) for part in viewer.department.path.split("/") if part]
    return frozenset([viewer.department_id, *above])


def _answering(field, rule, wanted):
    """Condition: the choice that counts is `wanted`."""
    chosen = [choice for choice in CHOICES if rule.effective(choice) == wanted]
    found = Q(**{f"shown_to__{field}__in": chosen})
    if rule.default == wanted:
        found |= ~Q(shown_to__has_key=field)
    return found
