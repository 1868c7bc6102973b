"""The demo's processes: a taken port is said, all are ended together, and only the demo's own files go."""

import socket
import subprocess
import sys

import pytest
from django.core.management.base import CommandError

from intranet.demo import serving

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(60)",
]


def test_taken_port_is_named_with_a_way_out():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(CommandError, match="--port"):
            serving.serve(taken.getsockname()[1], print)


def test_end_waits_for_the_willing_and_kills_the_stubborn(monkeypatch):
    monkeypatch.setattr(serving, "PATIENCE", 0.5)
    stubborn = serving.start(STUBBORN, stdout=subprocess.PIPE)
    stubborn.stdout.readline()
    children = [serving.start(SLEEPER), stubborn]
    serving.end(children)
    assert all(child.poll() is not None for child in children)
    stubborn.stdout.close()


def test_a_process_that_ends_by_itself_ends_the_demo(monkeypatch):
    orders = {"web": [sys.executable, "-c", "raise SystemExit(3)"], "worker": SLEEPER}
    started = []

    def start(order, **kwargs):
        started.append(subprocess.Popen(order, **kwargs))
        return started[-1]

    monkeypatch.setattr(serving, "orders", lambda port: orders)
    monkeypatch.setattr(serving, "start", start)
    with pytest.raises(CommandError, match="web"):
        serving.serve(0, print)
    assert all(child.poll() is not None for child in started)


def test_reset_refuses_any_other_database(db):
    with pytest.raises(CommandError):
        serving.remove_everything()
