"""What leavers owned and nobody owns now, for managers, Communications and people administrators."""

from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from people import handovers
from people.forms.privacy import HeirForm

SECONDS = 300


@require_safe
def index(request):
    """By kind; each with a form for its new owner. Empty for whoever is responsible for nobody."""
    return _page(request)


@require_POST
def give(request, kind, pk):
    """Hand one over; 422 with what was typed when that person cannot have it."""
    found = handovers.kinds.get(kind)
    if found is None:
        raise Http404
    form = HeirForm(request.POST, auto_id=f"{kind}-{pk}-%s")
    if not form.is_valid():
        return _page(request, failed=(kind, pk, form))
    try:
        found.give(pk=pk, heir=form.cleaned_data["heir"], by=request.user)
    except LookupError:
        raise Http404 from None
    except ValidationError as error:
        form.add_error("heir", error)
        return _page(request, failed=(kind, pk, form))
    cache.delete(f"handovers:{request.user.pk}")
    messages.success(request, _("%(name)s has it from now on.") % {"name": form.cleaned_data["heir"].name})
    return redirect("people:handovers")


def number(user) -> int:
    """How many wait for this person; cached for five minutes, for the account menu."""
    key = f"handovers:{user.pk}"
    found = cache.get(key)
    if found is None:
        found = sum(map(len, handovers.found(user).values()))
        cache.set(key, found, SECONDS)
    return found


def _page(request, failed=None):
    groups = []
    for kind, orphans in handovers.found(request.user).items():
        rows = []
        for one in orphans:
            same = failed is not None and failed[:2] == (kind.key, one.pk)
            form = failed[2] if same else HeirForm(auto_id=f"{kind.key}-{one.pk}-%s")
            rows.append({"orphan": one, "form": form})
        groups.append({"kind": kind, "rows": rows})
    context = {"groups": groups, "section": "manage", "manage": "handovers"}
    return render(request, "people/handovers.html", context, status=422 if failed else 200)
