"""Thanks that one colleague got."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from feed.streams import timeline
from feed.views.timeline import stream
from people.models import FORMER_HANDLE, User


@require_GET
def thanks(request, handle):
    """Posts that thank one colleague, as far as the reader may see them. No number, no ranking."""
    if handle.startswith(FORMER_HANDLE):
        raise Http404
    person = get_object_or_404(User.objects.for_cards(), handle=handle)
    page = timeline.thanks_to(request.user, person, after=request.GET.get("after", ""))
    context = {"person": person, "section": "people", **stream(request, page, f"thanks:{person.pk}")}
    return render(request, "feed/thanks.html", context)
