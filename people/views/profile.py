"""One colleague: who they are, and what upper packages add (people.profile_sections)."""

from django.http import Http404
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language

from people import profile_sections
from people.models import FORMER_HANDLE, User
from people.streams import profiles
from people.views.media import send_file

WEEK = 7 * 24 * 3600


def profile(request, handle):
    """The profile with one open tab. Of colleagues who left there is name and what they wrote, nothing else."""
    found = profiles.find(handle, request.user)
    if found is None:
        raise Http404
    sections = profile_sections.sections
    key = request.GET.get("show", next(iter(sections), ""))
    if sections and key not in sections:
        raise Http404
    context = {
        "p": found,
        "person": found.person,
        "sections": sections.values(),
        "open": key,
        "heads": _parts(request, profile_sections.heads, found.person),
        "asides": _parts(request, profile_sections.asides, found.person) if found.person.is_active else [],
        "section": "people",
        "ui_language": get_language(),
    }
    if sections:
        part = sections[key]
        context["part"] = _rendered(
            request, part.template, part.load(request, found.person, request.GET.get("after", ""))
        )
    return render(request, "people/profile.html", context)


def _parts(request, registered, person):
    return [_rendered(request, one.template, one.load(request, person)) for one in registered]


def _rendered(request, template, context) -> str:
    return render_to_string(template, {**context, "ui_language": get_language()}, request=request)


def photo(request, handle, size):
    """A face in one of its two sizes. The address changes with the photo, so browsers may keep it."""
    person = User.objects.filter(handle=handle).only("photo", "photo_small").first()
    file = person and (person.photo if size == "large" else person.photo_small)
    if not file or handle.startswith(FORMER_HANDLE):
        raise Http404
    return send_file(file, seconds=WEEK)
