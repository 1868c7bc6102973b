"""Writing the people of a directory: accounts, managers, groups, photos. Twice changes nothing."""

from collections.abc import Callable
from contextlib import nullcontext

from django.db import transaction

from people import source_options
from people.actions import (
    directory_groups,
    directory_photos,
    handles,
    import_plan,
    leaving,
    mastering,
    reporting_lines,
)
from people.actions.import_plan import Plan
from people.actions.places import Places
from people.importing.records import Source
from people.importing.report import Report
from people.mastered_fields import FIELDS
from people.models import DirectorySource, Identity, User

BATCH = 1000


def bring_in(*, found: Source, dry_run=False, adopt=False) -> Report:
    """Move people in once, from a file: creates and updates accounts, removes nobody; returns the report.

    The file's issuer is a source that is switched off: its people are found again by it, but it locks no field and
    is not synchronised until somebody switches it on. With `dry_run` nothing is kept.
    """
    with transaction.atomic() if dry_run else nullcontext():
        source, _made = DirectorySource.objects.get_or_create(
            issuer=found.issuer, defaults={
                "name": found.issuer[:100], "kind": DirectorySource.Kind.FILE, "rank": 100, "fields": [*FIELDS],
                "is_active": False,
            },
        )  # fmt: skip
        report = carry_out(plan=import_plan.make(source=source, found=found, adopt=adopt), dry_run=dry_run)
        if dry_run:
            transaction.set_rollback(True)
    return report


def carry_out(
    *, plan: Plan, dry_run=False, by: User | None = None, progress: Callable[[int], None] = lambda done: None
) -> Report:
    """Do what was planned, leavers first, each in a transaction, then the others by the thousand; returns the report.

    `progress` hears how many people are done. With `dry_run` everything is written and taken back, except that
    nobody leaves or returns and no photo is fetched: the report says what would happen.
    """
    if dry_run:
        with transaction.atomic():
            _carry_out(plan, True, by, lambda done: None)
            transaction.set_rollback(True)
    else:
        _carry_out(plan, False, by, progress)
    directory_photos.bring_in(plan=plan, dry_run=dry_run)
    return plan.report


def _carry_out(plan, dry_run, by, progress):
    _let_go(plan, dry_run, by)
    _let_back(plan, dry_run, by)
    places, done = Places(), 0
    for batch in _batches([*plan.adopted, *plan.known]):
        _change(plan, batch, places)
        progress(done := done + len(batch))
    taken = handles.taken() if plan.new else set()
    for batch in _batches(plan.new):
        _create(plan, batch, places, taken)
        progress(done := done + len(batch))
    reporting_lines.write(plan=plan)
    directory_groups.write(plan=plan)


def _batches(rows):
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))


def _let_go(plan, dry_run, by):
    """Each in a transaction of their own (A12): nothing that fails later brings them back."""
    for user in plan.leaving:
        plan.report.add("left", "updated")
        plan.report.change("leave", user)
        if not dry_run:
            with transaction.atomic():
                leaving.deactivate(user=user, by=by)
                user.mastered = {**user.mastered, "is_active": plan.source.pk}
                User.objects.filter(pk=user.pk).update(mastered=user.mastered)
        user.is_active = False


def _let_back(plan, dry_run, by):
    for user in plan.returning:
        plan.report.add("back", "updated")
        plan.report.change("return", user)
        if not dry_run:
            leaving.reactivate(user=user, by=by)


@transaction.atomic
def _change(plan, batch, places):
    _link(plan, batch)
    rows = [(user, {**person.values, "email": person.email}) for person, user in batch]
    changed = mastering.write_many(source=plan.source, rows=rows, places=places)
    for person, user in batch:
        before = changed[user.pk]
        plan.report.add("people", "updated" if before else "already there")
        if before:
            fields = {name: (value, getattr(user, name)) for name, value in before.items()}
            plan.report.change("update", user, fields, person.line)


@transaction.atomic
def _create(plan, batch, places, taken):
    rows = [(person.key, {**person.values, "email": person.email}) for person in batch]
    users = mastering.create_many(source=plan.source, rows=rows, places=places, taken=taken)
    for person, user in zip(batch, users, strict=True):
        plan.users[person.key] = user
        plan.linked.add((plan.source.issuer, person.key))
        plan.report.add("people", "imported")
        fields = {name: ("", value) for name, value in person.values.items() if value}
        plan.report.change("create", user, fields | {"email": ("", person.email)}, person.line)
        if not user.is_active:
            plan.report.add("left", "updated")
    _link(plan, zip(batch, users, strict=True))


def _link(plan, pairs):
    """The identities that a person is found by: the source's own key, and the subject of single sign-on (A11).

    A subject that is somebody else's already stays theirs: an administrator decides by hand.
    """
    issuer, wanted = source_options.of(plan.source).sign_in_issuer, {}
    for person, user in pairs:
        if (plan.source.issuer, person.key) not in plan.linked:
            wanted[plan.source.issuer, person.key] = user
        if issuer and person.sign_in and (issuer, person.sign_in) not in plan.linked:
            wanted[issuer, person.sign_in] = user
    Identity.objects.bulk_create(
        [Identity(user=user, issuer=issuer, subject=subject) for (issuer, subject), user in wanted.items()],
        batch_size=500,
        ignore_conflicts=True,
    )
