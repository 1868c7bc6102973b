"""The roles that the product knows. Each is a Django group; administrators are superusers.

Nobody gives or takes a role that they lack, and nobody touches the account of somebody above them (A8).
"""

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

ADMINISTRATOR = "administrator"  # no group: User.is_superuser
LABELS = {**NAMES, ADMINISTRATOR: _("Administrator")}


def grantable(user):
    """Names of the roles that `user` may give and take: administrators all, people administrators their own."""
    if user.is_administrator:
        return frozenset(LABELS)
    return frozenset(ALL) & user.access.roles if user.is_people_administrator else frozenset()


def may_manage(user, person):
    """Whether `user` may change, end and reopen the account of `person`; an administrator's is for administrators."""
    if not user.is_people_administrator or person.is_erased:
        return False
    return user.is_administrator or not person.is_superuser


def may_readdress(user, person):
    """Whether `user` may change the address by which `person` signs in: with it one could become them."""
    return user.is_administrator and may_manage(user, person)
