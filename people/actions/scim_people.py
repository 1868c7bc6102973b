"""What a SCIM client wishes for a person. Values go through mastering, going and coming back through leaving (A12).

A client changes only people of its own source, who are known by (issuer, subject) and never by address (A11).
"""

import uuid

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models.functions import Lower
from django.http import Http404
from django.utils import timezone
from scim2_models import InvalidValueException, UniquenessException

from people import audit
from people.actions import audiences, leaving, mastering
from people.mastered_fields import as_text
from people.models import Identity, ScimAccount, User
from people.scim import lists, rendering, values


def create(*, token, person) -> ScimAccount:
    """A new colleague, or one of this directory who was known by a sign-in or removed before.

    Raises UniquenessException where userName, externalId or address are taken. An address of another account is
    reported in the audit log of that account; nobody is ever taken over by an address.
    """
    try:
        return _create(token=token, person=person)
    except ValidationError as problem:
        _refuse_taken(token, person, problem)
        raise
    except IntegrityError:  # two requests at the same time
        raise UniquenessException(detail="This person exists already.") from None


def change(*, token, key, wish, check) -> ScimAccount:
    """Bring a person in line with `wish(current)`, which gives the wire.User wanted from the one that is there.

    `check(version)` raises for a version that the client did not expect. Raises as `create`, and Http404.
    """
    wished = []

    def remembered(current):
        wished[:] = [wish(current)]
        return wished[0]

    try:
        return _change(token=token, key=key, wish=remembered, check=check)
    except ValidationError as problem:
        _refuse_taken(token, wished[0], problem)
        raise
    except IntegrityError:
        raise UniquenessException(detail="userName or externalId belong to another person.") from None


@transaction.atomic
def remove(*, token, key, check) -> None:
    """The person leaves (A12), what they wrote stays; the row is absent for the client. Raises Http404."""
    account = _locked(token, key)
    check(rendering.person(account, manager=_manager_of(token, account)).meta.version)
    if account.user.is_active:
        leaving.deactivate(user=account.user)
    account.removed_at = account.changed_at = timezone.now()
    account.save(update_fields=["removed_at", "changed_at"])
    _log(token, "delete", account.user, user_name=account.user_name)


@transaction.atomic
def _create(*, token, person):
    source, name = token.source, values.line(person.user_name, name="userName")
    _refuse_user_name(source, name)
    subject = _subject(person.external_id)
    wanted = values.with_a_name(values.of(person), person)
    manager, unknown = _manager(source, person)
    if manager:
        wanted["manager"] = manager
    identity = (
        Identity.objects.select_related("user", "scim_account")
        .filter(issuer=source.issuer, subject=subject)
        .first()
    )
    if identity:
        account = _adopt(source, identity, name, wanted, active=person.active is not False)
    else:
        active = person.active is not False
        mastering.create(source=source, subject=subject, values={**wanted, "is_active": active})
        identity = Identity.objects.select_related("user").get(issuer=source.issuer, subject=subject)
        account = ScimAccount.objects.create(source=source, identity=identity, user_name=name)
    _log(token, "create", account.user, user_name=name, **unknown)
    return account


def _adopt(source, identity, name, wanted, *, active):
    account = getattr(identity, "scim_account", None) or ScimAccount(source=source, identity=identity)
    if account.pk and account.removed_at is None:
        raise UniquenessException(detail="A person with this externalId exists already.")
    account.user_name, account.removed_at, account.changed_at = name, None, timezone.now()
    account.save()
    mastering.write(user=identity.user, source=source, values=wanted)
    _activate(identity.user, active)
    return account


@transaction.atomic
def _change(*, token, key, wish, check):
    account, source = _locked(token, key), token.source
    before = rendering.person(account, manager=_manager_of(token, account))
    check(before.meta.version)
    after = wish(before.model_copy(deep=True))
    known = _rename(source, account, after)
    new, old = _new_values(before, after), _texts(account.user)
    unknown = {}
    if values.manager_key(after) != values.manager_key(before):
        manager, unknown = _manager(source, after)
        if not unknown:
            new["manager"] = manager
    changed = mastering.write(user=account.user, source=source, values=new) if new else set()
    now = _texts(account.user)
    turned = _activate(account.user, after.active)
    known |= {column: [old.get(column), now.get(column)] for column in sorted(changed)}
    if known or turned:
        account.changed_at = timezone.now()
        account.save(update_fields=["user_name", "changed_at"])
    if known or unknown:
        _log(token, "update", account.user, changed=known, **unknown)
    if turned:
        _log(token, turned, account.user)
    return account


