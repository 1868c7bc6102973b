"""What a SCIM client wishes for a group: an audience whose named members the directory decides, with effect at once.

A role comes with a group only where somebody granted it to the group's audience (people.models.RoleGrant, A8).
"""

import uuid

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.http import Http404
from django.utils import timezone
from scim2_models import InvalidValueException, UniquenessException

from people import audit
from people.actions import audiences
from people.actions.directory_groups import free_name
from people.models import Audience, DirectoryGroup, User
from people.scim import filters, group_steps, lists, rendering, values
from people.scim.group_steps import Step

CHUNK = 5000  # databases limit how many values one statement has
MOST_LOGGED = 100


@transaction.atomic
def create(*, token, group) -> DirectoryGroup:
    """A new group with its audience and members. Raises UniquenessException for an externalId that is there."""
    source, name = token.source, values.line(group.display_name, name="displayName")
    row = DirectoryGroup(source=source, external_id=_external(group.external_id), name=name)
    row.audience = Audience.objects.create(name=free_name(name=name), is_kept=True)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise UniquenessException(detail="A group with this externalId exists already.") from None
    members = group_steps.ids([_payload(member) for member in group.members or ()])
    if members:
        _Change(token, row).take(Step("add", members))
    _log(token, row, {"created": True, "name": name, "added": len(members)})
    return row


@transaction.atomic
def change(*, token, key, steps, check) -> DirectoryGroup:
    """Take the steps in their order, all or none. Raises Http404, SCIMException, what `check(version)` raises."""
    row = _locked(token, key)
    check(rendering.group(row).meta.version)
    change = _Change(token, row)
    for step in steps:
        change.take(step)
    return change.finish()


def replace(*, token, key, group, check) -> DirectoryGroup:
    """PUT: name, externalId and exactly these members. Raises as `change`."""
    members = group_steps.ids([_payload(member) for member in group.members or ()])
    steps = [
        Step("name", group.display_name),
        Step("external_id", group.external_id),
        Step("replace", members),
    ]
    return change(token=token, key=key, steps=steps, check=check)


@transaction.atomic
def remove(*, token, key, check) -> None:
    """The group goes, and with it what its members could read by it. An audience in use stays, without anybody."""
    row = _locked(token, key)
    check(rendering.group(row).meta.version)
    audience, name = row.audience, row.name
    _log(token, row, {"removed": True, "name": name})
    row.delete()
    if audience is None:
        return
    audience.role_grants.all().delete()
    audience.extra_members.clear()
    audiences.recompute(audience=audience)
    try:
        with transaction.atomic():
            audience.delete()
    except ProtectedError:  # blogs or articles are for it: it stays for people to decide
        Audience.objects.filter(pk=audience.pk).update(is_kept=False)


