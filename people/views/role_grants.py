"""Roles by audience or directory group."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from people import roles
from people.actions import granting
from people.forms.accounts import RoleGrantForm
from people.models import RoleGrant
from people.views.governing import for_people_administrators


@for_people_administrators
@require_http_methods(["GET", "POST"])
def index(request):
    """Which audiences carry which role; a form for one more."""
    may = roles.grantable(request.user)
    form = RoleGrantForm(request.POST or None, may=may, audiences=_audiences(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            granting.give_to_audience(
                role=form.cleaned_data["role"], audience=form.cleaned_data["audience"], by=request.user
            )
        except ValidationError as error:
            form.add_error("audience", error)
        else:
            messages.success(request, _("Saved."))
            return redirect("people:role_grants")
    grants = RoleGrant.objects.select_related("audience", "granted_by").order_by("role", "audience__name")
    rows = list(grants.annotate(size=Count("audience__members")))
    for row in rows:
        row.removable = row.role in may
    context = {"form": form, "rows": rows, "section": "manage", "manage": "roles"}
    return render(request, "people/manage/role_grants.html", context, status=422 if form.errors else 200)


@for_people_administrators
@require_POST
def remove(request, pk):
    """The role ends for everybody who had it through the audience only."""
    grant = get_object_or_404(RoleGrant.objects.select_related("audience"), pk=pk)
    if grant.role not in roles.grantable(request.user):
        raise PermissionDenied
    granting.take_from_audience(grant=grant, by=request.user)
    messages.success(request, _("Saved."))
    return redirect("people:role_grants")


def _audiences(user):
    """Names of audiences are no more than their reader may know (A3): administrators all, others those they are in."""
    found = granting.audiences_for_roles()
    return found if user.is_administrator else found.filter(pk__in=user.access.audience_ids)
