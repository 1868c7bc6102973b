"""Measure a screen: requests one by one for its cost, eight connections for its speed, queries in this process."""

import threading
import time
from statistics import median, quantiles

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from intranet.bench import counting_cpu
from intranet.bench.browsing import Browser

WARM, CONNECTIONS = 40, 8  # warm: each of the server's threads has prepared its statements


def cost(act, browser, leader, times):
    """Milliseconds of processor time for each request: {"server", "database", "status"}, one after the other."""
    for _ in range(WARM):
        status, _text = act(browser)
    server, database = counting_cpu.of_group(leader), counting_cpu.of_backends()
    took = []
    for _ in range(times):
        began = time.perf_counter()
        status, _text = act(browser)
        took.append(time.perf_counter() - began)
    return {
        "status": status,
        "server_ms": (counting_cpu.of_group(leader) - server) * 1000 / times,
        "database_ms": _used(database, counting_cpu.of_backends()) * 1000 / times,
        "alone_ms": median(took) * 1000,
    }


def _used(before, after):
    """Seconds between two looks at the backends; one that ended meanwhile is left out."""
    return sum(seconds - before.get(pid, 0) for pid, seconds in after.items())


def speed(act, browser, seconds):
    """{"per_second", "p50_ms", "p99_ms"} with eight connections, each asking again as soon as it has its answer."""
    took, until = [], time.perf_counter() + seconds

    def ask():
        own = Browser(browser.address, browser.cookies)
        while (began := time.perf_counter()) < until:
            act(own)
            took.append(time.perf_counter() - began)

    threads = [threading.Thread(target=ask) for _ in range(CONNECTIONS)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = time.perf_counter() - began
    cuts = quantiles(took, n=100) if len(took) > 1 else [0] * 99
    return {"per_second": len(took) / spent, "p50_ms": cuts[49] * 1000, "p99_ms": cuts[98] * 1000}


def queries(act, person):
    """How many queries the screen takes, counted in this process; what it writes is rolled back."""
    client = InProcess(person)
    act(client)  # caches filled
    with CaptureQueriesContext(connection) as found:
        act(client)
    return len(found)


class InProcess:
    """Looks like a Browser; asks the views in this process, inside a transaction that is rolled back."""

    def __init__(self, person):
        self._client = Client()
        self._client.force_login(person)

    def get(self, url):
        """Open a page."""
        return self._roll_back(lambda: self._client.get(url))

    def post(self, url, form, htmx=False):
        """Send a form."""
        headers = {"HX-Request": "true"} if htmx else {}
        return self._roll_back(lambda: self._client.post(url, form, headers=headers))

    @staticmethod
    def _roll_back(ask):
        with transaction.atomic():
            answer = ask()
            transaction.set_rollback(True)
        return answer.status_code, ""
