"""Stances: taking one, and who did."""

from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from feed import streams
from feed.actions import reacting
from feed.actions.refusals import Refused
from feed.forms import ReactForm
from feed.views import answering, showing
from people import ratelimit
from people.paging import take


@require_POST
def react(request, pk):
    """Set, change or take back a stance. The answer is the bar with its new counts."""
    post = streams.find_post(request.user, pk)
    form = ReactForm(request.POST)
    if not form.is_valid():
        return HttpResponse(
            _("This reaction does not exist."), status=422, content_type="text/plain; charset=utf-8"
        )
    comment = _comment(request, post, form.cleaned_data["comment"])
    ratelimit.check(request.user, "reaction")
    try:
        of = reacting.react(user=request.user, post=post, kind=form.cleaned_data["kind"], comment=comment)
    except Refused as reason:
        return answering.refusal(request, reason, comment=comment, post=post)
    if not request.htmx:
        return answering.back_to(request, comment, post)
    mine = streams.mine(request.user, post)
    context = {"post": post, "comment": comment, "ui_language": get_language()}
    if comment:
        comment.reaction_counts = of.reaction_counts
        showing.complete([comment], post, mine, request.user)
        return render(request, "feed/_reactions.html", {**context, "bar": comment})
    post.reaction_counts = of.reaction_counts
    card = "card" in request.POST
    bar = showing.post_bar(post, mine, request.user, card=card)
    return render(request, "feed/_reactions.html", {**context, "bar": bar, "card": card})


@require_GET
def reactors(request, pk):
    """Who took which stance, latest first, keyset-paged. ?comment= for one of the comments, ?kind= for one stance."""
    post = streams.find_post(request.user, pk)
    ask = ReactForm({"kind": request.GET.get("kind") or "thanks", "comment": request.GET.get("comment")})
    if not ask.is_valid():
        raise Http404
    comment = _comment(request, post, ask.cleaned_data["comment"])
    kind = ask.cleaned_data["kind"] if request.GET.get("kind") else ""
    rows = streams.reactions(post, comment)
    counts = dict(rows.order_by().values_list("kind").annotate(n=Count("pk")))
    page = take(
        rows.filter(kind=kind) if kind else rows, streams.LATEST, after=request.GET.get("after", ""), size=50
    )
    stances, more = showing.stances(counts, "")
    context = {
        "post": post,
        "comment": comment,
        "page": page,
        "kind": kind,
        "back_url": _back(request, post, comment),
        "kinds": [one for one in [*stances, *more] if one["count"]],
        "total": sum(counts.values()),
        "title": post.title_in(get_language()),
        "opener": f"who-{comment.pk}" if comment else f"who-p{post.pk}",
    }
    return render(request, "feed/_reactors.html" if request.htmx else "feed/reactors.html", context)


def _back(request, post, comment):
    return showing.comment_url(request, comment) if comment else showing.page_url(request, post)


def _comment(request, post, pk):
    """One of this post's comments, or None when none is named."""
    if pk is None:
        return None
    comment = streams.find_comment(request.user, pk)
    if comment.post_id != post.pk:
        raise Http404
    return comment
