"""The end of an account and its new beginning, each with its effects listed first (A12)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.actions import granting, leaving
from people.forms.accounts import EndForm
from people.views.governing import for_people_administrators, managed


@for_people_administrators
@require_http_methods(["GET", "POST"])
def end(request, pk):
    """What ends with the account, then the end itself: now, or after a last day."""
    person = managed(request, pk)
    if not person.is_active:
        return redirect("people:account", pk)
    initial = {"last_day": person.left_on, "when": "later" if person.left_on else "now"}
    form = EndForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            return _ended(request, person, form.cleaned_data)
        except ValidationError as error:
            form.add_error("last_day" if form.cleaned_data["when"] == "later" else None, error)
    effects = {label: number for label, number in leaving.effects(user=person).items() if number}
    context = {"form": form, "person": person, "effects": effects, "section": "manage", "manage": "accounts"}
    return render(request, "people/manage/account_end.html", context, status=422 if form.errors else 200)


@for_people_administrators
@require_http_methods(["GET", "POST"])
def reopen(request, pk):
    """Let somebody in again, with a clean slate."""
    person = managed(request, pk)
    if person.is_active:
        return redirect("people:account", pk)
    if request.method == "POST":
        leaving.reactivate(user=person, by=request.user)
        messages.success(request, _("%(name)s can sign in again.") % {"name": person.name})
        return redirect("people:account", pk)
    context = {"person": person, "section": "manage", "manage": "accounts"}
    return render(request, "people/manage/account_reopen.html", context)


def _ended(request, person, chosen):
    if chosen["when"] == "later":
        leaving.set_last_day(user=person, last_day=chosen["last_day"], by=request.user)
        messages.success(request, _("Saved."))
    else:
        granting.refuse_last_administrator(user=person)
        leaving.deactivate(user=person, by=request.user)
        messages.success(request, _("The account of %(name)s has ended.") % {"name": person.name})
    return redirect("people:account", person.pk)
