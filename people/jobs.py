"""What django-tasks-db leaves to its users: rescue after a crash, retries with back-off, dead letters (A29, fact 14).

Tasks run at least once; their bodies are idempotent. A row's `worker_ids` has one entry for each attempt.
"""

import os
import socket
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

MAX_ATTEMPTS = 5
BACK_OFF = (timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1))
# How long a task of a queue may run before another machine takes it for lost.
LEASES = {"default": timedelta(minutes=10), "mail": timedelta(minutes=10), "imports": timedelta(hours=6)}
KEEP_DONE = timedelta(days=1)


def worker_id():
    """Names this process, so that another one on the same machine can see whether it still lives."""
    return f"{socket.gethostname()}:{os.getpid()}"


def rescue():
    """Bring back tasks whose worker is gone; the fifth loss makes a dead letter. Returns how many were brought back."""
    back = 0
    for row in DBTaskResult.objects.running():
        if not _is_lost(row):
            continue
        if len(row.worker_ids) >= MAX_ATTEMPTS:
            row.set_failed(RuntimeError("The worker ended during each attempt."))
            continue
        # Only if it is still the same attempt: another machine may have rescued it meanwhile.
        same = DBTaskResult.objects.running().filter(pk=row.pk, started_at=row.started_at)
        back += same.update(status="READY", run_after=timezone.now())
    return back


def retry():
    """Queue failed tasks again with growing pauses, up to MAX_ATTEMPTS. Returns how many."""
    again = 0
    for row in DBTaskResult.objects.failed().exclude(pk__in=dead_letters().values("pk")):
        attempts = len(row.worker_ids)
        if attempts >= MAX_ATTEMPTS:
            continue
        when = row.finished_at + BACK_OFF[min(attempts, len(BACK_OFF)) - 1 if attempts else 0]
        again += DBTaskResult.objects.failed().filter(pk=row.pk).update(status="READY", run_after=when)
    return again


def dead_letters():
    """Tasks that failed for good, newest first: somebody must look at them."""
    given_up = Q(**{f"worker_ids__{MAX_ATTEMPTS - 1}__isnull": False})
    return DBTaskResult.objects.failed().filter(given_up).order_by("-finished_at")


def revive(*, pk):
    """Try a dead letter again from the start, when somebody has mended the cause. Returns whether it was one."""
    return bool(
        DBTaskResult.objects.failed()
        .filter(pk=pk)
        .update(status="READY", worker_ids=[], run_after=timezone.now())
    )


def prune():
    """Forget tasks that succeeded a day ago. Returns how many."""
    return DBTaskResult.objects.successful().filter(finished_at__lt=timezone.now() - KEEP_DONE).delete()[0]


def _is_lost(row):
    """Whether the process that runs `row` is gone: dead on this machine, or beyond its lease on another one."""
    host, _colon, pid = (row.worker_ids[-1] if row.worker_ids else "").rpartition(":")
    if host == socket.gethostname() and pid.isdigit():
        return not _is_alive(int(pid))
    lease = LEASES.get(row.queue_name, LEASES["default"])
    return row.started_at is None or row.started_at < timezone.now() - lease


def _is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
