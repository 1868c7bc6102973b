"""How much one person may do in a while (T11). Counted in the shared cache; without one, in each process."""

import hashlib
import time

from django.core.cache import cache

# action: (at most, per seconds) — requirements.md, T11
LIMITS = {
    "post": (10, 60),
    "comment": (30, 60),
    "reaction": (60, 60),
    "upload": (20, 3600),
    "report": (10, 60),
    "community": (30, 3600),  # made, asked, invited
    "export": (5, 3600),
    "draft": (120, 60),
    "scim": (3000, 60),  # per token; Entra ID asks for 25 a second
    "scim_refused": (100, 300),  # per network address
}


class TooMany(Exception):
    """The limit is reached; `retry_after` seconds until the next attempt makes sense. Answered with 429."""

    def __init__(self, retry_after):
        super().__init__(f"retry after {retry_after} s")
        self.retry_after = retry_after


def check(user, action, *, once=""):
    """Count one `action` of `user`; raises TooMany beyond the limit. Fixed windows; no effect on other users.

    `once`: an idempotency key. Requests with the same key are counted once, also those that arrive before the first
    one is done (T11, T13).
    """
    most, seconds = LIMITS[action]
    now = int(time.time())
    seen = f"limit:{action}:{user.pk}:{hashlib.sha256(once.encode(errors='replace')).hexdigest()[:32]}"
    if once and not cache.add(seen, 1, seconds):
        return
    window = now // seconds
    key = f"limit:{action}:{user.pk}:{window}"
    cache.add(key, 0, seconds + 5)
    try:
        used = cache.incr(key)
    except ValueError:  # the entry expired between the two calls
        return
    if used > most:
        cache.delete(seen)  # refused, so the next attempt with this key is counted again
        raise TooMany((window + 1) * seconds - now)
