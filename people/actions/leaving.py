"""Somebody leaves: everything that lets them in, or speaks for them, ends in one transaction (A12)."""

from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from people import registries
from people.models import AudienceMember, FeedKey, User


@transaction.atomic
def deactivate(*, user, by=None):
    """Sign `user` out everywhere, revoke keys, memberships and roles, and let upper packages hold what is scheduled.

    Activating the account again restores none of it. `by` is kept by the caller's log; idempotent.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    user.is_active = False
    user.left_on = user.left_on or timezone.localdate()
    # A new password hash changes the session hash: even a session that no list knows is dead for good.
    user.set_unusable_password()
    user.save(update_fields=["is_active", "left_on", "password"])
    end_sessions(user=user)
    FeedKey.objects.filter(user=user).delete()
    AudienceMember.objects.filter(user=user).delete()
    user.groups.clear()
    registries.leaving.run(user=user)
    return user


@transaction.atomic
def reactivate(*, user):
    """Let somebody in again, with a clean slate: no session, key, role or named membership comes back."""
    user.is_active = True
    user.left_on = None
    user.save(update_fields=["is_active", "left_on"])
    return user


def end_sessions(*, user):
    """Delete every session of `user`; returns how many. An old cookie stays dead after re-activation (fact 3)."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    keys = list(UserSession.objects.filter(user=user).values_list("session_key", flat=True))
    for key in keys:
        store(key).delete()
    UserSession.objects.filter(user=user).delete()
    return len(keys)
