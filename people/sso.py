"""Sign-in by OpenID Connect and SAML 2: allauth speaks the protocols, people.actions.linking decides who enters."""

import secrets
from importlib import import_module

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse

from people.actions import linking

MAX_VALUE = 160


class StrictProvider(OpenIDConnectProvider):
    """OpenID Connect with a nonce, without parameters from the address, and one subject in both answers."""

    def get_scope_from_request(self, request):
        """Only what is configured."""
        return self.get_scope()

    def get_auth_params_from_request(self, request, action):
        """Only what is configured."""
        return self.get_auth_params()

    def redirect(self, request, process, next_url=None, data=None, **kwargs):
        """The nonce is kept with the state and must come back in the ID token."""
        nonce = secrets.token_urlsafe(24)
        kwargs["auth_params"] = {**(kwargs.get("auth_params") or {}), "nonce": nonce}
        return super().redirect(request, process, next_url, data, nonce=nonce, **kwargs)

    def extract_uid(self, data):
        """The subject of the ID token. Raises PermissionDenied when there is none, or the userinfo is another's."""
        token, info = data.get("id_token"), data.get("userinfo")
        if not token or (info and info.get("sub") != token.get("sub")):
            raise PermissionDenied("no ID token, or another subject")
        subject = token.get(self.app.settings["uid_field"])
        if not isinstance(subject, str) or not 0 < len(subject) < 192:
            raise PermissionDenied("no subject")
        return subject


class Adapter(DefaultSocialAccountAdapter):
    """allauth never makes or finds an account here: `pre_social_login` answers every sign-in."""

    def is_open_for_signup(self, request, sociallogin):
        """Accounts are made by people.actions.linking only."""
        return False

    def get_provider(self, request, provider, client_id=None):
        """OpenID Connect in our stricter form."""
        found = super().get_provider(request, provider, client_id=client_id)
        return StrictProvider(request, app=found.app) if type(found) is OpenIDConnectProvider else found

    def pre_social_login(self, request, sociallogin):
        """Ends allauth's own way: signs in whom the claim names, or says kindly why not and whom to ask."""
        try:
            claim = _claim(sociallogin)
            user = linking.enter(claim=claim, may_create=settings.SSO_CREATES_ACCOUNTS)
        except linking.Refused as refused:
            context = {"reason": refused.reason, "provider": sociallogin.provider.name}
            raise ImmediateHttpResponse(
                render(request, "socialaccount/refused.html", context, status=403)
            ) from None
        if request.user.is_authenticated and request.user != user:
            logout(request)
        record_authentication(request, user, "socialaccount", provider=claim.name, uid=claim.subject)
        login = Login(user=user, redirect_url=sociallogin.get_redirect_url(request))
        raise ImmediateHttpResponse(perform_login(request, login))


def roads() -> list[dict]:
    """Each way to sign in elsewhere, in configured order, for the sign-in page: `kind`, `id`, `name`, `url`."""
    found = []
    for kind, config in settings.SOCIALACCOUNT_PROVIDERS.items():
        short = {"openid_connect": "oidc"}.get(kind, kind)
        for app in config["APPS"]:
            url = reverse("sign_in_elsewhere", args=[short, app["provider_id"]])
            found.append({"kind": short, "id": app["provider_id"], "name": app["name"], "url": url})
    return found


def saml_login(request, one):
    """allauth's start of SAML; its module needs the extra "saml", which may be missing."""
    views = import_module("allauth.socialaccount.providers.saml.views")
    return views.login(request, organization_slug=one)


def _claim(sociallogin):
    """What OpenID Connect or SAML said. Raises Refused for a nonce that is not ours or an address not confirmed."""
    app, data = sociallogin.provider.app, sociallogin.account.extra_data
    if sociallogin.provider.id == "openid_connect":
        token, info = data["id_token"], data.get("userinfo") or {}
        if not secrets.compare_digest(str(token.get("nonce")), str(sociallogin.state.get("nonce"))):
            raise linking.Refused("unknown")
        said = {**token, **info}
        if said.get("email_verified") is False:
            raise linking.Refused("address")
        names = app.settings["claims"] | {
            "first_name": "given_name",
            "last_name": "family_name",
            "email": "email",
        }
        values = {name: said.get(claim) for name, claim in names.items() if name != "subject"}
        issuer = token["iss"]
    else:
        user, issuer = sociallogin.user, app.settings["idp"]["entity_id"]
        values = {"email": user.email, "first_name": user.first_name, "last_name": user.last_name}
    values = {name: value[:MAX_VALUE] for name, value in values.items() if isinstance(value, str)}
    return linking.Claim(
        issuer=issuer,
        subject=sociallogin.account.uid,
        directory=app.settings.get("directory", ""),
        name=app.name,
        values=values,
    )
