"""What sign-in, directories and requests hold of a person: their export and erasure (A34)."""

from people import registries
from people.actions import skills
from people.models import DataRequest, FieldConflict, Invitation, OutboxMessage, User

ACCOUNT_KEYS = {
    "people.DataRequest.user", "people.FieldConflict.user", "people.Invitation.user", "people.OutboxMessage.recipient",
    "people.PersonSkill.content_object", "people.User.deputy",
}  # fmt: skip
# Who did something for the house: afterwards these rows name the anonymous row.
OFFICE_KEYS = {
    "people.DataRequest.asked_by", "people.DataRequest.decided_by", "people.Invitation.invited_by",
    "people.RoleGrant.granted_by", "people.ScimToken.created_by", "people.SyncRun.started_by",
}  # fmt: skip


def account(*, user):
    """Invitation, messages sent, values of directories that differ, and requests under the GDPR."""
    requests = DataRequest.objects.filter(user=user)
    messages = OutboxMessage.objects.filter(recipient=user)
    return {
        "invitation": list(
            Invitation.objects.filter(user=user).values("created_at", "sent_at", "expires_at", "accepted_at")
        ),
        "messages": list(messages.values("event", "channel", "state", "created_at", "finished_at")),
        "directory_conflicts": list(user.field_conflicts.values("source__name", "field", "value", "seen_at")),
        "requests": list(requests.values("kind", "state", "reason", "asked_at", "decided_at", "finished_at")),
    }


def remove_account(*, user, keep_content):
    """Invitation, waiting messages, conflicts, skills and copies of data go; the request for erasure stays as proof."""
    Invitation.objects.filter(user=user).delete()
    OutboxMessage.objects.filter(recipient=user).delete()
    FieldConflict.objects.filter(user=user).delete()
    skills.replace(user=user, names=[])
    User.objects.filter(deputy=user).update(deputy=None)
    for copy in DataRequest.objects.filter(user=user, kind=DataRequest.Kind.EXPORT):
        copy.file.delete(save=False)
        copy.delete()


def register():
    """Called when the app is ready."""
    registries.export.register("account", account, ACCOUNT_KEYS | OFFICE_KEYS)
    registries.erasure.register("account", remove_account, ACCOUNT_KEYS | OFFICE_KEYS)
