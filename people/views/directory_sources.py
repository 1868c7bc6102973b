"""Directory sources: people administrators look at them, administrators set them up."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, OuterRef, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from people import source_options
from people.actions import sources
from people.forms.directory_files import LinkForm, UploadForm
from people.forms.directory_sources import LdapForm, SourceForm
from people.models import DirectorySource, FieldConflict, Identity, SyncRun
from people.paging import take
from people.source_words import field_label
from people.views.governing import for_administrators, for_people_administrators

Kind = DirectorySource.Kind
SIZE = 50
SHARED = {"section": "manage", "manage": "directories"}


@for_people_administrators
@require_GET
def index(request):
    """All sources with how they last went, and how many disagreements there are. Two queries."""
    last = SyncRun.objects.filter(source=OuterRef("pk"), is_dry=False).order_by("-started_at", "-pk")
    found = DirectorySource.objects.annotate(
        last_state=Subquery(last.values("state")[:1]),
        last_at=Subquery(last.values("started_at")[:1]),
        disagreements=Count("conflicts"),
    )
    states = dict(SyncRun.State.choices)
    rows = [(source, states.get(source.last_state, "")) for source in found]
    return render(request, "people/manage/sources/index.html", SHARED | {"rows": rows})


@for_people_administrators
@require_GET
def source(request, pk):
    """One source: what it is set to, its runs, and what an administrator can start."""
    found = get_object_or_404(DirectorySource, pk=pk)
    runs = found.runs.defer("changes", "counts").select_related("started_by")
    page = take(runs, ("-started_at", "-pk"), after=request.GET.get("after", ""), size=SIZE)
    context = {
        "source": found,
        "options": source_options.of(found),
        "owned": [field_label(name) for name in found.fields],
        "runs": page,
        "upload": UploadForm() if found.kind == Kind.FILE else None,
    }
    return render(request, "people/manage/sources/source.html", SHARED | context)


@for_administrators
@require_http_methods(["GET", "POST"])
def new(request, kind):
    """Set up a source of a kind; SCIM has a screen of its own."""
    if kind not in (Kind.LDAP, Kind.FILE):
        raise Http404
    return _form(request, DirectorySource(kind=kind))


@for_administrators
@require_http_methods(["GET", "POST"])
def edit(request, pk):
    """Change a source; its issuer stays, because people are found by it."""
    return _form(request, get_object_or_404(DirectorySource, pk=pk))


def _form(request, found):
    made = LdapForm if found.kind == Kind.LDAP else SourceForm
    form = made(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        kept = sources.save(source=form.save(commit=False), by=request.user)
        messages.success(request, _("Saved."))
        return redirect("people:source", kept.pk)
    context = SHARED | {"form": form, "source": found}
    return render(request, "people/manage/sources/form.html", context, status=422 if form.errors else 200)


@for_people_administrators
@require_GET
def conflicts(request):
    """Where sources disagree about a field: both values, who decides, whom to ask."""
    rows = FieldConflict.objects.select_related(
        "source", "user", "user__department", "user__location", "user__manager"
    )
    page = take(rows, ("-seen_at", "-pk"), after=request.GET.get("after", ""), size=SIZE)
    known = DirectorySource.objects.in_bulk()
    for row in page.items:
        row.label, row.winner = field_label(row.field), known.get(row.user.mastered.get(row.field))
        row.stands = getattr(row.user, row.field, "")
    return render(request, "people/manage/sources/conflicts.html", SHARED | {"rows": page})


@for_administrators
@require_http_methods(["GET", "POST"])
def links(request):
    """Say by hand that somebody of another directory is a colleague; `person` shows what is linked to them."""
    if "unlink" in request.POST:
        return _unlink(request)
    form = LinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            sources.link(user=data["person"], issuer=data["issuer"], subject=data["subject"], by=request.user)
        except ValidationError as error:
            form.add_error("subject", error)
        else:
            messages.success(request, _("Linked."))
            return redirect(f"{request.path}?person={data['person'].handle}")
    handle = request.GET.get("person", "").removeprefix("@").casefold()[:254]
    rows = Identity.objects.filter(user__handle=handle).select_related("user").order_by("issuer", "pk")
    known = DirectorySource.objects.values_list("issuer", flat=True)
    context = SHARED | {"form": form, "rows": rows, "handle": handle, "known": known}
    return render(request, "people/manage/sources/links.html", context, status=422 if form.errors else 200)


def _unlink(request):
    key = request.POST["unlink"]
    number = int(key) if key.isascii() and key.isdecimal() and len(key) < 19 else 0
    identity = get_object_or_404(Identity.objects.select_related("user"), pk=number)
    sources.unlink(identity=identity, by=request.user)
    messages.success(request, _("The link is gone."))
    return redirect(f"{request.path}?person={identity.user.handle}")
