"""A person changes a part of their own profile: locked fields stay, two windows never overwrite each other (A33)."""

import hashlib
import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from people.actions import audiences, skills
from people.actions.folding import refold
from people.actions.mastering import RULING, locked_fields
from people.models import User


class Conflict(Exception):
    """The part was changed since the form was made; `current` is the person as stored now."""

    def __init__(self, current):
        super().__init__("changed meanwhile")
        self.current = current


def values_of(*, user, block) -> dict:
    """What is stored for `block`, by column; a query for skills."""
    return {
        name: skills.names_of(user=user) if name == "skills" else getattr(user, name)
        for name in block.columns
    }


def version_of(*, user, block) -> str:
    """A mark that changes with what is stored for `block`, for the hidden field of its form."""
    shown_to = {name: user.shown_to.get(name) for name in block.restricted}
    stored = json.dumps([values_of(user=user, block=block), shown_to], cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(stored.encode()).hexdigest()[:20]


@transaction.atomic
def change(*, user, block, values, shown_to, version) -> set[str]:
    """Store cleaned `values` by column and `shown_to` by field of `block`; returns the changed columns.

    What a directory owns stays as it is. What the directory finds, and audiences by language, follow.
    Raises Conflict when `version` is not that of what is stored.
    """
    person = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if version_of(user=person, block=block) != version:
        raise Conflict(person)
    own = {name: value for name, value in values.items() if name not in _locked(person)}
    chosen = {name: choice for name, choice in shown_to.items() if name in block.restricted}
    changed = set()
    if "skills" in own and skills.replace(user=person, names=own.pop("skills")):
        changed.add("skills")
    for name, value in {**own, "shown_to": {**person.shown_to, **chosen}}.items():
        if getattr(person, name) != value:
            setattr(person, name, value)
            changed.add(name)
    person.save(update_fields=sorted(changed - {"skills"}))
    if changed:
        refold(users=[person])
    if changed & RULING:
        audiences.recompute_for(users=[person])
    return changed


def _locked(person):
    """Columns that a directory owns."""
    names = set(locked_fields(user=person))
    return names | {"deputy_id"} if "deputy" in names else names


def dismiss_hint(*, user) -> None:
    """Never again say what is missing on the profile."""
    User.objects.filter(pk=user.pk, hint_dismissed_at=None).update(hint_dismissed_at=timezone.now())
