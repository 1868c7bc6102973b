"""Scheduled articles: published and taken down when their time has come, once, whatever happens to others (A28)."""

import logging

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from people.locks import only_one

logger = logging.getLogger(__name__)


def publish_due():
    """Publish what is due and unpublish what has expired. One run at a time; each item in a transaction of its own.

    A bad item is logged and stops nothing. Returns (published, expired, failed); all zero for a second runner.
    """
    with only_one("publish") as alone:
        if not alone:
            return 0, 0, 0
        now = timezone.now()
        due = Revision.objects.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at")
        expired = Page.objects.filter(live=True, expire_at__lte=now).order_by("expire_at")
        published, bad_revisions = _each(list(due.values_list("pk", flat=True)), _publish)
        taken_down, bad_pages = _each(list(expired.values_list("pk", flat=True)), _expire)
        return published, taken_down, bad_revisions + bad_pages


def _each(keys, do):
    """Call `do` for each key; returns (how many did something, how many failed)."""
    done = failed = 0
    for pk in keys:
        try:
            with transaction.atomic():
                done += do(pk)
        except Exception:
            failed += 1
            logger.exception("scheduled item %s failed; the others go on", pk)
    return done, failed


def _publish(pk):
    """Publish a revision that is still due; False when somebody else did or changed their mind."""
    revision = (
        Revision.objects.select_for_update().filter(pk=pk, approved_go_live_at__lte=timezone.now()).first()
    )
    if revision is None:
        return False
    revision.publish(log_action="wagtail.publish.scheduled")
    return True


def _expire(pk):
    """Take a page down that is still expired."""
    page = Page.objects.select_for_update().filter(pk=pk, live=True, expire_at__lte=timezone.now()).first()
    if page is None:
        return False
    page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return True
