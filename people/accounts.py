"""How django-allauth behaves here: accounts are made by people, imports or invitations, never by signing up."""

from allauth.account.adapter import DefaultAccountAdapter


class Adapter(DefaultAccountAdapter):
    """Closed house."""

    def is_open_for_signup(self, request):
        """Nobody can create an account for themselves."""
        return False
