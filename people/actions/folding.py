"""The words under which the directory finds somebody: `User.folded`, written whenever what they come from changed.

Call `refold` after a change of name, handle, role, department, location, skills, phone numbers, or of who may see them.
"""

from django.db import transaction
from django.db.models import prefetch_related_objects

from people.field_visibility import for_everyone, rules
from people.folding import fold, words
from people.models import PersonSkill, User

__all__ = ["fold", "refold"]

BATCH = 500


@transaction.atomic
def refold(*, users) -> int:
    """Write `folded` of `users` (an iterable) from what every colleague may see of them; returns how many changed.

    Reads department, location and skills in a constant number of queries for every 500 people; the instances given
    are brought up to date too.
    """
    users, given, changed = list(users), rules(), 0
    for start in range(0, len(users), BATCH):
        batch = users[start : start + BATCH]
        prefetch_related_objects(batch, "department", "location")
        skills = _skills(batch)
        differing = []
        for user in batch:
            found = words(user, for_everyone(user, given), skills.get(user.pk, ()))
            if user.folded != found:
                user.folded = found
                differing.append(user)
        User.objects.bulk_update(differing, ["folded"])
        changed += len(differing)
    return changed


def _skills(users):
    """Their skills by user, read afresh: what an instance had prefetched may be older than the change."""
    found = {}
    rows = PersonSkill.objects.filter(content_object__in=users).order_by("pk")
    for user, name in rows.values_list("content_object_id", "tag__name"):
        found.setdefault(user, []).append(name)
    return found
