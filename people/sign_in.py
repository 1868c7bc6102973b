"""Who is asking: the signed-in person of a request, read from the session's id with one query."""

from allauth.account.auth_backends import AuthenticationBackend

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
