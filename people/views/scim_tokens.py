"""The administrators' screen for SCIM: directories, their tokens, and addresses that were refused to them."""

from django.conf import settings
from django.contrib import messages
from django.db.models import Count, Prefetch, Q
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.models import ModelLogEntry

from people.actions import scim_tokens
from people.forms.scim import SourceForm, TokenForm
from people.models import DirectorySource, ScimToken, User
from people.scim.rendering import ROOT
from people.views.governing import for_administrators

REFUSED_SHOWN = 20


@for_administrators
@require_http_methods(["GET", "POST"])
def index(request):
    """The screen. POST: `connect` a directory, `make` a token (only the answer shows its secret), `revoke` one."""
    if "revoke" in request.POST:
        return _revoke(request)
    wanted = "connect" if "connect" in request.POST else "make" if request.method == "POST" else ""
    source_form = SourceForm(request.POST if wanted == "connect" else None)
    token_form = TokenForm(request.POST if wanted == "make" else None)
    secret = ""
    if wanted == "connect" and source_form.is_valid():
        scim_tokens.add_source(by=request.user, **source_form.cleaned_data)
        messages.success(request, _("The directory is known. Make a token for it now."))
        return redirect("people:scim")
    if wanted == "make" and token_form.is_valid():
        data = token_form.cleaned_data
        _token, secret = scim_tokens.create(
            source=data["source"], label=data["label"], expires_at=token_form.expires_at, by=request.user
        )
        token_form = TokenForm()
    return _page(request, source_form, token_form, secret)


def _revoke(request):
    key = request.POST["revoke"]
    number = int(key) if key.isascii() and key.isdecimal() and len(key) < 19 else 0
    token = ScimToken.objects.select_related("source").filter(pk=number).first()
    if token is not None:
        scim_tokens.revoke(token=token, by=request.user)
        messages.success(request, _("The token is dead."))
    return redirect("people:scim")


def _page(request, source_form, token_form, secret):
    tokens = ScimToken.objects.select_related("created_by").order_by("-pk")
    there = Q(scim_accounts__removed_at=None)
    sources = (
        DirectorySource.objects.filter(kind=DirectorySource.Kind.SCIM)
        .annotate(people_count=Count("scim_accounts", filter=there))
        .prefetch_related(Prefetch("tokens", queryset=tokens))
    )
    context = {
        "section": "manage",
        "manage": "scim",
        "address": f"{settings.BASE_URL}{ROOT}",
        "sources": list(sources),
        "source_form": source_form,
        "token_form": token_form,
        "secret": secret,
        "refused": _refused(),
        "now": timezone.now(),
    }
    status = 422 if source_form.errors or token_form.errors else 200
    return render(request, "people/manage/scim.html", context, status=status)


def _refused():
    """The newest wishes for addresses of other accounts, with whose they are. Two queries."""
    rows = list(
        ModelLogEntry.objects.filter(action="people.scim.refused").order_by("-timestamp")[:REFUSED_SHOWN]
    )
    people = User.objects.in_bulk([int(row.object_id) for row in rows])
    return [(row, people.get(int(row.object_id))) for row in rows]
