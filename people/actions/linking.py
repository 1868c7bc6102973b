"""Whose account somebody enters who was recognised elsewhere: by issuer and subject, never by address (A11)."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction

from people import audit
from people.actions import mastering
from people.models import DirectorySource, Identity, User


@dataclass(frozen=True)
class Claim:
    """What a provider says of a person. `directory`: the issuer under which SCIM or a sync knows the same subjects.

    `values` are columns of User, `email` among them; they fill a new account and never find one.
    """

    issuer: str
    subject: str
    directory: str = ""
    name: str = ""
    values: dict = field(default_factory=dict)


class Refused(Exception):
    """Nobody enters. `reason`: "taken" (the address is another account's), "unknown" (no account), "address"."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


@transaction.atomic
def enter(*, claim: Claim, may_create: bool) -> User:
    """The account of the claim: linked, provisioned by its directory, or with `may_create` a new one.

    A person whom a directory brought is linked to this provider as well, and logged. Raises Refused. Whether the
    account is active is the sign-in's question.
    """
    if not claim.subject or len(claim.subject) > 255:
        raise Refused("unknown")
    known = Identity.objects.select_related("user").filter(subject=claim.subject)
    identity = known.filter(issuer=claim.issuer).first()
    if identity is not None:
        return identity.user
    identity = known.filter(issuer=claim.directory).first() if claim.directory else None
    if identity is not None:
        return _link(identity.user, claim)
    if not may_create:
        taken = User.objects.filter(email=_address(claim)).exists()
        raise Refused("taken" if taken else "unknown")
    return _create(claim)


def _link(user, claim):
    Identity.objects.get_or_create(issuer=claim.issuer, subject=claim.subject, defaults={"user": user})
    audit.record(action="people.sign_in.linked", by=None, target=user, detail={"issuer": claim.issuer})
    return user


def _create(claim):
    """A source that is not stored owns no field: the person may change later what the provider said first."""
    source = DirectorySource(name=claim.name or claim.issuer, issuer=claim.issuer)
    values = {name: value for name, value in claim.values.items() if value}
    try:
        user = mastering.create(source=source, subject=claim.subject, values=values)
    except ValidationError as error:
        problems = [one for many in getattr(error, "error_dict", {"": [error]}).values() for one in many]
        raise Refused("taken" if any(one.code == "taken" for one in problems) else "address") from error
    audit.record(action="people.create", by=None, target=user, detail={"issuer": claim.issuer})
    return user


def _address(claim):
    return str(claim.values.get("email") or "").strip().casefold()
