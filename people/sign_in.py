"""Who is asking: the person who signs in by address and password, and the signed-in person of a request."""

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.models import Permission

from people.models import User
from people.prepared import Prepared


@Prepared
def _people(pk):
    return User.objects.for_cards().filter(pk=pk)


class PeopleBackend(AuthenticationBackend):
    """allauth's sign-in by address and password; the person comes with department and location.

    Nearly every page asks for both, and each would be a query of its own.
    """

    def get_user(self, user_id):
        """The active person with this id, or None."""
        user = next(iter(_people(None, pk=int(user_id))), None)
        return user if user is not None and self.user_can_authenticate(user) else None

    def _get_group_permissions(self, user_obj):
        """Rights of groups, also of roles that somebody has through an audience (people.RoleGrant)."""
        return Permission.objects.filter(group__name__in=user_obj.access.roles)

    def _authenticate_by_email(self, email, password):
        """The account's own address only: what allauth once noted as an address of somebody opens nothing (A11)."""
        return self._check_password(User.objects.filter(email=email.strip().casefold()).first(), password)

    def _check_password(self, user, password):
        found = super()._check_password(user, password)
        if found is not None and not may_use_password(found):
            return None
        return found


def may_use_password(user: User) -> bool:
    """Whether `user` may sign in by password; administrators keep it for the day when single sign-on fails."""
    return settings.PASSWORD_FOR_EVERYONE or user.is_administrator
