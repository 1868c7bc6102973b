"""What may be named while somebody types: options for a list, as HTML."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from feed import streams
from feed.streams import suggesting

MOST_CHARS = 80


@require_GET
def suggest_people(request):
    """People and communities for `q`; `audience` or `post` say who could read the text, `only=people` leaves out
    communities, `only=addressees` brings departments instead."""
    typed, only = request.GET.get("q", "")[:MOST_CHARS], request.GET.get("only", "")
    readers = suggesting.readers_of(
        request.user, audience=request.GET.get("audience", "")[:MOST_CHARS], post=_post(request)
    )
    context = {"people": suggesting.people(request.user, typed, readers=readers)}
    if not only:
        context["communities"] = suggesting.communities(request.user, typed, readers=readers)
    elif only == "addressees":
        context["departments"] = suggesting.departments(request.user, typed)
    return render(request, "feed/composer/_suggest_people.html", context)


@require_GET
def suggest_tags(request):
    """Tags that begin with `q` and mark something the reader may see, with how often."""
    found = suggesting.tags(request.user, request.GET.get("q", "")[:MOST_CHARS])
    return render(request, "feed/composer/_suggest_tags.html", {"tags": found})


def _post(request):
    key = request.GET.get("post", "")
    if key.isascii() and key.isdigit() and len(key) < 19:
        return streams.find_post(request.user, int(key))
    return None
