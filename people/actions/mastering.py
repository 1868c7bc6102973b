"""The one door for what directories say about people (SCIM, LDAP, files): fields have an owner, ranks decide."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people import bulk
from people.actions import audiences, folding, handles
from people.actions.places import Places
from people.field_visibility import for_everyone, rules
from people.folding import words
from people.handles import skeleton, unique_handle
from people.mastered_fields import as_text, cleaned, decide
from people.models import DirectorySource, FieldConflict, Identity, User

# What decides about audiences.
RULING = {"department", "location", "employment", "languages", "is_active"}
BATCH = 500


@transaction.atomic
def write(*, user, source, values: dict) -> set[str]:
    """Take over what `source` says of `user`, as far as it owns it; returns the changed columns. Saves.

    `department` and `location` are names (or a path of names) or rows, `manager` is a User. What is not named stays;
    an empty value empties what the source had written. Where two sources own a field, the lower rank wins and the
    other's value becomes a FieldConflict. Whether somebody is active is not a value: people.actions.leaving. Raises
    ValidationError by field: too long, no address, or an address that another account has (code "taken").
    """
    values = cleaned(values)
    user.mastered = User.objects.select_for_update(no_key=True).get(pk=user.pk).mastered
    if "email" in source.fields and values.get("email", user.email) != user.email:
        _refuse_taken(values["email"], but=user)
    return set(write_many(source=source, rows=[(user, values)])[user.pk])


@transaction.atomic
def write_many(*, source, rows, places=None) -> dict[int, dict]:
    """As `write` for many people, with cleaned values and free addresses.

    Returns for each user id the changed columns with what stood there before.
    """
    sources, places = DirectorySource.objects.in_bulk(), places or Places()
    decisions = {}
    for user, values in rows:
        known = {name: value for name, value in values.items() if name in source.fields}
        decisions[user.pk] = decide(user=user, source=source, values=places.resolved(known), sources=sources)
    by_pk = {user.pk: user for user, _values in rows}
    changed = {pk: decision.changed for pk, decision in decisions.items()}
    _save(by_pk, changed)
    _keep_conflicts(by_pk, decisions)
    for names in changed.values():
        names.pop("mastered", None)
    _follow(users=[by_pk[pk] for pk, names in changed.items() if names], names=set().union(*changed.values()))
    return changed


@transaction.atomic
def create(*, source, subject, values: dict) -> User:
    """A new account without a password, known to `source` as `subject`; the handle is made from the name.

    `values` as in `write`, with `email`; also of fields that the source does not own (people change those later) and
    `is_active`. Raises ValidationError by field, code "taken" where address or subject belong to somebody.
    """
    values = {**cleaned(values), "is_active": values.get("is_active", True)}
    _refuse_taken(values.get("email") or _no_address())
    if Identity.objects.filter(issuer=source.issuer, subject=subject).exists():
        raise ValidationError(_("This person is known already."), code="taken")
    return create_many(source=source, rows=[(subject, values)])[0]


@transaction.atomic
def create_many(*, source, rows, places=None, taken=None) -> list[User]:
    """As `create` for many, with cleaned values, free addresses and new subjects; in the order of `rows`.

    `taken`: `handles.taken()`, for a caller who comes several times; it grows.
    """
    places, taken, given = places or Places(), handles.taken() if taken is None else taken, rules()
    users = [_new(source, places.resolved(values), taken, given) for _subject, values in rows]
    User.objects.bulk_create(users, batch_size=BATCH)
    Identity.objects.bulk_create(
        [
            Identity(user=user, issuer=source.issuer, subject=subject)
            for user, (subject, _values) in zip(users, rows, strict=True)
        ],
        batch_size=BATCH,
    )
    audiences.recompute_for(users=users)
    return users


def locked_fields(*, user) -> dict[str, DirectorySource]:
    """Fields of `user` that come from a directory, each with its source: the person cannot edit them. One query."""
    sources = DirectorySource.objects.filter(is_active=True).in_bulk(set(user.mastered.values()))
    found = {name: sources.get(pk) for name, pk in user.mastered.items()}
    return {name: source for name, source in found.items() if source and name in source.fields}


def _no_address():
    raise ValidationError({"email": ValidationError(_("An e-mail address is needed."), code="required")})


def _refuse_taken(address, but=None):
    if User.objects.filter(email=address).exclude(pk=but.pk if but else None).exists():
        problem = ValidationError(_("This address belongs to another account."), code="taken")
        raise ValidationError({"email": problem})


def _new(source, values, taken, given):
    """An unsaved account, with the words it is found by; its handle looks like no other's in `taken`, which grows."""
    name = f"{values.get('first_name', '')} {values.get('last_name', '')}".strip()
    handle = unique_handle(name or values["email"].split("@")[0], lambda one: skeleton(one) in taken)
    taken.add(skeleton(handle))
    user = User(**values, handle=handle)
    user.mastered = {name: source.pk for name, value in values.items() if value and name in source.fields}
    if user.left_on and user.left_on < timezone.localdate():
        user.is_active = False
    user.set_unusable_password()
    user.folded = words(user, for_everyone(user, given), ())
    return user


def _save(by_pk, changed):
    """One statement for all whose same columns change: nobody's other columns are written."""
    alike = {}
    for pk, names in changed.items():
        if names:
            alike.setdefault(frozenset(names), []).append(by_pk[pk])
    for names, users in alike.items():
        bulk.update(users, sorted(names))


def _keep_conflicts(by_pk, decisions):
    """Conflict rows follow the decisions; those that stay as they are are not touched."""
    found = (
        FieldConflict.objects.filter(user__in=list(by_pk)) if len(by_pk) < BATCH else FieldConflict.objects
    )
    wanted = {
        (pk, *key): value for pk, decision in decisions.items() for key, value in decision.conflicts.items()
    }
    gone = []
    for row in found.all():
        decision, key = decisions.get(row.user_id), (row.user_id, row.source_id, row.field)
        if wanted.get(key) == row.value:
            del wanted[key]
        elif decision and key not in wanted and _is_settled(row, decision, by_pk[row.user_id]):
            gone.append(row.pk)
    FieldConflict.objects.filter(pk__in=gone).delete()
    FieldConflict.objects.bulk_create(
        [
            FieldConflict(user_id=pk, source_id=source, field=name, value=value)
            for (pk, source, name), value in wanted.items()
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["user", "source", "field"],
        update_fields=["value", "seen_at"],
    )


def _is_settled(row, decision, user):
    if (row.source_id, row.field) in decision.settled:
        return True
    return (None, row.field) in decision.settled and as_text(getattr(user, row.field)) == row.value


def _follow(*, users, names):
    """What is computed from a person's row follows it: the words they are found by, their audiences."""
    folding.refold(users=users)
    if users and RULING & set(names):
        audiences.recompute_for(users=users)
