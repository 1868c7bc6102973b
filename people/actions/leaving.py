"""Somebody leaves: everything that lets them in, or speaks for them, ends in one transaction (A12)."""

from datetime import date
from importlib import import_module

from allauth.usersessions.models import UserSession
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people import audit, registries
from people import roles as role_names
from people.models import (
    Audience,
    AudienceMember,
    FeedKey,
    Invitation,
    OutboxMessage,
    PrivacyRules,
    ScimToken,
    User,
)

# What signs somebody in or acts for them, in apps that an installation may leave out.
CREDENTIALS = ("mfa.Authenticator", "socialaccount.SocialToken", "wagtailcore.APIToken")


@transaction.atomic
def deactivate(*, user: User, by: User | None = None) -> User:
    """Sign `user` out everywhere, revoke keys, factors, memberships and roles, drop mail that waits, and let upper
    packages hold what is scheduled.

    Activating the account again restores none of it. Logged when it was active; idempotent.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    was_active, user.is_active, user.is_superuser = user.is_active, False, False
    today = timezone.localdate()
    user.left_on = min(user.left_on or today, today)
    user.shown_as_former = PrivacyRules.load().leaver_name == PrivacyRules.LeaverName.FORMER
    # A new password hash changes the session hash: even a session that no list knows is dead for good.
    user.set_unusable_password()
    user.save()
    end_sessions(user=user)
    _revoke(user)
    user.groups.clear()
    registries.leaving.run(user=user)
    if was_active:
        audit.record(action="people.deactivate", by=by, target=user, detail={"left_on": str(user.left_on)})
    return user


def _revoke(user):
    FeedKey.objects.filter(user=user).delete()
    Invitation.objects.filter(user=user).delete()
    for label in CREDENTIALS:
        app, name = label.split(".")
        if app in apps.app_configs:
            owner = "account__user" if name == "SocialToken" else "user"
            apps.get_model(label).objects.filter(**{owner: user}).delete()
    waiting = OutboxMessage.objects.filter(recipient=user, state__in=("pending", "sending"))
    waiting.update(state="dropped", data={}, finished_at=timezone.now(), leased_until=None)
    AudienceMember.objects.filter(user=user).delete()
    # Named members come back with the next computation otherwise.
    Audience.extra_members.through.objects.filter(user=user).delete()


@transaction.atomic
def reactivate(*, user: User, by: User | None = None) -> User:
    """Let somebody in again, with a clean slate: no session, key, role or named membership comes back."""
    was_active = User.objects.filter(pk=user.pk, is_active=True).exists()
    user.is_active, user.left_on, user.shown_as_former = True, None, False
    user.save(update_fields=["is_active", "left_on", "shown_as_former"])
    if not was_active:
        audit.record(action="people.reactivate", by=by, target=user)
    return user


@transaction.atomic
def set_last_day(*, user: User, last_day: date | None, by: User) -> None:
    """Say when somebody's last day is (None: it is not known any more); the account ends on the day after.

    Raises ValidationError for a day that is over.
    """
    if last_day is not None and last_day < timezone.localdate():
        raise ValidationError(_("The last day cannot lie in the past."))
    before = User.objects.select_for_update().get(pk=user.pk).left_on
    User.objects.filter(pk=user.pk, is_active=True).update(left_on=last_day)
    detail = {"old": str(before or ""), "new": str(last_day or "")}
    audit.record(action="people.ends_on", by=by, target=user, detail=detail)


def end_due() -> int:
    """For the clock: end the accounts whose last day is over, each by itself. Returns how many."""
    due = User.objects.filter(is_active=True, left_on__lt=timezone.localdate())
    for user in list(due):
        deactivate(user=user)
    return len(due)


def follow_name_rule() -> int:
    """For the clock: leavers are shown by the name that the company's rule says now. Returns how many changed."""
    hidden = PrivacyRules.load().leaver_name == PrivacyRules.LeaverName.FORMER
    return User.objects.filter(is_active=False, shown_as_former=not hidden).update(shown_as_former=hidden)


def end_sessions(*, user: User) -> int:
    """Delete every session of `user`; returns how many. An old cookie stays dead after re-activation (fact 3)."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    keys = list(UserSession.objects.filter(user=user).values_list("session_key", flat=True))
    for key in keys:
        store(key).delete()
    UserSession.objects.filter(user=user).delete()
    return len(keys)


def effects(*, user: User) -> dict[str, int]:
    """What ends with the account, as label and number; nothing changes."""
    return {
        _("signed-in devices"): UserSession.objects.filter(user=user).count(),
        _("memberships in audiences"): user.audience_members.count(),
        _("roles"): user.groups.filter(name__in=role_names.ALL).count() + user.is_superuser,
        _("mails that wait"): user.outbox_messages.filter(state="pending").count(),
        _("SCIM tokens made by them, which stay valid"): ScimToken.objects.filter(
            created_by=user, revoked_at=None, expires_at__gt=timezone.now()
        ).count(),
        **{
            label: number
            for found in registries.owned.run(user=user).values()
            for label, number in found.items()
        },
    }
