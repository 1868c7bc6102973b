"""Roles: given to a person or to an audience, never beyond what the giver has (A8). Each step is logged."""

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from people import audit, roles
from people.models import Audience, RoleGrant, User


def own_roles(*, user: User) -> set[str]:
    """The roles that were given to the person themselves, not through an audience."""
    found = set(user.groups.filter(name__in=roles.ALL).values_list("name", flat=True))
    return found | {roles.ADMINISTRATOR} if user.is_superuser else found


@transaction.atomic
def set_roles(*, user: User, wanted: set[str], by: User) -> set[str]:
    """Give and take so that `user` has `wanted` of the roles that `by` may give; the others stay. Returns the changed.

    Raises PermissionDenied for an account above `by`, ValidationError when the last administrator would go.
    """
    if not roles.may_manage(by, user):
        raise PermissionDenied
    user = User.objects.select_for_update().get(pk=user.pk)
    may, has = roles.grantable(by), own_roles(user=user)
    changed = (wanted ^ has) & may
    if roles.ADMINISTRATOR in changed:
        if user.is_superuser:
            refuse_last_administrator(user=user)
        User.objects.filter(pk=user.pk).update(is_superuser=not user.is_superuser)
    for name in sorted(changed - {roles.ADMINISTRATOR}):
        group, _made = Group.objects.get_or_create(name=name)
        (user.groups.remove if name in has else user.groups.add)(group)
    for name in sorted(changed):
        action = "people.role.revoke" if name in has else "people.role.grant"
        audit.record(action=action, by=by, target=user, detail={"role": name})
    return changed


def refuse_last_administrator(*, user: User) -> None:
    """Raises ValidationError when nobody else could run the installation. Locks the administrators' rows."""
    others = User.objects.select_for_update().filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
    if user.is_superuser and user.is_active and not list(others):
        raise ValidationError(_("This is the last administrator. Make somebody else administrator first."))


def audiences_for_roles() -> QuerySet:
    """Audiences that may carry a role: named people or a directory's group, where no rule and no owner lets people in.

    A rule would let whoever edits departments give roles; owners of a community would too.
    """
    ruled = Q(departments__isnull=False) | Q(locations__isnull=False) | ~Q(employment="") | ~Q(language="")
    kept = Q(is_kept=True, directory_group__isnull=True)
    return Audience.objects.exclude(pk__in=Audience.objects.filter(ruled | kept).values("pk"))


@transaction.atomic
def give_to_audience(*, role: str, audience: Audience, by: User) -> RoleGrant:
    """Everybody in the audience has the role from now on. Idempotent.

    Raises PermissionDenied for a role that `by` lacks, ValidationError for an audience that lets people in by itself.
    """
    if role not in roles.grantable(by) or role not in roles.ALL:
        raise PermissionDenied
    if not audiences_for_roles().filter(pk=audience.pk).exists():
        raise ValidationError(_("Only audiences of named people or of a directory’s group can have a role."))
    grant, made = RoleGrant.objects.get_or_create(role=role, audience=audience, defaults={"granted_by": by})
    if made:
        audit.record(action="people.role_grant.add", by=by, target=audience, detail={"role": role})
    return grant


@transaction.atomic
def take_from_audience(*, grant: RoleGrant, by: User) -> None:
    """The role ends for everybody who had it through the audience only. Raises PermissionDenied as giving does."""
    if grant.role not in roles.grantable(by):
        raise PermissionDenied
    audit.record(action="people.role_grant.remove", by=by, target=grant.audience, detail={"role": grant.role})
    grant.delete()
