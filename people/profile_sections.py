"""What upper packages add to a profile: tabs with lists, marks in its head, facts beside it.

They register in AppConfig.ready.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """A tab. `load(request, person, after)` gives the context of `template`; only the open tab is loaded."""

    key: str
    label: str
    template: str
    load: Callable


@dataclass(frozen=True)
class Head:
    """A part of the profile's head, such as the follow button; `load(request, person)` gives its context."""

    template: str
    load: Callable


sections: dict[str, Section] = {}
heads: list[Head] = []
asides: list[Head] = []


def register(section: Section) -> None:
    """Adds a tab. Apps of upper packages are ready first, so their tabs stand first."""
    sections[section.key] = section


def register_head(head: Head) -> None:
    """Adds a part to the head."""
    if head not in heads:
        heads.append(head)


def register_aside(part: Head) -> None:
    """Adds a section to the side column, below what people says itself; its template may render nothing."""
    if part not in asides:
        asides.append(part)
