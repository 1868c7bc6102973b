"""One runner at a time, on one machine or several."""

import fcntl
import zlib
from contextlib import contextmanager

from django.conf import settings
from django.db import connection


@contextmanager
def only_one(name):
    """Yields True to the one runner that holds the lock `name`, False to all others; never waits (A28).

    PostgreSQL: an advisory lock of the session, gone with the connection. SQLite, which lives on one machine: a
    locked file, gone with the process.
    """
    holder = _advisory if connection.vendor == "postgresql" else _file
    with holder(name) as held:
        yield held


@contextmanager
def _advisory(name):
    number = zlib.crc32(name.encode())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
        held = cursor.fetchone()[0]
    try:
        yield held
    finally:
        if held:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [number])


@contextmanager
def _file(name):
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    database = zlib.crc32(str(connection.settings_dict["NAME"]).encode())
    with (settings.VAR_DIR / f"{name}-{database:08x}.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True  # the lock ends when the file is closed
