"""The home page: what is new, what people talk about, who is new; and the brand's colour as a style sheet."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control

from blog import streams
from blog.views import serving
from feed.streams import pages, questions, timeline, wants
from feed.views import post_composer
from intranet import context
from people.field_visibility import seen_by
from people.models import User
from people.prepared import Prepared

NEW_DAYS = 60
OLD_ADDRESS = {"p", "page_id"}  # short addresses of a WordPress blog that moved in: /?p=12
FOLLOWED, TALKED, COLLEAGUES, FEED, PINNED = 6, 4, 5, 5, 2
TALK_DAYS = 21
LISTS = ("featured", "executive", "pinned", "followed", "talked", "feed")


def home(request):
    """The reader's front page. The same number of queries however much there is to show."""
    if OLD_ADDRESS & request.GET.keys() and (elsewhere := serving.moved(request)):
        return elsewhere
    user, language = request.user, get_language()
    lists = newest_lists(user)
    hero = next(iter(lists["featured"] or lists["executive"]), None)
    followed = [post.page for post in lists["followed"] if post.page and post is not hero]
    today = timezone.localdate()
    content = {
        "greeting": greeting(timezone.localtime()),
        "today": today,
        "hero": hero.page if hero else None,
        "featured": bool(lists["featured"]),
        "composer": post_composer.context(request),
        "asked": questions.for_home(user),
        "pinned": lists["pinned"],
        "followed": followed[:FOLLOWED],
        "talked": lists["talked"],
        "feed": [post for post in lists["feed"] if post not in lists["pinned"]],
        "colleagues": _newcomers(user, today),
        "ui_language": language,
        "section": "home",
    }
    return render(request, "intranet/home.html", content)


def _newcomers(user, today):
    """Those who joined lately and let the reader know it."""
    found = User.objects.new_since(today - timedelta(days=NEW_DAYS)).filter(seen_by(user, "joined_on"))
    return found.for_cards()[:COLLEAGUES]


def newest_lists(user) -> dict:
    """{name: posts as cards, in order} of what the page shows."""
    mine = wants.of(user)
    now = timezone.now()
    quiet = {name: getattr(mine, name) for name in pages.MUTED}
    ids = _ids(user, at=now, since=now - timedelta(days=TALK_DAYS), **quiet)
    lists = {name: [] for name in LISTS} | timeline.slots(user, mine, ids)
    for name, posts in lists.items():
        last = name == "talked"
        posts.sort(key=lambda post: (post.last_activity_at if last else post.published_at, post.pk))
        posts.reverse()
    return lists


@Prepared
def _ids(reader, *, at, since, **quiet):
    mine = wants.Wants(**quiet)
    return timeline.labelled(
        featured=streams.featured(reader, at)[:1],
        executive=streams.executive(reader)[:1],
        pinned=timeline.pinned_home(reader, at)[:PINNED],
        followed=streams.followed(reader)[: FOLLOWED + 1],
        talked=timeline.talked_about(reader, mine, since)[:TALKED],
        feed=timeline.said_to_me(reader, mine, FEED),
    )


def greeting(now) -> str:
    """Which greeting fits the reader's clock: "morning", "day" or "evening"."""
    if 4 <= now.hour < 11:
        return "morning"
    return "day" if 11 <= now.hour < 18 else "evening"


@login_not_required
@cache_control(public=True, max_age=300)
def brand_css(request):
    """The company's colour; everything else is derived from it in tokens.css. Public: the sign-in page needs it."""
    colour = context.brand()["colour"]
    return HttpResponse(
        f"@layer tokens {{ :root {{ --brand: {colour}; }} }}\n", content_type="text/css; charset=utf-8"
    )
