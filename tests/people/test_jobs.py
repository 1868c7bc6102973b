"""Background tasks: brought back after a crash, tried again, given up in the open (A29)."""

import os
import subprocess
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from people import jobs

pytestmark = pytest.mark.django_db


def task(status, workers, **fields):
    now = timezone.now()
    row = {
        "status": status,
        "worker_ids": workers,
        "args_kwargs": {"args": [], "kwargs": {}},
        "task_path": "blog.importing.tasks.run",
        "backend_name": "default",
        "run_after": now,
        "started_at": now,
        "finished_at": now,
    }
    return DBTaskResult.objects.create(**row | fields)


def a_dead_worker():
    ended = subprocess.Popen(["true"])
    ended.wait()
    return jobs.worker_id().replace(f":{os.getpid()}", f":{ended.pid}")


def test_task_of_a_killed_worker_runs_again_at_once():
    row = task("RUNNING", [a_dead_worker()])
    assert jobs.rescue() == 1
    row.refresh_from_db()
    assert row.status == "READY"


def test_task_of_a_living_worker_is_left_alone():
    task("RUNNING", [jobs.worker_id()])
    assert jobs.rescue() == 0


def test_task_on_another_machine_is_lost_after_its_lease():
    task(
        "RUNNING", ["elsewhere:1"], started_at=timezone.now() - jobs.LEASES["default"] + timedelta(minutes=1)
    )
    late = task(
        "RUNNING", ["elsewhere:1"], started_at=timezone.now() - jobs.LEASES["default"] - timedelta(minutes=1)
    )
    assert jobs.rescue() == 1
    late.refresh_from_db()
    assert late.status == "READY"


def test_task_that_kills_its_workers_is_given_up():
    row = task("RUNNING", [a_dead_worker()] * jobs.MAX_ATTEMPTS)
    assert jobs.rescue() == 0
    assert list(jobs.dead_letters()) == [row]


def test_failed_task_is_tried_again_later_and_not_for_ever():
    young, old = task("FAILED", ["a:1"]), task("FAILED", ["a:1"] * jobs.MAX_ATTEMPTS)
    assert jobs.retry() == 1
    young.refresh_from_db()
    assert young.status == "READY"
    assert young.run_after > timezone.now()
    assert list(jobs.dead_letters()) == [old]
    assert jobs.revive(pk=old.pk)
    assert not jobs.dead_letters().exists()


def test_administrator_sees_failed_tasks_and_tries_again(company, client_for):
    row = task("FAILED", ["a:1"] * jobs.MAX_ATTEMPTS)
    admin = client_for(company.administrator)
    assert str(row.pk) in admin.get(reverse("failed_tasks")).content.decode()
    assert admin.post(reverse("failed_tasks"), {"task": "nonsense"}).status_code == 302
    admin.post(reverse("failed_tasks"), {"task": str(row.pk)})
    row.refresh_from_db()
    assert row.status == "READY"


def test_others_do_not_see_failed_tasks(company, client_for):
    for person in (company.communications, company.author, company.employee):
        assert client_for(person).get(reverse("failed_tasks")).status_code in (302, 403)
