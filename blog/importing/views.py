"""Moving in, in the admin: start, look at what would happen, confirm, watch, read the report."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from blog.importing import runs, tasks, words
from blog.importing.forms import ImportForm
from blog.models import ImportRun

State = ImportRun.State
SHOWN = 50
REFRESH_SECONDS = 2


def for_communications(view):
    """Moving in is for communications and administrators."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        if not request.user.is_communications:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked


@for_communications
@require_GET
def index(request):
    """All imports, newest first."""
    found = ImportRun.objects.visible_to(request.user).select_related("started_by", "blog_page")[:SHOWN]
    return render(request, "blog/importing/index.html", {"runs": found})


@for_communications
@require_http_methods(["GET", "POST"])
def new(request):
    """Choose a file; it is only read at first."""
    form = ImportForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            run = runs.start(started_by=request.user, **form.options())
            tasks.check.enqueue(run.pk)
        return redirect("moving_in:run", run.pk)
    return render(request, "blog/importing/new.html", {"form": form}, status=422 if form.errors else 200)


@for_communications
@require_GET
def show(request, run_id):
    """One import: what it would do, how far it is, or what it did."""
    found = ImportRun.objects.visible_to(request.user).select_related("blog_page", "started_by")
    run = get_object_or_404(found, pk=run_id)
    context = {
        "run": run,
        "table": [{**row, "name": words.kind(row["kind"]), "reasons": _reasons(row)} for row in run.table],
        "notes": [_group(group) for group in run.notes],
        "refresh": REFRESH_SECONDS
        if run.state in (State.CHECKING, State.QUEUED, State.RUNNING) and not run.is_resumable
        else 0,
        "blog_address": run.blog_page.url_path if run.blog_page else "",
    }
    return render(request, "blog/importing/run.html", context)


def _reasons(row):
    return [(words.reason(code), count) for code, count in sorted(row["skipped"].items())]


def _group(group):
    details = [(words.detail(group["kind"], detail), count) for detail, count in group["details"]]
    return {"name": words.note(group["kind"]), "count": group["count"], "details": details}


@for_communications
@require_POST
def go(request, run_id):
    """Import what was checked, go on with what was stopped, or read again what nobody reads any more."""
    run = get_object_or_404(ImportRun.objects.visible_to(request.user), pk=run_id)
    with transaction.atomic():
        if run.state == State.CHECKING and run.is_resumable:
            tasks.check.enqueue(run.pk)
        elif runs.queue(run):
            tasks.execute.enqueue(run.pk)
    return redirect("moving_in:run", run.pk)


@for_communications
@require_POST
def stop(request, run_id):
    """End a running import after its batch; it can be gone on with."""
    runs.stop(get_object_or_404(ImportRun.objects.visible_to(request.user), pk=run_id))
    return redirect("moving_in:run", run_id)


@for_communications
@require_POST
def discard(request, run_id):
    """Forget an import that has written nothing, and its file."""
    unwritten = ImportRun.objects.filter(state__in=[State.CHECKED, State.REFUSED, State.CHECKING])
    run = get_object_or_404(unwritten.visible_to(request.user), pk=run_id)
    runs.forget_file(run)
    run.delete()
    return redirect(reverse("moving_in:index"))
