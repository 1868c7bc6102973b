"""Groups of a directory as audiences: who is named in them is what the directory says."""

from django.db import transaction
from django.utils import timezone

from people.actions import audiences
from people.actions.import_plan import Plan
from people.models import Audience, DirectoryGroup, User


@transaction.atomic
def write(*, plan: Plan) -> None:
    """Bring audiences in line with the groups of `plan`; one that is gone keeps its audience, with nobody named.

    Constant queries for each group that changed; unchanged ones cost none.
    """
    if plan.found.groups is None:
        return
    known = {row.external_id: row for row in plan.source.groups.select_related("audience")}
    named = _named(known.values())
    moved: set[int] = set()
    for group in plan.found.groups:
        row = known.pop(group.key, None)
        outcome = "already there" if row else "imported"
        if row is None or row.audience is None or row.name != group.name[:255]:
            row, outcome = _keep(plan.source, group, row), "updated" if row else "imported"
        members = {plan.users[key].pk for key in group.members if key in plan.users}
        if _name_members(row, members, named.get(row.audience_id, set()), moved) and outcome != "imported":
            outcome = "updated"
        plan.report.add("groups", outcome)
    for row in known.values():
        if row.audience_id:
            _name_members(row, set(), named.get(row.audience_id, set()), moved)
    if moved:
        audiences.recompute_for(users=[User(pk=pk) for pk in moved])


def _named(rows):
    """{audience id: ids of the users named in it} of the groups' audiences, in one query."""
    through = Audience.extra_members.through.objects
    found = {}
    for audience, user in through.filter(audience__directory_group__in=[row.pk for row in rows]).values_list(
        "audience_id", "user_id"
    ):
        found.setdefault(audience, set()).add(user)
    return found


def _keep(source, group, row):
    """The group's row and audience under its present name."""
    row = row or DirectoryGroup(source=source, external_id=group.key)
    row.name, row.changed_at = group.name[:255], timezone.now()
    if row.audience is None:
        row.audience = Audience.objects.create(name=free_name(name=group.name), is_kept=True)
    else:
        row.audience.name = free_name(name=group.name, own=row.audience.pk)
        row.audience.save(update_fields=["name"])
    row.save()
    return row


def _name_members(row, wanted, present, moved):
    """Write the difference; whether there was one."""
    through = Audience.extra_members.through
    through.objects.filter(audience=row.audience_id, user__in=present - wanted).delete()
    through.objects.bulk_create(
        [through(audience_id=row.audience_id, user_id=pk) for pk in sorted(wanted - present)],
        batch_size=1000,
        ignore_conflicts=True,
    )
    moved |= wanted ^ present
    return wanted != present


def free_name(*, name, own=None) -> str:
    """The group's name for its audience (`own`: its id), with a number where another audience is called so."""
    base = " ".join(name.split())[:110] or "group"
    taken = set(Audience.objects.exclude(pk=own).filter(name__startswith=base).values_list("name", flat=True))
    number = 1
    while (candidate := base if number == 1 else f"{base} ({number})") in taken:
        number += 1
    return candidate
