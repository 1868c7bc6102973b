"""A person's own photo: a new one with the square that is kept, none, and the old one back."""

import time

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from people import ratelimit
from people.actions import faces
from people.forms.photo import PhotoForm
from people.views.profile_editing import own_profile

ASIDE = "photo_aside"  # in the session: names of the files and until when they can come back


@require_http_methods(["GET", "POST"])
def photo(request, handle):
    """The form; a file that is no picture comes back with the reason."""
    own_profile(request, handle)
    form = PhotoForm()
    if request.method == "POST":
        ratelimit.check(request.user, "upload")
        form = PhotoForm(request.POST, request.FILES)
        if form.is_valid() and _stored(request, form):
            request.session.pop(ASIDE, None)
            messages.success(request, _("Your new photo is in place."))
            return _see(redirect("people:profile", handle=handle))
    return _page(request, form, 422 if form.errors else 200)


def _stored(request, form):
    try:
        faces.replace(user=request.user, file=form.cleaned_data["photo"], crop=form.crop)
    except ValidationError as error:
        form.add_error("photo", error)
        return False
    return True


@require_POST
def remove(request, handle):
    """Initials again; for ten minutes it can be undone."""
    own_profile(request, handle)
    names = faces.put_aside(user=request.user)
    if names:
        request.session[ASIDE] = [names, time.time() + faces.UNDO.total_seconds()]
    messages.success(request, _("Your photo is gone."))
    return _see(redirect("people:edit_photo", handle=handle))


@require_POST
def undo(request, handle):
    """The photo that was removed last."""
    own_profile(request, handle)
    names, until = request.session.pop(ASIDE, ([], 0))
    if until > time.time() and faces.restore(user=request.user, names=names):
        messages.success(request, _("Your photo is back."))
        return _see(redirect("people:profile", handle=handle))
    messages.error(request, _("It is too late: the photo is no longer kept."))
    return _see(redirect("people:edit_photo", handle=handle))


def _page(request, form, status):
    _names, until = request.session.get(ASIDE, ([], 0))
    context = {
        "form": form, "person": request.user, "section": "people",
        "can_undo": until > time.time() and not request.user.photo,
    }  # fmt: skip
    return render(request, "people/profile_photo.html", context, status=status)


def _see(answer):
    answer.status_code = 303
    return answer
