"""Whatever changes how somebody signs in is logged and told to them by mail, in case it was not they."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import audit, outbox
from people.models import User

EVENT = "people.security"
# kind: (action of the log, subject of the mail)
KINDS = {
    "password_changed": ("people.password.change", gettext_lazy("Your password was changed")),
    "password_set": ("people.password.change", gettext_lazy("Your account has a password now")),
    "password_reset": ("people.password.reset", gettext_lazy("Your password was set anew")),
    "totp_activated": ("people.factor.add", gettext_lazy("An authenticator app was added to your account")),
    "totp_deactivated": (
        "people.factor.remove",
        gettext_lazy("The authenticator app was removed from your account"),
    ),
    "webauthn_added": ("people.factor.add", gettext_lazy("A passkey was added to your account")),
    "webauthn_removed": ("people.factor.remove", gettext_lazy("A passkey was removed from your account")),
    "recovery_codes_generated": ("people.factor.add", gettext_lazy("Your account has new recovery codes")),
}


@transaction.atomic
def tell(*, user: User, kind: str, device: str) -> None:
    """Log the change and put the mail; unknown kinds are nothing that changes signing in."""
    if kind not in KINDS:
        return
    now = timezone.now()
    audit.record(action=KINDS[kind][0], by=user, target=user, detail={"kind": kind, "device": device})
    data = {"kind": kind, "device": device, "at": now.isoformat()}
    outbox.put(event=EVENT, about=f"{kind}:{now.timestamp():.6f}", recipient=user, data=data)


def render(*, message):
    """The mail: what, when, on which device, and what to do when it was somebody else."""
    kind = message.data.get("kind", "")
    if kind not in KINDS:
        return None
    at = datetime.fromisoformat(message.data["at"])
    subject = str(KINDS[kind][1])
    return outbox.compose(
        "security",
        subject=subject,
        user=message.recipient,
        device=message.data["device"] or _("unknown"),
        at=at,
    )
