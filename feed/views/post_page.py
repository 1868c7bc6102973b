"""The page of a short post with its conversation, and where something was shared."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from feed import streams
from feed.models import Post
from feed.streams import timeline
from feed.views import conversation
from feed.views.timeline import stream

SHOWN = (Post.State.PUBLISHED, Post.State.SCHEDULED, Post.State.HELD)


@require_GET
def post(request, pk):
    """A short post with its conversation; unsent ones for their authors. An article's address is its page."""
    found = timeline.find(request.user, pk)
    if found.kind == Post.Kind.ARTICLE:
        return redirect(found.address_in(get_language()) or "home")
    if found.state not in SHOWN:
        raise Http404
    context = {**conversation.context(request, found), "post": found, "section": "feed"}
    return render(request, "feed/post.html", context)


@require_GET
def travels(request, pk):
    """Where something was shared, for its author, as far as they may read it; for everybody else the same 404."""
    found = streams.find_post(request.user, pk)
    if request.user.pk not in (found.author_id, found.posted_by_id):
        raise Http404
    page = timeline.shares_of(request.user, found, after=request.GET.get("after", ""))
    context = {
        **stream(request, page, "shares"),
        "title": found.title_in(get_language()),
        "url": found.address_in(get_language()),
        "section": "feed",
    }
    return render(request, "feed/travels.html", context)
