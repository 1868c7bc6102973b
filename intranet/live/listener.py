"""The one thread of a process that waits for announcements and says who is told.

PostgreSQL wakes it (NOTIFY); on SQLite it looks every second. Either way it looks once a second, so that nothing hangs
on a lost wake-up. No Redis is needed: what was announced stands in the database anyway.
"""

import logging
import threading
import time

from django.db import connection

from feed.actions.announcing import CHANNEL
from feed.models import LiveEvent
from intranet.live import hearing

logger = logging.getLogger(__name__)
LOOK_SECONDS = 1
CHECK_SECONDS = 2
GAP_SECONDS = 10  # how long a transaction may take between its insert and its commit
MOST_GAPS = 1000


class Newest:
    """Reads what came since it was asked last. Numbers that were skipped are asked for again: they may commit later."""

    def __init__(self):
        self._last = LiveEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        self._gaps = {}

    def read(self):
        """New rows in order; one query, two while a number is missing."""
        now = time.monotonic()
        late = list(LiveEvent.objects.filter(pk__in=list(self._gaps))) if self._gaps else []
        rows = list(LiveEvent.objects.filter(pk__gt=self._last).order_by("pk")[:2000])
        for row in rows:
            self._gaps.update(dict.fromkeys(range(max(self._last + 1, row.pk - 100), row.pk), now))
            self._last = row.pk
        found = {row.pk for row in late}
        kept = [(pk, at) for pk, at in self._gaps.items() if pk not in found and now - at < GAP_SECONDS]
        self._gaps = dict(kept[-MOST_GAPS:])
        return late + rows


class Listener(threading.Thread):
    """Runs as long as the process; a lost database is tried again every second."""

    def __init__(self, hub, loop):
        super().__init__(name="live", daemon=True)
        self._hub, self._loop = hub, loop
        self._checked = 0.0

    def run(self):
        """Until the event loop is closed."""
        while not self._loop.is_closed():
            try:
                self._listen()
            except Exception:  # whatever the driver raises: open pages wait meanwhile
                logger.exception("Live updates lost the database; trying again.")
                connection.close()
                time.sleep(LOOK_SECONDS)

    def _listen(self):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"LISTEN {CHANNEL}")
        newest = Newest()
        while not self._loop.is_closed():
            self._pass_on(newest.read())
            _wait()

    def _pass_on(self, events):
        pages = self._hub.all()
        if not pages:
            return
        told = hearing.heard(events, pages) if events else []
        ended = []
        rights = any(event.kind == LiveEvent.Kind.ACCESS for event in events)
        if rights or time.monotonic() - self._checked >= CHECK_SECONDS:
            ended, self._checked = hearing.ended(pages), time.monotonic()
        if told or ended:
            self._loop.call_soon_threadsafe(self._hub.deliver, told, ended)


def _wait():
    """Until something is announced, a second at most."""
    if connection.vendor == "postgresql":
        list(connection.connection.notifies(timeout=LOOK_SECONDS, stop_after=1))
    else:
        time.sleep(LOOK_SECONDS)
