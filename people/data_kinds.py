"""Kinds of personal data: what is kept of whom, who sees it, how long. The page that tells everybody reads this, and
so does the clock that forgets. Upper packages register in AppConfig.ready.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class DataKind:
    """`days`: name of the field of PrivacyRules that says how long; `kept`: words where it is no number of days.

    `prune(before)` removes what is older and returns how many.
    """

    key: str
    label: Any
    what: Any
    seen_by: Any
    kept: Any = ""
    days: str = ""
    prune: Callable | None = None


kinds: dict[str, DataKind] = {}


def register(kind: DataKind) -> None:
    """Registering a key again replaces it."""
    kinds[kind.key] = kind
