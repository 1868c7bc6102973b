"""How django-allauth behaves here: accounts are made by people, imports or invitations, never by signing up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings


class Adapter(DefaultAccountAdapter):
    """Closed house."""

    def is_open_for_signup(self, request):
        """Nobody can create an account for themselves."""
        return False

    def get_client_ip(self, request):
        """The address that limits count by: what a trusted proxy saw, never what the client claims (A14)."""
        address = request.META.get("REMOTE_ADDR", "")
        claimed = [
            part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()
        ]
        while claimed and address in settings.TRUSTED_PROXIES:
            address = claimed.pop()
        return address or "unknown"
