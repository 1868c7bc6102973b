"""Imports that were started in the admin run in the background, in their own queue. Bodies may run twice."""

from django.conf import settings
from django.utils import timezone, translation
from django_tasks import task

from blog.importing import runs
from blog.models import ImportRun
from blog.models.import_run import STALE

QUEUE = "imports"


@task(queue_name=QUEUE)
def check(run_id: int) -> None:
    """First pass; nothing happens when it is over already."""
    run = ImportRun.objects.filter(pk=run_id, state=ImportRun.State.CHECKING).first()
    if run is not None:
        with translation.override(_language(run)):
            runs.check(run)


@task(queue_name=QUEUE)
def execute(run_id: int) -> None:
    """Second pass, from where it was left. While another process seems to be at it, look again when that must show.

    A task whose worker was killed is brought back within a minute (people.jobs), sooner than its run may be claimed.
    """
    run = ImportRun.objects.filter(pk=run_id).first()
    if run is None:
        return
    try:
        with translation.override(_language(run)):
            runs.execute(run)
    except runs.Busy:
        run.refresh_from_db()
        if run.state == ImportRun.State.RUNNING and execute.get_backend().supports_defer:
            execute.using(run_after=timezone.now() + STALE).enqueue(run_id)


def _language(run: ImportRun) -> str:
    return (run.started_by and run.started_by.locale) or settings.LANGUAGE_CODE