def _new_values(before, after):
    """What differs; an address that was the userName follows it."""
    old, new = values.of(before), values.of(after)
    named = (before.user_name or "").casefold()
    if old.get("email") == named == new.get("email") and after.user_name.casefold() != named:
        follows = values.of(after.model_copy(update={"emails": None}))
        new |= {name: follows[name] for name in ("email",) if name in follows}
    return {name: value for name, value in new.items() if value != old.get(name)}


def _rename(source, account, after):
    """userName and externalId; {name: [old, new]} of what changed."""
    changed, name = {}, values.line(after.user_name, name="userName")
    if name != account.user_name:
        _refuse_user_name(source, name, but=account)
        changed["user_name"] = [account.user_name, name]
        account.user_name = name
    identity, subject = account.identity, _subject(after.external_id)
    made = subject.startswith(rendering.MADE) and identity.subject.startswith(rendering.MADE)
    if subject != identity.subject and not made:
        if Identity.objects.filter(issuer=source.issuer, subject=subject).exists():
            raise UniquenessException(detail="This externalId belongs to another person.")
        changed["external_id"] = [identity.subject, subject]
        identity.subject = subject
        identity.save(update_fields=["subject"])
    return changed


def _activate(user, active):
    """Follow `active`; None leaves it. Returns the name of what happened, or ""."""
    if active is False and user.is_active:
        leaving.deactivate(user=user)
        return "deactivate"
    if active is True and not user.is_active:
        leaving.reactivate(user=user)
        audiences.recompute_for(users=[user])  # rules only: what was given by name was taken
        return "reactivate"
    return ""


def _locked(token, key):
    pk = rendering.number(key, "p")
    if not ScimAccount.objects.select_for_update().filter(pk=pk, source=token.source).exists():
        raise Http404
    account = lists.people(token.source).filter(pk=pk).first()
    if account is None:
        raise Http404
    return account


def _manager_of(token, account):
    return lists.managers_of(token.source, [account]).get(account.user.manager_id)


def _manager(source, person):
    """(the manager's user or None, {"manager_unknown": key} for the log): known by id, externalId or userName."""
    key = values.manager_key(person)
    if not key:
        return None, {}
    found = lists.people(source).annotate(lower=Lower("user_name"))
    try:
        account = found.filter(pk=rendering.number(key, "p")).first()
    except Http404:
        account = None
    account = (
        account or found.filter(identity__subject=key).first() or found.filter(lower=key.lower()).first()
    )
    return (account.user, {}) if account else (None, {"manager_unknown": key[:255]})


def _subject(external):
    if not (external or "").strip():
        return f"{rendering.MADE}{uuid.uuid4()}"
    subject = values.line(external, name="externalId")
    if subject.startswith(rendering.MADE):
        raise InvalidValueException(detail=f"An externalId does not begin with {rendering.MADE}")
    return subject


def _refuse_user_name(source, name, but=None):
    same = lists.people(source).annotate(lower=Lower("user_name")).filter(lower=name.lower())
    if same.exclude(pk=but.pk if but else None).exists():
        raise UniquenessException(detail="This userName belongs to another person.")


def _refuse_taken(token, person, problem):
    """An address of another account: 409 for the client, a row in the log for people."""
    errors = getattr(problem, "error_dict", {}).get("email", [])
    if not any(error.code == "taken" for error in errors):
        return
    address = values.of(person).get("email", "")
    holder = User.objects.filter(email=address.strip().casefold()).first()
    if holder:
        _log(token, "refused", holder, user_name=person.user_name, external_id=person.external_id)
    raise UniquenessException(detail="The address belongs to another account.") from problem


def _texts(user):
    """The columns as the log shows them."""
    names = ("email", "first_name", "last_name", "job_title", "employment", "phone", "mobile", "locale")
    return {name: as_text(getattr(user, name)) for name in (*names, "department", "location", "manager")}


def _log(token, what, user, **detail):
    detail = {"source": token.source.name, "token": token.label, **detail}
    audit.record(action=f"people.scim.{what}", by=None, target=user, detail=detail)
