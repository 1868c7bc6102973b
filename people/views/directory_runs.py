"""Runs of directory sources: start one, look at what it would change, watch it, read what it did."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from people import sync_tasks
from people.actions import sources, syncing
from people.forms.directory_files import ColumnsForm, UploadForm
from people.importing import BrokenFile, columns, tabular
from people.models import DirectorySource, SyncRun
from people.source_words import CHANGES, KINDS, OUTCOMES, field_label
from people.views.directory_sources import SHARED
from people.views.governing import for_administrators, for_people_administrators

State = SyncRun.State
SIZE = 100
REFRESH_SECONDS = 2


@for_administrators
@require_POST
def start(request, pk):
    """Queue a run of a source that is read from a server; `dry` only looks, `many` lets many leave."""
    found = get_object_or_404(DirectorySource, pk=pk, kind=DirectorySource.Kind.LDAP)
    run = sync_tasks.start(
        source=found, by=request.user, dry_run="dry" in request.POST, adopt=False,
        many_may_leave="many" in request.POST,
    )  # fmt: skip
    return redirect("people:sync_run", run.pk)


@for_administrators
@require_POST
def upload(request, pk):
    """Keep a file until it was looked at; the next screen shows its columns."""
    found = get_object_or_404(DirectorySource, pk=pk, kind=DirectorySource.Kind.FILE)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        for error in form.errors.get("file", ()):
            messages.error(request, error)
        return redirect("people:source", pk)
    file = form.cleaned_data["file"]
    run = SyncRun(source=found, started_by=request.user, is_dry=True, state=State.WAITING)
    run.file_name = file.name[-255:]
    run.file.save(f"people.{file.name.rpartition('.')[2].lower()}", file)  # saves the run too
    if file.name.lower().endswith(syncing.LDIF):
        sync_tasks.execute.enqueue(run.pk)
        return redirect("people:sync_run", run.pk)
    return redirect("people:sync_columns", run.pk)


@for_administrators
@require_http_methods(["GET", "POST"])
def choose_columns(request, pk):
    """Which column is which field; saved with the source. Those that must not be read are only named."""
    run = get_object_or_404(SyncRun.objects.exclude(file="").select_related("source"), pk=pk, is_dry=True)
    try:
        with run.file.open("rb") as file:
            headings = tabular.read(file.read()).headings
    except (BrokenFile, OSError) as error:
        syncing.refuse(run=run, reason=str(error))
        return redirect("people:sync_run", run.pk)
    form = ColumnsForm(request.POST or None, headings=headings, chosen=run.source.column_map)
    if request.method == "POST" and form.is_valid():
        run.source.column_map = run.source.column_map | form.column_map
        sources.save(source=run.source, by=request.user)
        again = sync_tasks.start(source=run.source, by=request.user, dry_run=True, run=run)
        run.delete()
        return redirect("people:sync_run", again.pk)
    sensitive = [name for name in headings if columns.is_sensitive(name)]
    context = SHARED | {"form": form, "run": run, "source": run.source, "sensitive": sensitive}
    return render(request, "people/manage/sources/columns.html", context, status=422 if form.errors else 200)


@for_people_administrators
@require_GET
def show(request, pk):
    """One run: figures, what was left out and why, and each change."""
    run = get_object_or_404(SyncRun.objects.select_related("source", "started_by"), pk=pk)
    page = Paginator(run.changes, SIZE).get_page(request.GET.get("page"))
    context = {
        "run": run,
        "source": run.source,
        "table": _table(run),
        "changes": [_line(change) for change in page],
        "page": page,
        "notes": [_note(note) for note in run.counts.get("notes", ())[:SIZE]],
        "under_way": run.state in (State.WAITING, State.RUNNING),
        "refresh": REFRESH_SECONDS,
        "may_go": (run.is_dry and run.state == State.DONE) or run.state == State.STOPPED,
    }
    return render(request, "people/manage/sources/run.html", SHARED | context)


def _table(run):
    rows = run.counts.get("table", {})
    return [
        (label, [rows[kind].get(outcome, 0) for outcome in OUTCOMES])
        for kind, label in KINDS.items()
        if rows.get(kind)
    ]


def _line(change):
    fields = [(field_label(name), *pair) for name, pair in change["fields"].items()]
    return {"what": CHANGES.get(change["what"], change["what"]), "name": change["name"], "fields": fields}


def _note(note):
    line, kind, reason, detail = note
    return {"line": line, "kind": KINDS.get(kind, kind), "reason": _(reason), "detail": detail}


@for_administrators
@require_POST
def go(request, pk):
    """Do what a dry run has shown, or what was stopped; the source is read again."""
    ready = Q(is_dry=True, state=State.DONE) | Q(state=State.STOPPED)
    run = get_object_or_404(SyncRun.objects.filter(ready).select_related("source"), pk=pk)
    if run.source.kind == DirectorySource.Kind.FILE and not run.file:
        messages.error(request, _("The file is not here any more: upload it again."))
        return redirect("people:source", run.source_id)
    given = run if run.file else None
    again = sync_tasks.start(
        source=run.source, by=request.user, run=given, adopt=False, many_may_leave="many" in request.POST
    )
    return redirect("people:sync_run", again.pk)
