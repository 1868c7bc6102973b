"""People administrators say what colleagues may decide about who sees their fields."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.actions import field_rules
from people.field_visibility import rules
from people.forms.field_rules import FieldRulesForm
from people.views.governing import for_people_administrators


@for_people_administrators
@require_http_methods(["GET", "POST"])
def index(request):
    """One form with a row for each field; 422 with what was chosen when it contradicts itself."""
    form = FieldRulesForm(request.POST or None, rules=rules())
    if request.method == "POST" and form.is_valid():
        field_rules.change(wanted=form.wanted, by=request.user)
        messages.success(request, _("Saved."))
        answer = redirect("people:field_rules")
        answer.status_code = 303
        return answer
    context = {"form": form, "section": "manage", "manage": "fields"}
    return render(request, "people/manage/field_rules.html", context, status=422 if form.errors else 200)
