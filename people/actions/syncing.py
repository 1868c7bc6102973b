"""One run of a directory source, from reading to the report. One at a time; a run that would let too many go stops."""

from contextlib import contextmanager
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people import audit, source_options
from people.actions import import_plan, importing
from people.importing import BrokenFile, entries, rows
from people.ldap_sync import DirectoryFault, reading
from people.locks import only_one
from people.models import DirectorySource, SyncRun, User

State = SyncRun.State
LOCK = "directory-sync"
KEEP_FILES = timedelta(days=1)
LDIF = (".ldif", ".ldf")


class Busy(Exception):
    """Another run is under way."""


def queue(
    *, source: DirectorySource, by: User | None = None, dry_run=False, run: SyncRun | None = None, **allowed
) -> SyncRun:
    """A run that waits for the worker; `run` gives its uploaded file to this one. `allowed` as in `run`."""
    waiting = SyncRun(source=source, started_by=by, is_dry=dry_run, state=State.WAITING, options=allowed)
    if run is not None:
        waiting.file, waiting.file_name = run.file.name, run.file_name
    waiting.save()
    if run is not None:
        SyncRun.objects.filter(pk=run.pk).update(file="")
    return waiting


def run(
    *, source: DirectorySource, by: User | None = None, dry_run=False, run: SyncRun | None = None,
    adopt=False, many_may_leave=False,
) -> SyncRun:  # fmt: skip
    """Read `source` and bring everybody in line, or with `dry_run` only say what would change; returns the run.

    It ends `done`; `stopped` when more than `stop_above_percent` would leave and that was not allowed; `failed` with
    the reason when the source cannot be read. Both change nothing. `adopt` links accounts by address. Raises Busy.
    """
    with only_one(LOCK) as alone:
        if not alone:
            raise Busy(_("Another run is under way."))
        _bury_dead()
        run = run or SyncRun(source=source, started_by=by)
        run.is_dry, run.options = dry_run, {"adopt": adopt, "many_may_leave": many_may_leave}
        run.state, run.started_at = State.RUNNING, timezone.now()
        run.save()
        try:
            with _opened(source, run) as found:
                _bring_in_line(run, found)
        except (DirectoryFault, BrokenFile, ValueError, OSError) as error:
            _finish(run, State.FAILED, str(error))
        except Exception as error:
            _finish(run, State.FAILED, f"{type(error).__name__}: {error}")
            raise
    return run


@contextmanager
def _opened(source, run):
    """What the source says now, whatever it is read from."""
    if source.kind == DirectorySource.Kind.LDAP:
        with reading.opened(source) as found:
            yield found
    elif not run.file:
        raise DirectoryFault(_("There is no file to read: upload one."))
    else:
        yield _read_file(source, run)


def _read_file(source: DirectorySource, run: SyncRun):
    """The records of an uploaded file, by the saved column map. Raises BrokenFile, ValueError."""
    with run.file.open("rb") as file:
        data = file.read()
    if run.file_name.lower().endswith(LDIF):
        return entries.read(data, issuer=source.issuer)
    options = source_options.of(source)
    return rows.read(
        data, chosen=source.column_map, issuer=source.issuer, sign_in=options.sign_in_column, strict=False
    )


def _bring_in_line(run, found):
    source, allowed = run.source, run.options
    plan = import_plan.make(
        source=source,
        found=found,
        adopt=allowed["adopt"],
        missing_leave=source_options.of(source).missing_leave,
    )
    if not found.people:
        raise DirectoryFault(_("Nobody was found there: look at base and filter. Nothing was changed."))
    if plan.share_leaving > source.stop_above_percent and not (allowed["many_may_leave"] or run.is_dry):
        _stop(run, plan, found)
        return
    report = importing.carry_out(
        plan=plan, dry_run=run.is_dry, by=run.started_by, progress=_progress(run, len(found.people))
    )
    run.counts, run.changes = _figures(report, found), report.changes
    too_many = run.is_dry and plan.share_leaving > source.stop_above_percent
    _finish(run, State.DONE, _too_many(plan, source) if too_many else "")


def _stop(run, plan, found):
    """Nothing is written; the diff names those who would leave."""
    for user in plan.leaving:
        plan.report.add("left", "updated")
        plan.report.change("leave", user)
    run.counts, run.changes = _figures(plan.report, found), plan.report.changes
    _finish(run, State.STOPPED, _too_many(plan, run.source))


def _too_many(plan, source):
    message = ngettext(
        "%(count)s person would leave, %(share)s %%; allowed are %(limit)s %%.",
        "%(count)s people would leave, %(share)s %%; allowed are %(limit)s %%.",
        len(plan.leaving),
    )
    share = round(plan.share_leaving)
    return message % {"count": len(plan.leaving), "share": share, "limit": source.stop_above_percent}


def _figures(report, found):
    return report.as_dict() | {"unknown": found.unknown[:200], "sensitive": found.sensitive[:200]}


def _progress(run, total):
    def say(done):
        SyncRun.objects.filter(pk=run.pk).update(counts={"done": done, "total": total})

    return say


@transaction.atomic
def _finish(run, state, reason=""):
    run.state, run.reason, run.finished_at = state, reason[:500], timezone.now()
    if run.file and state == State.DONE and not run.is_dry:
        forget_file(run=run)
    run.save()
    if not run.is_dry:
        action = "people.sync.stop" if state == State.STOPPED else "people.sync.run"
        detail = {"run": run.pk, "state": state, "table": run.counts.get("table", {}), "reason": run.reason}
        audit.record(action=action, by=run.started_by, target=run.source, detail=detail)


def refuse(*, run: SyncRun, reason: str) -> None:
    """End a run whose file cannot be read, and forget the file."""
    forget_file(run=run)
    _finish(run, State.FAILED, reason)


def forget_file(*, run: SyncRun) -> None:
    """Delete an uploaded file: it holds what a personnel system knows, and is not needed any more."""
    if run.file:
        storage, name = run.file.storage, run.file.name
        run.file = ""
        SyncRun.objects.filter(pk=run.pk).update(file="")
        transaction.on_commit(lambda: storage.delete(name))


def _bury_dead():
    """Whoever holds the lock is the only one who runs: what else says so was killed."""
    dead = SyncRun.objects.filter(state=State.RUNNING)
    dead.update(state=State.FAILED, reason=_("The run was ended in the middle."), finished_at=timezone.now())


def due() -> list[DirectorySource]:
    """Sources whose time has come: switched on, read from a server, nothing waiting or running."""
    found = []
    for source in DirectorySource.objects.filter(is_active=True, kind=DirectorySource.Kind.LDAP):
        hours = source_options.of(source).every_hours
        last = source.runs.filter(is_dry=False).order_by("-started_at").first()
        if hours and (last is None or last.started_at <= timezone.now() - timedelta(hours=hours)):
            found.append(source)
    return found


def prune_files() -> int:
    """Forget uploaded files a day later. Returns how many. Runs themselves are forgotten by people.data_kinds."""
    old = SyncRun.objects.exclude(file="").filter(started_at__lt=timezone.now() - KEEP_FILES)
    for one in old:
        forget_file(run=one)
    return len(old)
