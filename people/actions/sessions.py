"""Signing other devices out."""

from allauth.usersessions.models import UserSession
from django.db import transaction

from people.models import User


@transaction.atomic
def end_others(*, user: User, keep: str, session_id: str | None = None) -> int:
    """End one session of `user`, or all but the one with key `keep`; returns how many (A13)."""
    found = UserSession.objects.filter(user=user).exclude(session_key=keep)
    if session_id is not None:
        found = found.filter(pk=int(session_id))
    ended = list(found)
    for session in ended:
        session.end()
    return len(ended)
