"""Directory sources as administrators set them up, and identities that they link by hand. All of it is logged."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from people import audit
from people.models import DirectorySource, Identity, User


@transaction.atomic
def save(*, source: DirectorySource, by: User) -> DirectorySource:
    """Keep a new or changed source; what changed is in the log."""
    before = DirectorySource.objects.filter(pk=source.pk).first() if source.pk else None
    source.save()
    pairs = {name: [_plain(before, name), _plain(source, name)] for name in _LOGGED}
    detail = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    audit.record(action="people.source.edit", by=by, target=source, detail=detail)
    return source


_LOGGED = (
    "name", "issuer", "fields", "rank", "contact", "column_map", "options", "stop_above_percent", "is_active",
)  # fmt: skip


def _plain(source, name):
    return getattr(source, name) if source is not None else None


@transaction.atomic
def link(*, user: User, issuer: str, subject: str, by: User) -> Identity:
    """Say by hand that (issuer, subject) is `user`. Raises ValidationError when it is somebody else (A11)."""
    identity, made = Identity.objects.get_or_create(issuer=issuer, subject=subject, defaults={"user": user})
    if identity.user_id != user.pk:
        message = _("This subject is linked to %(name)s already. Take that link away first.")
        raise ValidationError(message, code="taken", params={"name": identity.user.name})
    if made:
        _log("people.sign_in.linked", identity, by)
    return identity


@transaction.atomic
def unlink(*, identity: Identity, by: User) -> None:
    """(issuer, subject) is nobody any more: a directory that still knows it takes it for somebody new."""
    _log("people.sign_in.unlinked", identity, by)
    identity.delete()


def _log(action, identity, by):
    detail = {"issuer": identity.issuer, "subject": identity.subject, "by_hand": True}
    audit.record(action=action, by=by, target=identity.user, detail=detail)
