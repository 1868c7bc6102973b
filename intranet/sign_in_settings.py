"""How people sign in, from the environment: limits, passkeys and codes, OpenID Connect, SAML 2, LDAP.

settings.py takes over every upper-case name here. Each road is switched on by naming it; several work at once.
"""

import re
from datetime import timedelta
from importlib.util import find_spec
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "people.accounts.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True  # goes through the outbox: people.accounts
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""  # else the host name in brackets
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = False
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_FORMS = {"reset_password": "people.forms.sign_in.ResetForm"}
ACCOUNT_RATE_LIMITS = {
    # T11: failed log-ins 5 per 15 minutes and account, 100 per 5 minutes and address; IPv6 counts per /64
    "login_failed": f"{env.int('FAILED_SIGN_INS_PER_ADDRESS', default=100)}/5m/ip,5/15m/key",
    "login": "300/5m/ip",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
    "accept_invitation": "30/5m/ip",
}
PASSWORD_RESET_TIMEOUT = int(timedelta(hours=2).total_seconds())

# Whom people ask when signing in fails; shown on the sign-in pages.
SIGN_IN_HELP = env.str("SIGN_IN_HELP", default="")
# "administrators": the form is hidden, and only administrators may use it, as the road that works without the others.
_choices = {"everyone": True, "administrators": False}
PASSWORD_FOR_EVERYONE = _choices.get(env.str("PASSWORD_SIGN_IN", default="everyone"))
if PASSWORD_FOR_EVERYONE is None:
    raise ImproperlyConfigured("PASSWORD_SIGN_IN is everyone or administrators.")
# Whoever comes by OpenID Connect, SAML or LDAP and is unknown gets an account, if their address is nobody's.
SSO_CREATES_ACCOUNTS = env.bool("SSO_CREATES_ACCOUNTS", default=False)
SECOND_FACTOR_FOR_ADMINISTRATORS = env.bool("SECOND_FACTOR_FOR_ADMINISTRATORS", default=False)

MFA_ADAPTER = "people.second_factor.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # clocks differ
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
MFA_FORMS = {"add_webauthn": "people.forms.sign_in.PasskeyForm"}

SOCIALACCOUNT_ADAPTER = "people.sso.Adapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # never by address (A11)
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 8

SIGN_IN_APPS = ["allauth.mfa", "allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"]
AUTHENTICATION_BACKENDS = ["people.sign_in.PeopleBackend"]
SOCIALACCOUNT_PROVIDERS = {}


def _ids(name):
    """The provider ids of a list such as "entra,google": they stand in addresses and in names of variables."""
    found = env.list(name, default=[])
    if wrong := [one for one in found if not re.fullmatch(r"[a-z][a-z0-9]{0,19}", one)]:
        raise ImproperlyConfigured(f"{name}: {wrong[0]!r} must be small letters and digits.")
    return found


def _needs(name):
    value = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(f"{name} is needed.")
    return value


def _safe(name):
    """An address with https; plain http only on this machine."""
    value = _needs(name).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme != "https" and parts.hostname not in ("127.0.0.1", "localhost", "::1"):
        raise ImproperlyConfigured(f"{name} must begin with https://.")
    return value


def _oidc(one):
    prefix = f"OIDC_{one.upper()}"
    claims = {"subject": "sub", "department": "department", "job_title": "job_title"}
    return {
        "provider_id": one,
        "name": env.str(f"{prefix}_NAME", default=one.capitalize()),
        "client_id": _needs(f"{prefix}_CLIENT_ID"),
        "secret": env.str(f"{prefix}_CLIENT_SECRET", default=""),
        "settings": {
            "server_url": _safe(f"{prefix}_ISSUER"),
            "oauth_pkce_enabled": True,
            "scope": env.str(f"{prefix}_SCOPE", default="openid profile email").split(),
            "uid_field": env.str(f"{prefix}_SUBJECT", default="sub"),
            "directory": env.str(f"{prefix}_DIRECTORY", default=""),
            "claims": {
                name: env.str(f"{prefix}_{name.upper()}", default=claim) for name, claim in claims.items()
            },
        },
    }


def _saml(one):
    prefix = f"SAML_{one.upper()}"
    names = {"uid": "SUBJECT", "email": "EMAIL", "first_name": "FIRST_NAME", "last_name": "LAST_NAME"}
    mapped = {
        name: env.str(f"{prefix}_{key}")
        for name, key in names.items()
        if env.str(f"{prefix}_{key}", default="")
    }
    return {
        "provider_id": one,
        "client_id": one,
        "name": env.str(f"{prefix}_NAME", default=one.capitalize()),
        "settings": {
            "idp": {
                "entity_id": _needs(f"{prefix}_ENTITY_ID"),
                "sso_url": _safe(f"{prefix}_SSO_URL"),
                "x509cert": _needs(f"{prefix}_CERTIFICATE"),
            },
            "directory": env.str(f"{prefix}_DIRECTORY", default=""),
            "advanced": {"want_assertion_signed": True, "reject_idp_initiated_sso": True},
        }
        | ({"attribute_mapping": mapped} if mapped else {}),
    }


if oidc := _ids("OIDC_PROVIDERS"):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {"APPS": [_oidc(one) for one in oidc]}
if saml := _ids("SAML_PROVIDERS"):
    if find_spec("onelogin") is None:
        raise ImproperlyConfigured("SAML_PROVIDERS needs the extra “saml” (pip install '.[saml]').")
    SIGN_IN_APPS.append("allauth.socialaccount.providers.saml")
    SOCIALACCOUNT_PROVIDERS["saml"] = {"APPS": [_saml(one) for one in saml]}
if env.bool("LDAP_SIGN_IN", default=False):
    if find_spec("ldap") is None:
        raise ImproperlyConfigured("LDAP_SIGN_IN needs the extra “ldap” (pip install '.[ldap]').")
    AUTHENTICATION_BACKENDS.append("people.ldap_sign_in.DirectoryBackend")

if not PASSWORD_FOR_EVERYONE and not (oidc or saml or len(AUTHENTICATION_BACKENDS) > 1):
    raise ImproperlyConfigured(
        "PASSWORD_SIGN_IN hides the only road: name OIDC_PROVIDERS, SAML_PROVIDERS or LDAP."
    )
