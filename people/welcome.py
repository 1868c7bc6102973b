"""What newcomers choose on their first page. Upper packages register steps in AppConfig.ready."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """One thing to tick. `value` is short and unique in its step."""

    value: str
    label: str
    hint: str = ""
    is_chosen: bool = False


@dataclass(frozen=True)
class Step:
    """A list to choose from. `load(user)` gives the Choices, best first; `save(user, values)` keeps which of them.

    `save` gets every value that was offered with whether it is chosen, and checks again that `user` may have it.
    """

    key: str
    title: str
    text: str
    load: Callable[..., list[Choice]]
    save: Callable[..., None]


steps: dict[str, Step] = {}


def register(step: Step) -> None:
    """Adds a step; registering a key again replaces it."""
    steps[step.key] = step
