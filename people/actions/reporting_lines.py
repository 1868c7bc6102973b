"""Who reports to whom, as a directory says, once everybody in it is known. Circles are named and left out."""

from django.db import transaction
from django.utils.translation import gettext_noop

from people.actions import mastering
from people.actions.import_plan import Plan
from people.models import User

UNKNOWN = gettext_noop("nobody is known by this name")
SELF = gettext_noop("is named as their own manager")
CIRCLE = gettext_noop("the managers form a circle")
OUTRANKED = gettext_noop("another directory decides this")
BATCH = 1000


@transaction.atomic
def write(*, plan: Plan) -> None:
    """Set the managers of everybody in `plan`, if its source owns them; a constant number of queries per thousand."""
    if "manager" not in plan.source.fields:
        return
    named = _without_circles(plan, _named(plan))
    for start in range(0, len(named), BATCH):
        rows = named[start : start + BATCH]
        changed = mastering.write_many(
            source=plan.source, rows=[(user, {"manager": manager}) for _person, user, manager in rows]
        )
        for person, user, manager in rows:
            _report(plan, person, user, manager, changed[user.pk])


def _named(plan):
    """[(person, user, manager or None)] of all that the directory says something new about; the rest is reported."""
    by_reference, people = _references(plan)
    rows = []
    for person, user in people:
        manager = by_reference.get(person.manager) if person.manager else None
        if person.manager and manager is None:
            plan.report.add("managers", "skipped", person.line, UNKNOWN, person.manager)
        elif manager == user:
            plan.report.add("managers", "skipped", person.line, SELF, person.label)
        elif user.manager_id != (manager.pk if manager else None):
            rows.append((person, user, manager))
        elif manager:
            plan.report.add("managers", "already there")
            if user.mastered.get("manager") is None:
                rows.append((person, user, manager))
    return rows


def _references(plan):
    """How managers may be named, and the people who have a line: by DN, or by address and key; also of other origin."""
    people = [
        (person, plan.users[person.key])
        for person in plan.found.people
        if person.manager is not None and not person.reason and person.key in plan.users
    ]
    known = {key.casefold(): user for key, user in plan.users.items()}
    for person, user in people:
        known |= dict.fromkeys({person.dn} if person.dn else {person.email, person.key.casefold()}, user)
    elsewhere = {person.manager for person, _user in people if person.manager} - known.keys()
    for start in range(0, len(wanted := sorted(elsewhere)), BATCH):
        known |= {user.email: user for user in User.objects.filter(email__in=wanted[start : start + BATCH])}
    return known, [(person, user) for person, user in people if user.is_active]


def _without_circles(plan, rows):
    above = dict(User.objects.exclude(manager=None).values_list("pk", "manager_id"))
    above |= {user.pk: manager.pk if manager else None for _person, user, manager in rows}
    kept = []
    for person, user, manager in rows:
        if manager and user.pk in _chain(above, user.pk):
            plan.report.add("managers", "skipped", person.line, CIRCLE, person.label)
        else:
            kept.append((person, user, manager))
    return kept


def _chain(above, start):
    """Everybody above `start`, which is among them only when it stands in a circle."""
    seen, current = set(), above.get(start)
    while current is not None and current not in seen:
        seen.add(current)
        current = above.get(current)
    return seen


def _report(plan, person, user, manager, changed):
    if "manager" in changed:
        before = changed["manager"]
        plan.report.add("managers", "updated" if before else "imported")
        plan.report.change("manager", user, {"manager": (before, manager)}, person.line)
    elif manager and user.manager_id != manager.pk:
        plan.report.add("managers", "skipped", person.line, OUTRANKED, person.label)
