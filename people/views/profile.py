"""One colleague: who they are, and what upper packages add (people.profile_sections)."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.translation import get_language

from people import profile_sections
from people.models import FORMER_HANDLE, User
from people.views.media import send_file

WEEK = 7 * 24 * 3600


def profile(request, handle):
    """The profile with one open tab. Of colleagues who left there is name and what they wrote, nothing else."""
    if handle.startswith(FORMER_HANDLE):
        raise Http404
    person = get_object_or_404(
        User.objects.select_related("department", "location", "manager"), handle=handle
    )
    sections = profile_sections.sections
    key = request.GET.get("show", next(iter(sections), ""))
    if sections and key not in sections:
        raise Http404
    context = {
        "person": person,
        "manager": person.manager if person.manager and person.manager.is_active else None,
        "sections": sections.values(),
        "open": key,
        "heads": [
            _rendered(request, head.template, head.load(request, person)) for head in profile_sections.heads
        ],
        "section": "people",
        "ui_language": get_language(),
    }
    if sections:
        part = sections[key]
        context["part"] = _rendered(
            request, part.template, part.load(request, person, request.GET.get("after", ""))
        )
    return render(request, "people/profile.html", context)


def _rendered(request, template, context) -> str:
    return render_to_string(template, {**context, "ui_language": get_language()}, request=request)


def photo(request, handle, size):
    """A face in one of its two sizes. The address changes with the photo, so browsers may keep it."""
    person = User.objects.filter(handle=handle).only("photo", "photo_small").first()
    file = person and (person.photo if size == "large" else person.photo_small)
    if not file:
        raise Http404
    return send_file(file, seconds=WEEK)
