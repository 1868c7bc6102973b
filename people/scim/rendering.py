"""How rows look on the wire: ids, addresses, resources and their version. Asks no query of its own."""

import hashlib
import json
import re

from django.conf import settings
from django.http import Http404
from scim2_models import Meta

from people.scim import wire

# Subjects and group names that we made up because the client sent no externalId.
MADE = "scim:"
ROOT = "/scim/v2"


def person_id(account):
    """The id of a person: a number of ours behind a letter, so that no person and group share one."""
    return f"p{account.pk}"


def group_id(group):
    """The id of a group."""
    return f"g{group.pk}"


def number(text, letter):
    """The row's number in an id; raises Http404 for what is none."""
    found = re.fullmatch(f"{letter}([1-9][0-9]{{0,17}})", str(text))
    if not found:
        raise Http404
    return int(found[1])


def location(kind, key):
    """The address of a resource."""
    return f"{settings.BASE_URL}{ROOT}/{kind}/{key}"


def person(account, *, manager=None):
    """A wire.User of a ScimAccount with identity, user, department and location; `manager` is a ScimAccount."""
    user = account.user
    enterprise = wire.EnterpriseUser(
        department=user.department.name if user.department_id else None,
        manager=_reference(manager) if manager else None,
    )
    found = wire.User(
        id=person_id(account),
        external_id=_external(account.identity.subject),
        user_name=account.user_name,
        name=wire.PersonName(given_name=user.first_name or None, family_name=user.last_name or None),
        display_name=user.name,
        title=user.job_title or None,
        user_type=user.employment or None,
        preferred_language=user.locale or None,
        active=user.is_active,
        emails=[wire.Email(value=user.email, type="work")],
        phone_numbers=[
            wire.PhoneNumber(value=value, type=kind)
            for kind, value in (("work", user.phone), ("mobile", user.mobile))
            if value
        ]
        or None,
        addresses=[wire.Address(locality=user.location.name, type="work")] if user.location_id else None,
    )
    if enterprise.department or enterprise.manager:
        found[wire.EnterpriseUser] = enterprise
    return _described(found, "User", f"Users/{found.id}", account)


def group(row, *, members=()):
    """A wire.Group of a DirectoryGroup; `members` are ids of ScimAccount, None where nobody asked for them."""
    found = wire.Group(
        id=group_id(row),
        external_id=_external(row.external_id),
        display_name=row.name,
        members=[
            wire.Member(value=f"p{pk}", ref=location("Users", f"p{pk}"), type="User") for pk in members or ()
        ]
        or None,
    )
    return _described(found, "Group", f"Groups/{found.id}", row, version=f"{row.pk}-{row.version}")


def _reference(account):
    key = person_id(account)
    return wire.Manager(value=key, ref=location("Users", key))


def _external(subject):
    return None if subject.startswith(MADE) else subject


def _described(found, kind, path, row, version=""):
    if not version:
        content = json.dumps(found.model_dump(), sort_keys=True, default=str)
        version = hashlib.sha256(content.encode()).hexdigest()[:24]
    found.meta = Meta(
        resource_type=kind,
        created=row.created_at,
        last_modified=row.changed_at,
        location=f"{settings.BASE_URL}{ROOT}/{path}",
        version=f'W/"{version}"',
    )
    return found
