"""A person edits a part of their own profile, in place or on a page of its own."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import trigger_client_event

from people.actions import profiles as changing
from people.actions.mastering import locked_fields
from people.field_visibility import rules_for
from people.forms.profile import FORMS
from people.profile_blocks import BLOCKS
from people.streams import profiles


@require_http_methods(["GET", "POST"])
def edit(request, handle, block):
    """The form of one part; 422 with what was typed, 409 with both states after a change elsewhere (A33)."""
    person, part = own_profile(request, handle).person, BLOCKS.get(block)
    if part is None:
        raise Http404
    if request.method == "GET":
        if request.htmx and "cancel" in request.GET:
            return _block(request, part)
        return _form(request, part, _bound(request, part, person))
    form = _bound(request, part, person, request.POST)
    if not form.is_valid():
        return _form(request, part, form, status=422)
    try:
        changing.change(
            user=person, block=part, values=form.values, shown_to=form.shown_to,
            version=form.cleaned_data["version"],
        )  # fmt: skip
    except changing.Conflict as conflict:
        return _conflict(request, part, conflict.current)
    if request.htmx:
        return _block(request, part, said=_("Saved."))
    answer = redirect("people:profile", handle=handle)
    answer["Location"] += f"#block-{part.key}"
    answer.status_code = 303
    return answer


@require_POST
def hide_hint(request, handle):
    """The hint about what is missing goes, for good."""
    person = own_profile(request, handle).person
    changing.dismiss_hint(user=person)
    if request.htmx:
        return render(request, "people/profile/_hint.html", {"p": None})
    return redirect("people:profile", handle=handle)


def own_profile(request, handle) -> profiles.Profile:
    """Raises Http404 for everybody else's."""
    if handle != request.user.handle:
        raise Http404
    return profiles.find(handle, request.user)


def _bound(request, part, person, data=None):
    return FORMS[part.key](
        data, person=person, block=part, stored=changing.values_of(user=person, block=part),
        locked=locked_fields(user=person), rules=rules_for(request.user),
        version=changing.version_of(user=person, block=part), auto_id=f"{part.key}-%s",
    )  # fmt: skip


def _form(request, part, form, status=200, current=None):
    context = {"form": form, "part": part, "person": request.user, "current": current, "section": "people"}
    template = "people/profile/_form.html" if request.htmx else "people/profile_edit.html"
    return render(request, template, {**context, "ui_language": get_language()}, status=status)


def _conflict(request, part, current):
    """What was typed, with the mark of what is stored now, so that saving again is a choice; and what is stored."""
    data = request.POST.copy()
    data["version"] = changing.version_of(user=current, block=part)
    form = _bound(request, part, current, data)
    form.is_valid()
    return _form(request, part, form, status=409, current=_bound(request, part, current))


def _block(request, part, said=""):
    """The part as others see it, with the marks elsewhere that follow it."""
    context = {"p": profiles.find(request.user.handle, request.user), "swapped": True}
    answer = render(request, f"people/profile/_{part.key}.html", {**context, "ui_language": get_language()})
    return trigger_client_event(answer, "toast", {"message": said}, after="settle") if said else answer
