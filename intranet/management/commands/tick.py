"""manage.py tick [--every SECONDS]: what is due by the clock, each minute, on as many machines as you like."""

import logging
import signal
import threading

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections
from django.utils import timezone

from blog.actions import delegating, scheduling
from feed.actions import cleaning, indexing, voting
from feed.actions import scheduling as post_scheduling
from people import jobs, outbox, sync_tasks
from people.actions import data_requests, leaving, retention, syncing
from people.locks import only_one

logger = logging.getLogger(__name__)
NIGHTLY_HOUR = 3


class Command(BaseCommand):
    """Every part is idempotent and may fail without stopping the others."""

    help = "Publish what is scheduled, bring back lost tasks, tidy up. Once, or every N seconds."

    def add_arguments(self, parser):
        """How often."""
        parser.add_argument("--every", type=int, default=0, metavar="SECONDS", help="Go on until told to end")

    def handle(self, *, every, **options):
        """Run once, or until SIGTERM or Ctrl+C."""
        if not every:
            run_due()
            return
        ended = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ended.set())
        while not ended.is_set():
            run_due()
            ended.wait(every)


def run_due():
    """All parts in order: what readers wait for first."""
    parts = [
        scheduling.publish_due,
        post_scheduling.publish_due,
        jobs.rescue,
        jobs.retry,
        outbox.wake,
        voting.close_due,
        leaving.end_due,
        delegating.end_due,
        leaving.follow_name_rule,
        data_requests.remove_expired,
        sync_tasks.start_due,
        syncing.prune_files,
        cleaning.clean,
    ]
    if timezone.localtime().hour == NIGHTLY_HOUR:
        parts.append(nightly)
    for part in parts:
        close_old_connections()
        try:
            part()
        except Exception:
            logger.exception("tick: %s failed; the others go on", part.__name__)


def nightly():
    """Once is enough, more does no harm: ended sessions and finished tasks go."""
    with only_one("nightly") as alone:
        if alone:
            jobs.prune()
            retention.prune()
            outbox.prune()
            indexing.fill()
            call_command("clearsessions")
