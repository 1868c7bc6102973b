"""Numbers beside the names of streams."""

import hashlib

from django.core.cache import cache

from feed.models import Question

SECONDS = 60


def open_questions(user) -> int:
    """How many open questions `user` may read; kept for a minute for everybody who may read the same."""
    audiences = ",".join(map(str, sorted(user.access.audience_ids)))
    key = f"questions:open:{hashlib.sha256(audiences.encode()).hexdigest()[:24]}"
    found = cache.get(key)
    if found is None:
        found = Question.objects.visible_to(user).listed().open().count()
        cache.set(key, found, SECONDS)
    return found
