"""What reports of directories say, in the reader's language."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.mastered_fields import FIELDS
from people.models import User

KINDS = {
    "people": _("People"),
    "managers": _("Managers"),
    "photos": _("Photos"),
    "groups": _("Groups"),
    "other entries": _("Other entries"),
    "left": _("Leave"),
    "back": _("Come back"),
}
OUTCOMES = {
    "imported": pgettext_lazy("outcome of an import", "new"),
    "updated": pgettext_lazy("outcome of an import", "changed"),
    "already there": pgettext_lazy("outcome of an import", "as before"),
    "skipped": pgettext_lazy("outcome of an import", "left out"),
}
CHANGES = {
    "create": pgettext_lazy("change", "new"),
    "update": pgettext_lazy("change", "changed"),
    "leave": pgettext_lazy("change", "leaves"),
    "return": pgettext_lazy("change", "comes back"),
    "manager": pgettext_lazy("change", "manager"),
}
# Columns of a file that are no field of a person, and what they are for.
_OTHERS = {"name": _("full name"), "subject": _("personnel number")}


def field_label(name: str) -> str:
    """What a field of a person is called."""
    if name in FIELDS:
        return str(User._meta.get_field(name).verbose_name)
    return str(_OTHERS.get(name, name))
