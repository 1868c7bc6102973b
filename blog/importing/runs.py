"""An import from start to report. Each step may be called again: what was done stays done, what was not is made up."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from blog.importing import notes, plan, report, target, writing
from blog.importing.addresses import parts
from blog.importing.source import WxrError
from blog.models import ImportRun
from blog.models.import_run import STALE

State = ImportRun.State
LANGUAGES = dict(settings.LANGUAGES)
NO_IDENTITY = ("", "localhost", "127.0.0.1")


class Busy(Exception):
    """Another process works on this import."""


def start(*, path: str = "", file=None, started_by=None, **options) -> ImportRun:
    """A new run for a file on the server (`path`) or an upload (`file`); nothing is read yet.

    Options are fields of ImportRun: blog_slug, language, media, hosts, schedule_future.
    """
    name = Path(path).name if path else file.name
    run = ImportRun(
        path=str(Path(path).resolve()) if path else "",
        file_name=name[-255:],
        started_by=started_by,
        **options,
    )
    if file is not None:
        run.file = file
    run.save()
    return run


def check(run: ImportRun) -> ImportRun:
    """The first pass: reads the whole file and says what an import would do. Changes nothing but the run itself.

    Afterwards the run is `checked` with its table, or `refused` with line and reason.
    """
    ImportRun.objects.filter(pk=run.pk).update(active_at=timezone.now())
    try:
        with run.open() as file:
            the_plan = plan.read(
                file, now=run.created_at, schedule_future=run.schedule_future, embeddable=writing.embeddable
            )
        _describe(run, the_plan)
        run.notes = notes.merge([], the_plan.notes)
        with run.open() as file:
            run.table = report.make(file, run, the_plan, now=run.created_at, written=False)
        run.state = State.CHECKED
    except WxrError as error:
        run.state, run.error_line, run.error = State.REFUSED, error.line, error.reason[:500]
        run.finished_at = timezone.now()
    except OSError as error:
        run.state, run.error = State.REFUSED, (error.strerror or str(error))[:500]
        run.finished_at = timezone.now()
    run.save()
    return run


def _describe(run: ImportRun, the_plan: plan.Plan) -> None:
    site = the_plan.site
    run.site_url = site.url[:500]
    identified = (parts(site.url).hostname or "") not in NO_IDENTITY
    run.site = run.site_url if identified else f"{site.url} ({site.title})"[:500]
    run.site_title = (site.title or parts(site.url).netloc or run.file_name)[:255]
    if not run.language:
        code = site.language[:2].casefold()
        run.language = code if code in LANGUAGES else settings.LANGUAGE_CODE
    run.total = the_plan.items
    run.digest = digest(run)


def digest(run: ImportRun) -> str:
    """SHA-256 of the file."""
    with run.open() as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def unfinished(path: str, blog_slug: str) -> ImportRun | None:
    """The run of the same file that was stopped half-way, to go on with."""
    probe = ImportRun(path=str(Path(path).resolve()))
    stale = Q(state=State.STOPPED) | Q(state=State.RUNNING, active_at__lt=timezone.now() - STALE)
    return ImportRun.objects.filter(stale, digest=digest(probe), blog_slug=blog_slug).first()


def execute(run: ImportRun, *, private_hosts: bool = False) -> ImportRun:
    """The second pass, from where it was left, and the report. Raises Busy when another process is at it.

    `private_hosts` lets `run.hosts` lie inside the own network (fetching.fetch). Stopping or failing leaves the run
    `stopped`; everything up to its position is written.
    """
    _claim(run)
    try:
        _execute(run, private_hosts)
    except writing.Interrupted:
        run.refresh_from_db()
    except Exception as error:
        ImportRun.objects.filter(pk=run.pk, state=State.RUNNING).update(
            state=State.STOPPED, error=_reason(error)
        )
        raise
    return run


def queue(run: ImportRun) -> bool:
    """Mark a run as about to go on; answers whether it may (once per click, however often it is clicked)."""
    stale = Q(state__in=[State.QUEUED, State.RUNNING], active_at__lt=timezone.now() - STALE)
    may = Q(state__in=[State.CHECKED, State.STOPPED]) | stale
    return bool(ImportRun.objects.filter(may, pk=run.pk).update(state=State.QUEUED, active_at=timezone.now()))


def _claim(run: ImportRun) -> None:
    free = Q(state__in=[State.CHECKED, State.QUEUED, State.STOPPED]) | Q(
        state=State.RUNNING, active_at__lt=timezone.now() - STALE
    )
    taken = ImportRun.objects.filter(free, pk=run.pk).update(
        state=State.RUNNING, active_at=timezone.now(), error=""
    )
    if not taken:
        raise Busy
    run.refresh_from_db()


def _execute(run: ImportRun, private_hosts: bool) -> None:
    if digest(run) != run.digest:
        raise WxrError(1, _("The file is not the one that was checked."))
    now = run.created_at
    with run.open() as file:
        the_plan = plan.read(
            file, now=now, schedule_future=run.schedule_future, embeddable=writing.embeddable, convert=False
        )
    with transaction.atomic():
        blog_page = target.find_or_create(run, the_plan.site.description)
    work = writing.Work(run, the_plan, blog_page, private_hosts=private_hosts)
    with run.open() as file:
        writing.write(file, work, now=now)
    with run.open() as file:
        run.table = report.make(file, run, the_plan, now=now, written=True)
    run.state, run.finished_at = State.DONE, timezone.now()
    run.save(update_fields=["table", "state", "finished_at"])
    forget_file(run)


def forget_file(run: ImportRun) -> None:
    """Delete an uploaded export: it holds addresses of people, and is not needed once all of it is here."""
    if run.file:
        run.file.delete(save=False)
        ImportRun.objects.filter(pk=run.pk).update(file="")


def stop(run: ImportRun) -> bool:
    """Ask a running import to end after its batch; answers whether there was one."""
    return bool(
        ImportRun.objects.filter(pk=run.pk, state__in=[State.QUEUED, State.RUNNING]).update(
            state=State.STOPPED
        )
    )


def _reason(error: Exception) -> str:
    return (error.reason if isinstance(error, WxrError) else f"{type(error).__name__}: {error}")[:500]
