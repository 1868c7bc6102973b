"""What is offered while somebody types on their profile: skills that exist, and colleagues who may stand in."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from people.streams import directory
from people.streams import skills as named

MOST_CHARS, MOST = 80, 6


@require_GET
def skills(request):
    """Skills in which a word begins with `q`, named by somebody the reader may see it of; with by how many."""
    found = named.beginning_with(request.GET.get("q", "")[:MOST_CHARS], request.user)
    return render(request, "people/profile/_suggest_skills.html", {"skills": found})


@require_GET
def deputies(request):
    """Present colleagues other than oneself whom `q` finds, by handle."""
    found = directory.found(request.GET.get("q", "")[:MOST_CHARS], request.user).exclude(pk=request.user.pk)
    return render(request, "people/profile/_suggest_deputies.html", {"people": found.for_cards()[:MOST]})
