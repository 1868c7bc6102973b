"""Passwords: changed with an end to other sessions, and asked for anew by mail without saying who exists (A13, A14)."""

import time

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tasks import task

from people import outbox
from people.actions import sessions
from people.models import User
from people.sign_in import may_use_password

EVENT = "people.password.reset"


@transaction.atomic
def change(*, user: User, password: str, keep: str | None) -> None:
    """Set the password and sign out everywhere but in the session with key `keep`."""
    user.set_password(password)
    user.save(update_fields=["password"])
    sessions.end_others(user=user, keep=keep or "")


def ask_for_link(*, address: str) -> None:
    """Queue the search for the account: the request does the same whether there is one or not (A14)."""
    send_link.enqueue(address=address)


@task(queue_name=outbox.QUEUE)
def send_link(*, address: str) -> None:
    """Put the mail, at most one a minute, if an active person may use a password; otherwise nothing."""
    user = User.objects.filter(email=address, is_active=True).first()
    if user is not None and may_use_password(user):
        outbox.put(event=EVENT, about=f"reset:{int(time.time() / 60)}", recipient=user)


def render(*, message):
    """The mail with a link that works once and for two hours from now."""
    user = message.recipient
    if not may_use_password(user):
        return None
    parts = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    url = settings.BASE_URL + reverse("account_reset_password_from_key", kwargs=parts)
    return outbox.compose("password_reset", subject=_("Set a new password"), user=user, url=url)
