"""Forgetting by the clock: what is older than the company's rules say goes, kind by kind (people.data_kinds)."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry

from people import data_kinds
from people.models import DataRequest, OutboxMessage, PrivacyRules, SyncRun


def prune() -> dict[str, int]:
    """Run every kind's own function with the time before which its rows go. Returns how many went, by kind."""
    rules, now = PrivacyRules.load(), timezone.now()
    return {
        kind.key: kind.prune(before=now - timedelta(days=getattr(rules, kind.days)))
        for kind in data_kinds.kinds.values()
        if kind.prune and kind.days
    }


def prune_audit(*, before: datetime) -> int:
    """Rows of the audit log and of pages' history."""
    logs = (model.objects.filter(timestamp__lt=before) for model in (ModelLogEntry, PageLogEntry))
    return sum(rows.delete()[0] for rows in logs)


def prune_sessions(*, before: datetime) -> int:
    """Devices that are signed out since long. Those that may still be signed in stay listed."""
    oldest = timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return UserSession.objects.filter(last_seen_at__lt=min(before, oldest)).delete()[0]


def prune_messages(*, before: datetime) -> int:
    """Mails that left, were dropped or failed."""
    return OutboxMessage.objects.filter(finished_at__lt=before).delete()[0]


def prune_syncs(*, before: datetime) -> int:
    """Runs of directories with what they changed."""
    return SyncRun.objects.filter(finished_at__lt=before).delete()[0]


def prune_requests(*, before: datetime) -> int:
    """Requests for erasure that were decided."""
    return DataRequest.objects.filter(kind=DataRequest.Kind.ERASURE, finished_at__lt=before).delete()[0]
