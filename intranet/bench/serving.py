"""A real server process on a free port, for benchmarks and tests: the same server as in production and the demo."""

import os
import socket
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

from intranet.demo import serving

PATIENCE = 60


@contextmanager
def running(*, workers=1, **environment):
    """Serve the database in use; yields (address, process). Raises RuntimeError if the server does not start."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    process = serving.start(
        serving.web_order(port, workers),
        cwd=settings.BASE_DIR,
        env={**os.environ, **_environment(address), **environment},
    )
    try:
        _wait_for(address, process)
        yield address, process
    finally:
        serving.end([process])


def _environment(address):
    """The same database, secret and files; the product's settings, not those of the tests."""
    return {
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "intranet.settings",
        "SECRET_KEY": settings.SECRET_KEY,
        "BASE_URL": address,
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "STATIC_ROOT": str(settings.STATIC_ROOT),
        "LOG_LEVEL": "WARNING",
    }


def database_url():
    """Of the database in use, as DATABASE_URL says it."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    secret = f":{found['PASSWORD']}" if found["PASSWORD"] else ""
    return f"postgres://{found['USER']}{secret}@{found['HOST']}:{found['PORT']}/{found['NAME']}"


def _wait_for(address, process):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=5).close()  # noqa: S310  our own process
        except (urllib.error.URLError, OSError):
            if process.poll() is not None:
                raise RuntimeError(f"The server ended with code {process.returncode}.") from None
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"The server did not answer within {PATIENCE} s.")
