"""HTML that is the same for many readers, with holes for what is not: made once, filled for each reader (A31)."""

from collections.abc import Callable
from hashlib import blake2b

from django.core.cache import cache
from django.utils.crypto import salted_hmac

SECONDS = 900


def _hole(name):
    """The same in all processes, and nothing that somebody could type into a text: it needs the secret key."""
    return f"hole-{name}-{salted_hmac('people.fragments', name, algorithm='sha256').hexdigest()[:32]}"


# What stands in the place of a reader's own value.
TOKEN, KEY, FACE, NONCE = map(_hole, ("token", "key", "face", "nonce"))


def digest(kind: str, parts) -> str:
    """The key of a fragment: of everything that it shows. `parts`: values whose `repr` says all."""
    return f"{kind}:{blake2b(repr(parts).encode(), digest_size=20).hexdigest()}"


def fill(html: str, holes: dict[str, str]) -> str:
    """The fragment with its holes filled; the values are safe HTML."""
    for hole, value in holes.items():
        html = html.replace(hole, value)
    return html


def kept(key: str, make) -> str:
    """The fragment of this key; `make()` gives it when nobody has it."""
    html = cache.get(key)
    if html is None:
        html = str(make())
        cache.set(key, html, SECONDS)
    return html


def kept_many(keys: dict, make: Callable) -> dict:
    """{id: fragment} for `keys` {id: key}; `make(id)` gives the missing ones. Reads the cache once, writes it once."""
    found = cache.get_many(keys.values()) if keys else {}
    made = {key: str(make(one)) for one, key in keys.items() if key not in found}
    if made:
        cache.set_many(made, SECONDS)
    return {one: found.get(key) or made[key] for one, key in keys.items()}
