"""Who is in a community. Each step locks its row, so that joins, leaves and owners never disagree (T14).

A `Membership` and the audience change together and take effect with the next request (A4).
"""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from feed.actions import announcing, counting, notifying
from feed.actions.refusals import Refused
from feed.models import Community, JoinRequest, Membership, Notification
from people.actions import audiences
from people.models import User

Role, Kind, Cause = Membership.Role, Community.Kind, Notification.Cause


@transaction.atomic
def join(*, community: Community, user: User) -> None:
    """Come into an open community, or accept an invitation to any. Idempotent. Raises Refused otherwise."""
    locked = _open_for(community)
    if not locked.has_member(user):
        free = locked.kind == Kind.OPEN and locked.hidden_at is None
        _refuse_unless(free or _invited(locked, user))
        admit(community=locked, user=user)


@transaction.atomic
def ask(*, community: Community, user: User, text: str = "") -> bool:
    """Ask to come in; the owners are told once. Whoever was asked in comes in. Whether they are inside now.

    Somebody who was declined may ask again. Raises Refused for a closed one that did not ask them in.
    """
    locked = _open_for(community)
    if locked.has_member(user) or locked.kind != Kind.REQUEST or _invited(locked, user):
        join(community=locked, user=user)
        return True
    known = JoinRequest.objects.filter(community=locked, user=user).first()
    if known is None or known.state == JoinRequest.State.DECLINED:
        answer = {"text": text, "state": JoinRequest.State.OPEN, "decided_by": None, "decided_at": None}
        JoinRequest.objects.update_or_create(
            community=locked, user=user, defaults={**answer, "created_at": timezone.now(), "invited_by": None}
        )
        _tell(owners(community=locked), locked, user, "asks")
    return False


@transaction.atomic
def approve(*, request: JoinRequest, by: User) -> None:
    """Let somebody in who asked; they are told. Idempotent. Raises Refused unless `by` owns the community."""
    locked = _open_for(request.community)
    must_own(community=locked, user=by)
    if _waiting(locked, request.user).filter(invited_by=None).exists():
        admit(community=locked, user=request.user)
        _tell([request.user_id], locked, by, "approved")


@transaction.atomic
def decline(*, request: JoinRequest, by: User, reason: str = "") -> None:
    """Not now, with a reason that the person reads. Raises Refused unless `by` owns the community."""
    locked = counting.lock_community(pk=request.community_id)
    must_own(community=locked, user=by)
    changed = _waiting(locked, request.user).filter(invited_by=None)
    decided = {"decided_by": by, "decided_at": timezone.now()}
    if changed.update(state=JoinRequest.State.DECLINED, **decided):
        _tell([request.user_id], locked, by, f"declined|{reason}")


@transaction.atomic
def invite(*, community: Community, user: User, by: User) -> bool:
    """Ask somebody in; they are told and may say no. Who had asked comes in. Whether they are inside now.

    Raises Refused unless `by` owns the community, and for people who left.
    """
    locked = _open_for(community)
    must_own(community=locked, user=by)
    if not user.is_active:
        raise Refused(_("This person does not work here any more."))
    if Membership.objects.filter(community=locked, user=user).exists():
        return True
    waiting = JoinRequest.objects.filter(community=locked, user=user).first()
    if waiting is not None and waiting.state == JoinRequest.State.OPEN:
        if waiting.invited_by_id is None:
            admit(community=locked, user=user)
            _tell([user.pk], locked, by, "approved")
        return waiting.invited_by_id is None
    fresh = {"invited_by": by, "state": JoinRequest.State.OPEN, "text": "", "created_at": timezone.now()}
    JoinRequest.objects.update_or_create(community=locked, user=user, defaults=fresh)
    _tell([user.pk], locked, by, "invited")
    return False


@transaction.atomic
def invite_all(*, community: Community, users, by: User) -> tuple[list[User], list[User]]:
    """The same for several: who is inside now, and who has been asked. All or nobody."""
    inside, asked = [], []
    for user in users:
        (inside if invite(community=community, user=user, by=by) else asked).append(user)
    return inside, asked


