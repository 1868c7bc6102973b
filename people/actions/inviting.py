"""Invitations by mail: a link for one address, used once, seven days. The account exists from the start."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people import audit, outbox
from people.actions import audiences, folding, leaving
from people.handles import skeleton, unique_handle
from people.invited_lines import Line
from people.models import Invitation, User

EVENT = "people.invitation"
VALID = timedelta(days=7)


@transaction.atomic
def invite(*, lines: list[Line], by: User) -> list[Invitation]:
    """An account without a password and a mail for each faultless line whose address is free; returns what was made."""
    faultless = {line.email: line for line in lines if not line.problem}
    taken = set(User.objects.filter(email__in=faultless).values_list("email", flat=True))
    handles = {skeleton(handle) for handle in User.objects.values_list("handle", flat=True)}
    made = [_invite(line, handles, by) for line in faultless.values() if line.email not in taken]
    people = [invitation.user for invitation in made]
    if people:
        folding.refold(users=people)
        audiences.recompute_for(users=people)
    return made


@transaction.atomic
def renew(*, invitation: Invitation, by: User) -> None:
    """Send a new link for another seven days; the one sent before is dead at once."""
    _open(invitation)
    invitation.save()
    audit.record(action="people.invitation.send", by=by, target=invitation.user, detail={"again": True})
    _put(invitation)


@transaction.atomic
def revoke(*, invitation: Invitation, by: User) -> None:
    """Take the invitation back. An account that was never used goes with it; otherwise it is deactivated."""
    user = invitation.user
    audit.record(action="people.invitation.revoke", by=by, target=user, detail={"email": user.email})
    invitation.delete()
    if user.last_login is None and not user.identities.exists():
        try:
            with transaction.atomic():
                user.delete()
            return
        except ProtectedError:
            pass
    leaving.deactivate(user=user, by=by)


def find(*, token: str) -> Invitation | None:
    """The invitation of a link that still works, or None: unknown, used, too old and revoked look alike (A14)."""
    found = Invitation.objects.select_related("user").filter(digest=_digest(token), accepted_at=None).first()
    return found if found and found.expires_at > timezone.now() and found.user.is_active else None


@transaction.atomic
def accept(*, invitation: Invitation, password: str | None = None) -> bool:
    """Use the link up, with a first password unless a passkey was made; False when somebody was faster."""
    once = Invitation.objects.filter(pk=invitation.pk, digest=invitation.digest, accepted_at=None)
    if not once.update(accepted_at=timezone.now()):
        return False
    if password:
        invitation.user.set_password(password)
        invitation.user.save(update_fields=["password"])
    audit.record(action="people.invitation.accept", by=invitation.user, target=invitation.user)
    return True


def render(*, message):
    """The mail with a new link; the secret stands nowhere else. None when the invitation is used or revoked."""
    invitation = Invitation.objects.filter(user=message.recipient, accepted_at=None).first()
    if invitation is None or invitation.expires_at < timezone.now():
        return None
    token = secrets.token_urlsafe(32)
    Invitation.objects.filter(pk=invitation.pk).update(digest=_digest(token), sent_at=timezone.now())
    url = settings.BASE_URL + reverse("people:join", args=[token])
    return outbox.compose(
        "invitation",
        subject=_("Your invitation"),
        user=message.recipient,
        inviter=invitation.invited_by,
        url=url,
        until=invitation.expires_at,
    )


def _invite(line, handles, by):
    name = f"{line.first_name} {line.last_name}".strip() or line.email.split("@")[0]
    handle = unique_handle(name, lambda one: skeleton(one) in handles)
    handles.add(skeleton(handle))
    names = {"first_name": line.first_name, "last_name": line.last_name}
    user = User.objects.create_user(line.email, None, handle=handle, **names)
    invitation = Invitation(user=user, invited_by=by)
    _open(invitation)
    invitation.save()
    audit.record(action="people.invitation.send", by=by, target=user, detail={"email": user.email})
    _put(invitation)
    return invitation


def _open(invitation):
    """No link works until the mail is written."""
    invitation.digest = _digest(secrets.token_urlsafe(32))
    invitation.sent_at = timezone.now()
    invitation.expires_at = invitation.sent_at + VALID


def _put(invitation):
    about = f"invitation:{invitation.pk}:{invitation.sent_at.timestamp():.6f}"
    outbox.put(event=EVENT, about=about, recipient=invitation.user)


def _digest(token):
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
