"""Requests for erasure: asked with the effects in view, decided by a second person (four eyes)."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people import registries
from people.actions import data_requests
from people.forms.privacy import ErasureForm, RefusalForm
from people.models import DataRequest
from people.paging import take
from people.views.governing import for_people_administrators, managed

NEWEST = ("-asked_at", "-pk")


@require_http_methods(["GET", "POST"])
def ask_own(request):
    """Somebody asks to be erased."""
    return _ask(request, request.user, own=True)


@for_people_administrators
@require_http_methods(["GET", "POST"])
def ask(request, pk):
    """A people administrator asks for somebody, for example on their letter."""
    return _ask(request, managed(request, pk), own=pk == request.user.pk)


@require_POST
def withdraw(request, pk):
    """Whoever asked, or the person, takes it back before it is decided."""
    about_me = Q(user=request.user) | Q(asked_by=request.user)
    waiting = DataRequest.objects.filter(about_me, kind="erasure", state="waiting")
    data_requests.withdraw(request=get_object_or_404(waiting, pk=pk), by=request.user)
    messages.success(request, _("The request is taken back."))
    return redirect("people:my_data")


@for_people_administrators
@require_safe
def index(request):
    """All requests for erasure, newest first."""
    found = DataRequest.objects.filter(kind="erasure").select_related("user", "asked_by", "decided_by")
    page = take(found, NEWEST, after=request.GET.get("after", ""), size=50)
    context = {"page": page, "after": request.GET.get("after", ""), "section": "manage", "manage": "requests"}
    return render(request, "people/manage/requests.html", context)


@for_people_administrators
@require_http_methods(["GET", "POST"])
def decide(request, pk):
    """One request with its effects; yes, or no with a reason. Never by who asked or whom it concerns."""
    found = DataRequest.objects.select_related("user", "asked_by", "decided_by")
    row = found.filter(pk=pk, kind="erasure").first()
    if row is None:
        raise Http404
    may = data_requests.may_decide(request=row, by=request.user)
    form = RefusalForm(request.POST if "refuse" in request.POST else None)
    if request.method == "POST":
        if not may:
            raise PermissionDenied
        if "approve" in request.POST:
            data_requests.approve(request=row, by=request.user)
            messages.success(request, _("The erasure is under way."))
            return redirect("people:data_requests")
        if form.is_valid():
            data_requests.refuse(request=row, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, _("Refused."))
            return redirect("people:data_requests")
    context = {
        "row": row, "may": may, "form": form, "effects": _effects(row.user) if row.state == "waiting" else {},
        "section": "manage", "manage": "requests",
    }  # fmt: skip
    return render(request, "people/manage/request.html", context, status=422 if form.errors else 200)


def _ask(request, person, *, own):
    form = ErasureForm(request.POST or None, own=own, initial={"content": "keep"})
    if request.method == "POST" and form.is_valid():
        keep = form.cleaned_data["content"] == "keep"
        try:
            data_requests.ask_erasure(
                user=person, keep_content=keep, by=request.user, reason=form.cleaned_data["reason"]
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The request waits for a second person’s decision."))
            return redirect("people:my_data") if own else redirect("people:account", person.pk)
    context = {
        "form": form, "person": person, "own": own, "effects": _effects(person),
        "section": "settings" if own else "manage", "manage": "accounts",
    }  # fmt: skip
    return render(request, "people/erasure_ask.html", context, status=422 if form.errors else 200)


def _effects(person):
    found = registries.owned.run(user=person).values()
    return {label: number for part in found for label, number in part.items() if number}
