"""The feed: for you, everything, mentions of me, one person; and a conversation opened inside of it."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from feed import streams
from feed.actions import drafting
from feed.streams import communities, counts, newer, questions, timeline, topics, wants
from feed.views import asking, citing, composing, conversation, post_composer, showing
from people.models import FORMER_HANDLE, User

TALK, PLACES, TOPICS = 3, 3, 12


@require_GET
def for_you(request):
    """What is addressed to me, my places and what I follow."""
    mine = wants.of(request.user)
    return _feed(request, "for-you", timeline.for_you(request.user, after=_after(request), mine=mine), mine)


@require_GET
def everything(request):
    """All that I may read."""
    mine = wants.of(request.user)
    page = timeline.everything(request.user, after=_after(request), mine=mine)
    return _feed(request, "everything", page, mine)


@require_GET
def mentions(request):
    """Where somebody names me."""
    page = timeline.mentions(request.user, after=_after(request))
    return _feed(request, "mentions", page, wants.of(request.user))


@require_GET
def person(request, handle):
    """What one colleague wrote, as far as the reader may see it."""
    if handle.startswith(FORMER_HANDLE):
        raise Http404
    found = get_object_or_404(User.objects.for_cards(), handle=handle)
    page = timeline.of_person(request.user, found, after=_after(request))
    context = {"person": found, "section": "people", **stream(request, page, f"person:{found.pk}")}
    return render(request, "feed/person.html", context)


@require_GET
def talk(request, pk):
    """The newest comments of a conversation and the field for a new one, inside of a stream."""
    post = streams.find_post(request.user, pk)
    url = showing.page_url(request, post)
    if not request.htmx:
        return redirect(f"{url}#conversation")
    thread = streams.thread(request.user, post, size=TALK)
    thread.roots.reverse()
    place = drafting.place(post=post)
    mine = streams.mine(request.user, post, places=(place,))
    showing.complete(thread.comments, post, mine, request.user)
    ledger = asking.complete(thread.comments, post, request.user)
    citing.dress(thread.comments, post)
    found = conversation.Talk(post=post, page_url=url, thread=thread, ledger=ledger)
    if post.comments_open:
        form = composing.empty_form(request.user, place, mine.drafts.get(place, ""))
        found.composer = composing.for_comment(request, post, None, form, url)
        found.composer |= {
            "target": f"#thread-p{pk}",
            "swap": "beforeend",
            "cancel_url": "",
            "may_cite": False,
        }
    context = {"talk": found, "post": post, "ui_language": get_language(), "more": bool(thread.after)}
    return render(request, "feed/_talk.html", context)


def stream(request, page, name: str) -> dict:
    """What `feed/_timeline.html` needs for a page of a stream."""
    return {
        "page": page,
        "stream": name,
        "seam": newer.seam(request.user, name, page) if not _after(request) else None,
        "after": _after(request),
        "older_url": f"{request.path}?after={page.after}" if page.after else "",
        "newer_url": request.path if _after(request) else "",
        "ui_language": get_language(),
    }


def _feed(request, name, page, mine):
    user = request.user
    context = {
        **stream(request, page, name),
        "tabs": tabs(user, name),
        "topics": [
            {**tag, "url": reverse("feed:tag", args=[tag["slug"]])}
            for tag in list(mine.tags.values())[:TOPICS]
        ],
        "week": [
            {**topic, "url": reverse("feed:tag", args=[topic["slug"]])} for topic in topics.of_week(user)
        ],
        "waiting": questions.waiting_for(user),
        "composer": post_composer.context(request) if not _after(request) else None,
        "section": "feed",
        "section_root": not _after(request),
    }
    return render(request, "feed/feed.html", context)


def tabs(user, current: str = "") -> list[dict]:
    """The streams and my communities as links: label, url, note (open questions), current. Two queries at most."""
    count = counts.open_questions(user)
    note = ngettext("%(n)s open", "%(n)s open", count) % {"n": count} if count else ""
    found = [
        {"key": "for-you", "label": _("For you"), "url": reverse("feed:feed")},
        {"key": "everything", "label": _("Everything"), "url": reverse("feed:everything")},
        {"key": "questions", "label": _("Questions"), "url": address("questions"), "note": note},
        {"key": "mentions", "label": _("Mentions"), "url": reverse("feed:mentions")},
        *places(user),
    ]
    return [{**one, "current": one["key"] == current} for one in found if one["url"]]


def address(name: str, *args) -> str:
    """Where one of the feed's pages is; "" for one that this installation does not have."""
    try:
        return reverse(f"feed:{name}", args=args)
    except NoReverseMatch:
        return ""


def places(user) -> list[dict]:
    """My first communities as links, and all of them. One query."""
    rows = communities.inside(user)[:PLACES]
    found = [
        {"key": f"community:{row.pk}", "label": row.name, "url": address("community", row.slug)}
        for row in rows
    ]
    everyone = {"key": "communities", "label": _("Communities"), "url": address("communities")}
    return [*found, everyone]


def _after(request) -> str:
    return request.GET.get("after", "")
