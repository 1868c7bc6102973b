"""The owners' room of a closed community in which no moderator is: its reports, decided by them, and the log."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from feed import streams
from feed.models import Report
from feed.streams import communities as places
from feed.views import queue
from feed.views.communities import head

LISTS = {"reports": streams.reports_in, "log": streams.log_in}


@require_GET
def reports(request, slug):
    """Reports about what others said here, or the log; keyset-paged."""
    found = _kept(request.user, slug)
    view = request.GET.get("view", "") if request.GET.get("view") in LISTS else "reports"
    after = request.GET.get("after", "")
    page = LISTS[view](request.user, found, after=after)
    for row in page:
        queue.complete(row, get_language())
        row.decide_url = reverse("feed:community_report_decide", args=[slug, row.pk])
    waiting = Report.objects.of_community(found).open()
    own = waiting.exclude(pk__in=waiting.by_others(request.user).values("pk"))
    context = {
        "page": page,
        "view": view,
        "after": after,
        "tabs": queue.tabs(view, LISTS),
        "own": own.count(),
    }
    return render(request, "feed/communities/reports.html", {**head(request, found), **context})


@require_POST
def decide(request, slug, pk):
    """The text stays, or is hidden; both with a reason."""
    found = _kept(request.user, slug)
    rows = Report.objects.of_community(found).by_others(request.user).open()
    report = rows.select_related("comment__post", "post").filter(pk=pk).first()
    if report is None:
        raise Http404
    return queue.decided(request, report, reverse("feed:community_reports", args=[slug]))


def _kept(user, slug):
    """The community, for its owners while they keep order themselves; the same 404 for everybody else."""
    found = places.find(user, slug)
    if not found.owned(user) or not found.keeps_order_itself():
        raise Http404
    return found
