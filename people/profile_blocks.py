"""The parts of a profile that a person edits: which columns each changes, and whose readers are chosen beside them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Block:
    """`columns` of User that its form changes ("skills" are rows), `restricted` names of people.field_visibility."""

    key: str
    title: Promise
    columns: tuple[str, ...]
    restricted: tuple[str, ...]


BLOCKS = {
    block.key: block
    for block in (
        Block("name", _("Name"), ("pronunciation", "pronouns"), ("pronunciation", "pronouns")),
        Block("absence", _("Absence"), ("absent_from", "absent_until", "deputy_id"), ("absence",)),
        Block("about", _("About me"), ("about",), ("about",)),
        Block("skills", _("Ask me about"), ("skills",), ("skills",)),
        Block("languages", _("Languages"), ("languages",), ("languages",)),
        Block("contact", _("Contact"), ("phone", "mobile", "room"), ("phone", "mobile", "room")),
        Block("team", _("Team"), (), ("joined_on",)),
    )
}
