"""Runs of directory sources in the background, and those that are due by the clock. Bodies may run twice."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django_tasks import task

from people.actions import syncing
from people.locks import only_one
from people.models import SyncRun

QUEUE = "imports"
AGAIN = timedelta(minutes=1)


@task(queue_name=QUEUE)
def execute(run_id: int) -> None:
    """What a waiting run is for; later when another one is under way. Nothing when it is over already."""
    run = (
        SyncRun.objects.select_related("source", "started_by")
        .filter(pk=run_id, state=SyncRun.State.WAITING)
        .first()
    )
    if run is None:
        return
    language = (run.started_by and run.started_by.locale) or settings.LANGUAGE_CODE
    try:
        with translation.override(language):
            syncing.run(source=run.source, by=run.started_by, dry_run=run.is_dry, run=run, **run.options)
    except syncing.Busy:
        if execute.get_backend().supports_defer:
            execute.using(run_after=timezone.now() + AGAIN).enqueue(run_id)


def start(**given) -> SyncRun:
    """Queue a run (people.actions.syncing.queue) and the task for it."""
    with transaction.atomic():
        run = syncing.queue(**given)
        execute.enqueue(run.pk)
    return run


def start_due() -> None:
    """What the clock calls: each source whose time has come, once."""
    with only_one("directory-sync-due") as alone:
        for source in syncing.due() if alone else ():
            start(source=source)
