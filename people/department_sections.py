"""What upper packages add to the page of a department, such as its open questions. They register in AppConfig.ready."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """A part beside the people; `load(request, department)` gives the context of `template`, which may be empty."""

    template: str
    load: Callable


sections: list[Section] = []


def register(section: Section) -> None:
    """Adds a part; the first registered stands first, a part registered again stays where it is."""
    if section not in sections:
        sections.append(section)
