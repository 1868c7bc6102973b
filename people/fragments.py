"""HTML that is the same for many readers, with holes for what is not: made once, filled for each reader (A31)."""

from hashlib import blake2b

from django.core.cache import cache

# What stands in the place of a reader's own value. No text that people type can hold a zero-width joiner in a row.
TOKEN, KEY, FACE, NONCE = (f"\u200d\u200d{name}\u200d\u200d" for name in ("token", "key", "face", "nonce"))
SECONDS = 900


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
