"""Imports that were started in the admin run in the background, in their own queue. Bodies may run twice."""

from django.conf import settings
from django.utils import translation
from django_tasks import task

from blog.importing import runs
from blog.models import ImportRun

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
    """Second pass, from where it was left; nothing happens while another process is at it or when it is done."""
    run = ImportRun.objects.filter(pk=run_id).first()
    if run is not None:
        try:
            with translation.override(_language(run)):
                runs.execute(run)
        except runs.Busy:
            return


def _language(run: ImportRun) -> str:
    return (run.started_by and run.started_by.locale) or settings.LANGUAGE_CODE
