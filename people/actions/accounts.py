"""Accounts as people administrators keep them: made without a password; changes log old and new (A8, A11)."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from people import audit, roles
from people.actions import audiences, folding, leaving
from people.models import User

LOGGED = (
    "email", "handle", "first_name", "last_name", "job_title", "department_id", "location_id", "manager_id",
    "employment", "joined_on",
)  # fmt: skip


@transaction.atomic
def create(*, values: dict, by: User) -> User:
    """An account that nobody can sign in to with a password yet. Raises PermissionDenied for others than people
    administrators."""
    if not by.is_people_administrator:
        raise PermissionDenied
    user = User.objects.create_user(values.pop("email"), **values)
    _follow(user)
    audit.record(action="people.create", by=by, target=user)
    return user


@transaction.atomic
def change(*, user: User, values: dict, by: User) -> dict[str, list[str]]:
    """Write `values` and log what differs as {field: [old, new]}, which is returned; audiences and search follow.

    Raises PermissionDenied for an account above `by`, and for an address that `by` may not change.
    """
    if not roles.may_manage(by, user):
        raise PermissionDenied
    before = User.objects.select_for_update().get(pk=user.pk)
    user = User.objects.get(pk=user.pk)
    for name, value in values.items():
        setattr(user, name, value)
    if user.email != before.email and not roles.may_readdress(by, before):
        raise PermissionDenied
    pairs = {name: [str(getattr(one, name) or "") for one in (before, user)] for name in LOGGED}
    changed = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    if changed:
        user.save(update_fields=sorted(values))
        _follow(user)
        audit.record(action="people.edit", by=by, target=user, detail=changed)
    return changed


@transaction.atomic
def end_sessions(*, user: User, by: User) -> int:
    """Sign somebody out everywhere; they may sign in again. Returns how many devices. Raises PermissionDenied."""
    if not roles.may_manage(by, user):
        raise PermissionDenied
    ended = leaving.end_sessions(user=user)
    audit.record(action="people.session.end", by=by, target=user, detail={"devices": ended})
    return ended


def _follow(user):
    folding.refold(users=[user])
    audiences.recompute_for(users=[user])
