"""What an open page asks after it heard that something happened, or every half minute: never more than a page shows."""

import hashlib
import json
from urllib.parse import urlencode

from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import Http404, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from feed import streams
from feed.actions import reading
from feed.forms.live import MarkForm
from feed.streams import newer
from feed.views import conversation, showing

MOST_POSTS, MOST_TALKS, FACES = 200, 5, 3


@require_GET
def state(request):
    """Numbers and the words of the buttons, as JSON; 304 when nothing changed since the answer that it names.

    `stream`, `since`: new posts. `post` (several): counts. `talk` (several, "number@time"): new comments there.
    """
    user = request.user
    shown = [int(one) for one in request.GET.getlist("post")[:MOST_POSTS] if _is_number(one)]
    found = {
        **_bell(user),
        "posts": _posts(request),
        "counts": {
            post.pk: {
                "comments": post.comment_count,
                "replies": _replies(post.comment_count),
                "reactions": post.reaction_counts,
            }
            for post in (newer.counted(user, shown) if shown else [])
        },
        "talks": _talks(request),
    }
    tag = f'"{hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()[:20]}"'
    same = request.headers.get("If-None-Match") == tag
    answer = HttpResponseNotModified() if same else JsonResponse(found)
    answer.headers["ETag"], answer.headers["X-Now"] = tag, timezone.now().isoformat()
    return answer


def _bell(user):
    """The number, and what the link to the notifications is called."""
    n = newer.unread(user)
    words = ngettext("Notifications, %(n)s unread", "Notifications, %(n)s unread", n) % {"n": n}
    return {"unread": n, "bell": words if n else _("Notifications")}


def _replies(n) -> str:
    """What stands in the link to a conversation, as in `feed/_post.html`."""
    words = ngettext(
        '<span class="num">%(shown)s</span> reply', '<span class="num">%(shown)s</span> replies', n
    )
    return words % {"shown": intcomma(n)}


@require_GET
def new(request):
    """The new posts of a stream as cards, newest first; with `after` the following ones, as the gap's button asks."""
    form = MarkForm(request.GET)
    if not form.is_valid():
        raise Http404
    stream, since = form.cleaned_data["stream"], form.cleaned_data["since"]
    found = newer.loaded(request.user, stream, since, after=request.GET.get("after", ""))
    context = {"posts": found.items, "ui_language": get_language(), "is_more": bool(request.GET.get("after"))}
    if found.after:
        context["gap"] = urlencode({"stream": stream, "since": request.GET["since"], "after": found.after})
    answer = render(request, "feed/_new.html", context)
    return _until(answer, found.items and found.items[0].published_at)


@require_GET
def new_comments(request, pk):
    """The new comments of a conversation; each says below which root it belongs."""
    post = streams.find_post(request.user, pk)
    since = _time(request.GET.get("since", ""))
    if since is None:
        raise Http404
    found = list(newer.comments(request.user, post, since).for_thread()[: newer.MOST])
    streams.load_pictures(found)
    showing.complete(found, post, streams.mine(request.user, post), request.user)
    talk = conversation.Talk(post=post, page_url=showing.page_url(request, post), thread=None)
    context = {"comments": found, "post": post, "talk": talk, "ui_language": get_language()}
    answer = render(request, "feed/_new_comments.html", context)
    return _until(answer, found and found[-1].created_at)


@require_POST
def read_mark(request):
    """How far the reader has come in a stream."""
    form = MarkForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    reading.mark(
        user=request.user, stream=form.cleaned_data["stream"], published_at=form.cleaned_data["since"]
    )
    return HttpResponse(status=204)


def _until(answer, moment):
    """Say up to when the answer reaches: the page asks on from there."""
    if moment:
        answer.headers["X-Until"] = moment.isoformat()
    return answer


def _posts(request):
    """The button that announces new posts, "" without any."""
    form = MarkForm(request.GET)
    if not form.is_valid():
        return ""
    rows = newer.posts(request.user, form.cleaned_data["stream"], form.cleaned_data["since"])
    found = list(rows[: newer.MOST + 1])
    people = list({post.author_id: post.author for post in found}.values())[:FACES]
    return _words("feed/_new_posts.html", found, people, request.GET["since"])


def _talks(request):
    found = {}
    for one in request.GET.getlist("talk")[:MOST_TALKS]:
        pk, _sep, time = one.partition("@")
        since = _time(time)
        if since is None or not _is_number(pk):
            continue
        try:
            post = streams.find_post(request.user, int(pk))
        except Http404:
            continue
        rows = list(newer.comments(request.user, post, since).select_related("author")[: newer.MOST + 1])
        people = list({row.author_id: row.author for row in rows}.values())[:FACES]
        found[pk] = _words("feed/_new_talk.html", rows, people, time)
    return found


def _words(template, found, people, since):
    more = len(found) > newer.MOST
    context = {"n": min(len(found), newer.MOST), "more": more, "people": people, "since": since}
    return render_to_string(template, context).strip() if found else ""


def _is_number(text):
    return text.isascii() and text.isdigit() and len(text) < 19


def _time(text):
    """A moment with its zone, or None."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found is not None and found.tzinfo else None
