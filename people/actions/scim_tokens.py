"""Bearer tokens of SCIM clients: made and shown once, kept as SHA-256, told by whom and when they were last used."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from people import audit
from people.mastered_fields import USUAL
from people.models import DirectorySource, ScimToken

USED_EVERY = timedelta(minutes=5)  # "last used" is written no more often than that


@transaction.atomic
def add_source(*, name, issuer, contact, by) -> DirectorySource:
    """Make a directory known that will send people by SCIM; it owns the usual fields (people.mastered_fields)."""
    source = DirectorySource.objects.create(
        name=name, issuer=issuer, contact=contact, kind=DirectorySource.Kind.SCIM, fields=list(USUAL)
    )
    detail = {"name": name, "issuer": issuer, "fields": list(USUAL)}
    audit.record(action="people.source.edit", by=by, target=source, detail=detail)
    return source


@transaction.atomic
def create(*, source, label, expires_at, by) -> tuple[ScimToken, str]:
    """(the row, the secret). The secret is shown to `by` once and kept nowhere."""
    secret = f"scim_{secrets.token_urlsafe(32)}"
    token = ScimToken.objects.create(
        source=source, label=label, digest=_digest(secret), created_by=by, expires_at=expires_at
    )
    detail = {"source": source.name, "label": label, "expires_at": expires_at.isoformat()}
    audit.record(action="people.scim.token.create", by=by, target=token, detail=detail)
    return token, secret


@transaction.atomic
def revoke(*, token, by) -> None:
    """Dead with the next request. Idempotent."""
    if ScimToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now()):
        detail = {"source": token.source.name, "label": token.label}
        audit.record(action="people.scim.token.revoke", by=by, target=token, detail=detail)


def find(*, secret) -> ScimToken | None:
    """The living token of a secret, with its source: not revoked, not expired, its source switched on. One query."""
    now = timezone.now()
    token = (
        ScimToken.objects.select_related("source")
        .filter(
            digest=_digest(secret),
            revoked_at=None,
            expires_at__gt=now,
            source__is_active=True,
            source__kind=DirectorySource.Kind.SCIM,
        )
        .first()
    )
    if token and (token.last_used_at is None or token.last_used_at < now - USED_EVERY):
        unused = Q(last_used_at=None) | Q(last_used_at__lt=now - USED_EVERY)
        ScimToken.objects.filter(unused, pk=token.pk).update(last_used_at=now)
    return token


def _digest(secret):
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
