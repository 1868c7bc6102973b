"""The roles that the product knows. Each is a Django group; administrators are superusers (A8)."""

from django.utils.translation import gettext_lazy as _

COMMUNICATIONS = "Communications"
MODERATORS = "Moderators"
PEOPLE_ADMINISTRATORS = "People administrators"

ALL = (COMMUNICATIONS, MODERATORS, PEOPLE_ADMINISTRATORS)
NAMES = {
    COMMUNICATIONS: _("Communications"),
    MODERATORS: _("Moderators"),
    PEOPLE_ADMINISTRATORS: _("People administrators"),
}
