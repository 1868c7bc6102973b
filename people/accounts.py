"""How django-allauth behaves here: a closed house, one host, 429 at the limit, mail by the outbox only."""

import logging

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from people import audit
from people.actions import passwords, securing
from people.devices import device_name
from people.models import User
from people.ratelimit import TooMany
from people.second_factor import PROVED

logger = logging.getLogger(__name__)
ACCOUNT_PAUSE = 15 * 60  # seconds, as ACCOUNT_RATE_LIMITS says


class Adapter(DefaultAccountAdapter):
    """Accounts are made by people, imports, directories or invitations, never by signing up."""

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

    def is_safe_url(self, url):
        """Only this host: neither others of ALLOWED_HOSTS nor trusted origins (A18)."""
        host = self.request.get_host()
        return bool(url) and url_has_allowed_host_and_scheme(
            url, {host}, require_https=self.request.is_secure()
        )

    def validation_error(self, code, *args):
        """Too many attempts answer 429 and say when to go on, on every road (T11)."""
        if code == "too_many_login_attempts":
            raise TooMany(ACCOUNT_PAUSE)
        return super().validation_error(code, *args)

    def authentication_failed(self, request, **credentials):
        """Logged for accounts that exist, after the answer was decided."""
        known = User.objects.filter(email=credentials.get("email", "").casefold()).first()
        if known is not None:
            audit.record(action="people.sign_in.failed", by=None, target=known, detail={"road": "password"})

    def post_login(self, request, user, **kwargs):
        """Logs the road; whoever is here for the first time is welcomed before they go on."""
        roads = [
            record.get("provider") or record["method"] for record in get_authentication_records(request, user)
        ]
        device = device_name(request.headers.get("User-Agent", ""))
        audit.record(action="people.sign_in", by=user, target=user, detail={"road": roads, "device": device})
        answer = super().post_login(request, user, **kwargs)
        if user.welcomed_at is None and answer.status_code == 302:
            return HttpResponseRedirect(f"{reverse('people:welcome')}?{urlencode({'next': answer.url})}")
        return answer

    def set_password(self, user, password):
        """A new password ends every other session of the person (A13)."""
        passwords.change(user=user, password=password, keep=self.request.session.session_key)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """What changed about signing in is logged, and told to the person."""
        device = device_name(self.request.headers.get("User-Agent", ""))
        self.request.session.pop(PROVED, None)
        securing.tell(user=user, kind=template_prefix.rpartition("/")[2], device=device)

    def send_mail(self, template_prefix, email, context):
        """allauth sends nothing past the outbox."""
        logger.warning("mail %s is not sent here", template_prefix)
