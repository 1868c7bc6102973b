"""Passkeys, codes and accounts elsewhere: their export, their end with the account, and their erasure (A12, A34)."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from people import registries

KEYS = {"mfa.Authenticator.user", "socialaccount.SocialAccount.user"}


def factors(*, user):
    """What the person signs in with, without any secret."""
    keys = Authenticator.objects.filter(user=user)
    return [
        {"kind": key.type, "created_at": key.created_at, "last_used_at": key.last_used_at} for key in keys
    ]


def remove(*, user, keep_content=True):
    """Coming back restores no passkey."""
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()


def register():
    """Called when the app is ready."""
    registries.export.register("sign_in", factors, KEYS)
    registries.erasure.register("sign_in", remove, KEYS)
    registries.leaving.register("sign_in", remove)