class _Change:
    """One change of one group: what was done, for the log, and how people are found."""

    def __init__(self, token, row):
        self.token, self.row, self.done = token, row, {}

    def take(self, step):
        """Carry out one step at once."""
        getattr(self, f"_{step.what}")(step.value)

    def finish(self):
        """Save and log when anything was changed; gives the row."""
        if self.done:
            self.row.version += 1
            self.row.changed_at = timezone.now()
            self.row.save()
            _log(self.token, self.row, self.done)
        return self.row

    def _name(self, value):
        name = values.line(value if isinstance(value, str) else "", name="displayName")
        if name != self.row.name:
            self.done["name"] = [self.row.name, name]
            self.row.name = name
            Audience.objects.filter(pk=self.row.audience_id).update(
                name=free_name(name=name, own=self.row.audience_id)
            )

    def _external_id(self, value):
        external = _external(value)
        if external.startswith(rendering.MADE) and self.row.external_id.startswith(rendering.MADE):
            return
        same = DirectoryGroup.objects.filter(source=self.row.source, external_id=external)
        if same.exclude(pk=self.row.pk).exists():
            raise UniquenessException(detail="A group with this externalId exists already.")
        if external != self.row.external_id:
            self.done["external_id"] = [self.row.external_id, external]
            self.row.external_id = external

    def _add(self, keys):
        wanted = self._users(keys, strict=True)
        self._name_members(wanted - self._named(among=wanted))

    def _replace(self, keys):
        wanted, named = self._users(keys, strict=True), self._named()
        self._forget_members(named - wanted)
        self._name_members(wanted - named)

    def _remove(self, keys):
        unwanted = self._users(keys, strict=False)
        self._forget_members(self._named(among=unwanted))

    def _remove_where(self, expression):
        wanted = filters.condition(expression, columns=group_steps.MEMBERS, source=self.token.source)
        found = lists.people(self.token.source).filter(wanted)
        self._forget_members(self._named(found))

    def _clear(self, _value):
        self._forget_members(self._named())

    def _named(self, accounts=None, among=None):
        """Ids of the group's people whom the client knows, all or those `among` some: no need to read the others."""
        accounts = lists.people(self.token.source) if accounts is None else accounts
        named = self.row.audience.extra_members.filter(pk__in=accounts.values("identity__user"))
        if among is not None and len(among) <= CHUNK:
            named = named.filter(pk__in=among)
        found = set(named.values_list("pk", flat=True))
        return found if among is None else found & among

    def _users(self, keys, *, strict):
        """Ids of users by ids of the wire; unknown ones are refused when `strict`, else left out."""
        numbers = set()
        for key in set(keys):
            try:
                numbers.add(rendering.number(key, "p"))
            except Http404:
                if strict:
                    raise _nobody(key) from None
        found = {}
        for chunk in _chunks(sorted(numbers)):
            rows = lists.people(self.token.source).filter(pk__in=chunk)
            found |= dict(rows.values_list("pk", "identity__user_id"))
        if strict and numbers - found.keys():
            raise _nobody(f"p{min(numbers - found.keys())}")
        return set(found.values())

    def _name_members(self, pks):
        audience = self.row.audience
        if len(pks) == 1:
            audiences.add_member(audience=audience, user=User.objects.get(pk=min(pks)))
        elif pks:
            for chunk in _chunks(sorted(pks)):
                audience.extra_members.add(*chunk)
            audiences.recompute(audience=audience)
        self._note("added", pks)

    def _forget_members(self, pks):
        audience = self.row.audience
        if len(pks) == 1:
            audiences.remove_member(audience=audience, user=User.objects.get(pk=min(pks)))
        elif pks:
            for chunk in _chunks(sorted(pks)):
                audience.extra_members.remove(*chunk)
            audiences.recompute(audience=audience)
        self._note("removed", pks)

    def _note(self, what, pks):
        if pks:
            self.done[what] = [*self.done.get(what, ()), *sorted(pks)][:MOST_LOGGED]
            self.done[f"{what}_count"] = self.done.get(f"{what}_count", 0) + len(pks)


def _locked(token, key):
    pk = rendering.number(key, "g")
    row = DirectoryGroup.objects.select_for_update().filter(pk=pk, source=token.source).first()
    if row is None:
        raise Http404
    if row.audience_id is None:
        row.audience = Audience.objects.create(name=free_name(name=row.name), is_kept=True)
        row.save(update_fields=["audience"])
    return row


def _external(value):
    if value is None or value == "":
        return f"{rendering.MADE}{uuid.uuid4()}"
    external = values.line(value if isinstance(value, str) else "", name="externalId")
    if external.startswith(rendering.MADE):
        raise InvalidValueException(detail=f"An externalId does not begin with {rendering.MADE}")
    return external


def _payload(member):
    return {"value": member.value, "$ref": member.ref, "type": member.type}


def _nobody(key):
    return InvalidValueException(detail=f"There is no person {key[:60]}.")


def _chunks(pks):
    return [pks[start : start + CHUNK] for start in range(0, len(pks), CHUNK)]


def _log(token, row, detail):
    detail = {"source": token.source.name, "token": token.label, **detail}
    audit.record(action="people.scim.group", by=None, target=row, detail=detail)
