"""The company says what people may decide about who sees their fields; what is kept for everyone follows at once."""

from django.db import transaction

from people import audit
from people.actions.folding import refold
from people.field_visibility import rules
from people.models import FieldRule, User


@transaction.atomic
def change(*, wanted, by) -> set[str]:
    """Store `wanted` {field: Rule}; returns the changed fields. Narrowing acts with the next request, in searches too.

    The words by which the directory finds people are written anew for all of them, in the same transaction.
    """
    before = rules()
    changed = {name for name, rule in wanted.items() if rule != before[name]}
    for name in sorted(changed):
        row, _created = FieldRule.objects.update_or_create(
            field=name, defaults={"allowed": list(wanted[name].allowed), "default": wanted[name].default}
        )
        detail = {
            key: [list(rule.allowed), rule.default]
            for key, rule in (("old", before[name]), ("new", wanted[name]))
        }
        audit.record(action="people.field_limits", by=by, target=row, detail={"field": name, **detail})
    if changed:
        refold(users=User.objects.present().iterator(chunk_size=1000))
    return changed
