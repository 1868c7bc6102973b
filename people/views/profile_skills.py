"""Skills that exist, offered while somebody types."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from people.streams import skills

MOST_CHARS = 80


@require_GET
def suggest(request):
    """Skills in which a word begins with `q`, named by somebody the reader may see it of; with by how many."""
    found = skills.beginning_with(request.GET.get("q", "")[:MOST_CHARS], request.user)
    return render(request, "people/profile/_suggest_skills.html", {"skills": found})