@transaction.atomic
def withdraw(*, community: Community, user: User) -> None:
    """Say no to an invitation, or take back what one asked. Nobody is told."""
    locked = counting.lock_community(pk=community.pk)
    _waiting(locked, user).delete()


@transaction.atomic
def leave(*, community: Community, user: User, successor: User | None = None) -> None:
    """Go. The last owner names a member as `successor` first, who is told. Raises Refused without one."""
    locked = counting.lock_community(pk=community.pk)
    if not Membership.objects.filter(community=locked, user=user).exists():
        return
    if owners(community=locked) == {user.pk}:
        heir = Membership.objects.filter(community=locked, user=successor, user__is_active=True)
        if successor is None or successor.pk == user.pk or not heir.update(role=Role.OWNER):
            raise Refused(_("You are the last owner. Choose a member who looks after it from now on."))
        _tell([successor.pk], locked, user, "owner")
    expel(community=locked, user=user)


@transaction.atomic
def remove(*, community: Community, user: User, by: User, reason: str) -> None:
    """Put a member out, at once (A4), with a reason they read. Raises Refused unless `by` owns it, and for owners."""
    locked = counting.lock_community(pk=community.pk)
    must_own(community=locked, user=by)
    if user.pk in owners(community=locked):
        raise Refused(_("Owners cannot be removed. Make them a member first."))
    if Membership.objects.filter(community=locked, user=user).exists():
        expel(community=locked, user=user)
        named = None if locked.kind == Kind.CLOSED else locked  # its name is for those inside (A3)
        _tell([user.pk], named, by, f"removed|{reason}")


@transaction.atomic
def set_role(*, community: Community, user: User, role: str, by: User) -> None:
    """Make a member an owner or an owner a member; they are told. One owner stays. Idempotent."""
    locked = counting.lock_community(pk=community.pk)
    must_own(community=locked, user=by)
    if role not in Role.values:
        raise Refused(_("Choose a role."))
    if role == Role.MEMBER and owners(community=locked) == {user.pk}:
        raise Refused(_("One owner must stay. Choose another one first."))
    changed = Membership.objects.filter(community=locked, user=user).exclude(role=role)
    if changed.update(role=role) and role == Role.OWNER:
        _tell([user.pk], locked, by, "owner")


def admit(*, community: Community, user: User, role: str = Role.MEMBER, joined_at=None) -> None:
    """Write the membership. Only for a community that the caller has locked or just made."""
    defaults = {"role": role, "joined_at": joined_at or timezone.now()}
    Membership.objects.get_or_create(community=community, user=user, defaults=defaults)
    audiences.add_member(audience=community.audience, user=user)
    JoinRequest.objects.filter(community=community, user=user).delete()
    counting.count_members(community=community)
    announcing.access_changed(user_ids=[user.pk])


def expel(*, community: Community, user: User) -> None:
    """End the membership. Only for a community that the caller has locked."""
    Membership.objects.filter(community=community, user=user).delete()
    audiences.remove_member(audience=community.audience, user=user)
    counting.count_members(community=community)
    announcing.access_changed(user_ids=[user.pk])


def owners(*, community: Community) -> set[int]:
    """Ids of its owners."""
    rows = Membership.objects.filter(community=community, role=Role.OWNER)
    return set(rows.values_list("user_id", flat=True))


def must_own(*, community: Community, user: User) -> None:
    """Raises Refused unless `user` owns the community now."""
    if not (user.is_active and user.pk in owners(community=community)):
        raise Refused(_("Only owners of the community may do this."))


def _open_for(community):
    locked = counting.lock_community(pk=community.pk)
    if locked.archived_at is not None:
        raise Refused(_("This community is in the archive."))
    return locked


def _refuse_unless(allowed):
    if not allowed:
        raise Refused(_("You cannot come in without being let in."))


def _waiting(community, user):
    return JoinRequest.objects.filter(community=community, user=user, state=JoinRequest.State.OPEN)


def _invited(community, user):
    return _waiting(community, user).filter(invited_by__isnull=False).exists()


def _tell(users, community, actor, text):
    url = reverse("feed:community", args=[community.slug]) if community else ""
    notifying.tell(users=users, cause=Cause.COMMUNITY, community=community, actor=actor, text=text, url=url)
