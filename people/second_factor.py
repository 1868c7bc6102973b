"""Passkeys and codes: how allauth.mfa behaves here, and the rule that administrators need one."""

import base64
import hashlib

from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from people.models import Brand
from people.ratelimit import TooMany

ACCOUNT_PAUSE = 15 * 60
PROVED = "second_factor"  # session key


class Adapter(DefaultMFAAdapter):
    """Secrets are encrypted with the installation's key; the brand's name stands in apps and on keys."""

    def encrypt(self, text):
        """For the database: a copy of it alone makes no codes."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        """The reverse, also with earlier keys (SECRET_KEY_FALLBACKS)."""
        return _fernet().decrypt(encrypted_text.encode()).decode()

    def validation_error(self, code, *args):
        """As in people.accounts: 429 at the limit."""
        if code == "too_many_login_attempts":
            raise TooMany(ACCOUNT_PAUSE)
        return super().validation_error(code, *args)

    def generate_authenticator_name(self, user, type):
        """Counted, in the person's language."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Passkey %(number)s") % {"number": number}

    def _get_site_name(self):
        return Brand.load().site_name


def real_factors(user):
    """Passkeys and apps of `user`; recovery codes are no factor of their own."""
    return Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)


def is_demanded(user) -> bool:
    """Whether this person must have a second factor."""
    return settings.SECOND_FACTOR_FOR_ADMINISTRATORS and user.is_authenticated and user.is_administrator


class AdministratorsNeedOne:
    """An administrator without second factor reaches only the pages that set one up.

    Single sign-on counts: the identity provider asks for its own.
    """

    FREE = ("/accounts/", "/static/", "/settings/language/", "/brand.css", "/healthz", "/readyz")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """One query per session, not per request: it remembers the proof."""
        if (
            is_demanded(request.user)
            and not request.path_info.startswith(self.FREE)
            and not _has_one(request)
        ):
            messages.warning(
                request, _("Administrators need a passkey or an authenticator app. Add one to go on.")
            )
            return redirect("mfa_index")
        return self.get_response(request)


def _has_one(request):
    if request.session.get(PROVED):
        return True
    by_directory = any(
        record["method"] == "socialaccount" for record in get_authentication_records(request, request.user)
    )
    if by_directory or real_factors(request.user).exists():
        request.session[PROVED] = True
        return True
    return False


def _fernet():
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    hashes = [hashlib.sha256(f"mfa:{key}".encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(one)) for one in hashes])
