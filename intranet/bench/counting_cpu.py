"""Processor time that processes have used, from /proc: the server with its children, and the database's backends."""

import os
from pathlib import Path

from django.db import connection

TICK = os.sysconf("SC_CLK_TCK")


def of_group(leader):
    """Seconds used by all processes of the group that `leader` heads, finished children included."""
    return sum(_seconds(pid) for pid in _numbers() if _group(pid) == leader)


def of_backends():
    """{process: seconds used} of PostgreSQL's backends of this database but our own; empty on SQLite or elsewhere."""
    if connection.vendor != "postgresql":
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return {pid: _seconds(pid) for (pid,) in cursor.fetchall()}


def of_process(pid):
    """Seconds used by one process on this machine; 0 for None or one that is not here."""
    return _seconds(pid) if pid else 0.0


def memory_of_group(leader):
    """MiB in memory (resident) of the group."""
    pages = 0
    for pid in _numbers():
        if _group(pid) == leader:
            pages += int(_read(pid, "statm").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _numbers():
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _group(pid):
    fields = _fields(pid)
    return int(fields[2]) if fields else None


def _seconds(pid):
    fields = _fields(pid)
    return (int(fields[11]) + int(fields[12])) / TICK if fields else 0.0


def _fields(pid):
    """What follows the name in /proc/PID/stat: state, parent, group, …, utime (11), stime (12)."""
    return _read(pid, "stat").rpartition(")")[2].split()


def _read(pid, name):
    try:
        return Path(f"/proc/{pid}/{name}").read_text()
    except OSError:  # it has ended meanwhile
        return ""
