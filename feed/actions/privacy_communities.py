"""Communities of a person: their export, what happens when they leave, and erasure (A12, A34)."""

from django.db import transaction

from feed.actions import counting, memberships, notifying
from feed.models import Community, JoinRequest, Membership, Notification
from people import registries, roles
from people.models import User

COVERED = {
    "feed.Membership.user", "feed.JoinRequest.user", "feed.JoinRequest.invited_by", "feed.JoinRequest.decided_by",
    "feed.Community.created_by", "feed.Report.person", "feed.Post.hidden_by",
}  # fmt: skip


def exported(*, user):
    """Communities the person is in, made, asked to join or was asked into. No name of a closed one they are not in."""
    mine = Membership.objects.filter(user=user)
    asked = JoinRequest.objects.filter(user=user, community__in=Community.objects.known_to(user))
    made = Community.objects.visible_to(user).filter(created_by=user)
    return {
        "memberships": list(mine.values("community__name", "community__kind", "role", "joined_at")),
        "requests": list(asked.values("community__name", "text", "state", "created_at", "decided_at")),
        "created": list(made.values("name", "purpose", "rules", "created_at")),
    }


@transaction.atomic
def leave_all(*, user):
    """Leaving the company: every membership ends. Where they were the last owner, the longest member becomes owner.

    A community without anybody is told to communications, a closed one without its name.
    """
    JoinRequest.objects.filter(user=user).delete()
    for pk in Membership.objects.filter(user=user).order_by("community").values_list("community", flat=True):
        community = counting.lock_community(pk=pk)
        memberships.expel(community=community, user=user)
        if not memberships.owners(community=community):
            _hand_over(community)


@transaction.atomic
def erase(*, user, keep_content):
    """Memberships and requests go; what they made stays under the anonymous name."""
    leave_all(user=user)
    JoinRequest.objects.filter(decided_by=user).update(decided_by=None)


def _hand_over(community):
    members = Membership.objects.filter(community=community, user__is_active=True)
    heir = members.order_by("joined_at", "pk").first()
    if heir is not None:
        Membership.objects.filter(pk=heir.pk).update(role=Membership.Role.OWNER)
        _tell([heir.user_id], community, "inherited")
        return
    closed = community.kind == Community.Kind.CLOSED
    staff = User.objects.with_role(roles.COMMUNICATIONS)
    _tell(staff.values_list("pk", flat=True), None if closed else community, "ownerless")


def _tell(users, community, text):
    notifying.tell(users=users, cause=Notification.Cause.COMMUNITY, community=community, text=text)


def register():
    """Called when the app is ready."""
    registries.export.register("communities", exported, COVERED)
    registries.erasure.register("communities", erase, COVERED)
    registries.leaving.register("communities", leave_all)
