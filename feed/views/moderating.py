"""Reporting, and what moderators do in place: hide, restore, approve, lock. Each asks for a reason."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from feed import streams
from feed.actions import commenting, moderating, reporting
from feed.actions.refusals import Refused
from feed.forms import ReasonForm, ReportForm
from feed.views import answering, showing
from people import ratelimit


@require_http_methods(["GET", "POST"])
def report(request, pk):
    """Say that an article or share breaks a house rule."""
    post = streams.find_post(request.user, pk)
    if request.user.pk in (post.author_id, post.posted_by_id):
        raise Http404
    url = reverse("feed:report", args=[pk])
    return _report(request, {"post": post}, url, showing.page_url(request, post), f"report-p{pk}")


@require_http_methods(["GET", "POST"])
def report_comment(request, pk):
    """Say that a comment breaks a house rule."""
    comment = streams.find_comment(request.user, pk)
    if comment.author_id == request.user.pk or comment.is_gone:
        raise Http404
    url = reverse("feed:comment_report", args=[pk])
    return _report(request, {"comment": comment}, url, showing.comment_url(request, comment), f"report-{pk}")


def _report(request, of, url, back_url, opener):
    form = ReportForm(request.POST or None, auto_id=f"{opener}-%s")
    context = {
        "form": form,
        "action": url,
        "back_url": back_url,
        "opener": opener,
        "ui_language": get_language(),
        "heading": _("Report to the moderators"),
        "submit": _("Report"),
        "is_report": True,
        **of,
    }
    if request.method == "GET" or not form.is_valid():
        return answering.slot_form(request, context, status=422 if request.method == "POST" else 200)
    ratelimit.check(request.user, "report")
    reporting.report(reporter=request.user, **of, **form.cleaned_data)
    place = (of["comment"].post if "comment" in of else of["post"]).community
    thanks = _("Thank you. The moderators will look at it. The writer does not learn who reported.")
    if place is not None and place.keeps_order_itself():
        thanks = _(
            "Thank you. The owners of the community will look at it. The writer does not learn who reported."
        )
    if request.htmx:
        return render(request, "feed/_done.html", {"text": thanks, "opener": opener})
    return answering.back_to(request, of.get("comment"), of.get("post"), message=thanks)


@require_http_methods(["GET", "POST"])
def hide(request, pk):
    """Hide a comment, or refuse a held one; the reason is shown and told to its writer."""
    comment = streams.find_comment(request.user, pk)
    refusable = comment.held_at is not None and comment.approvable_by(request.user)
    if not (comment.moderatable_by(request.user) or refusable):
        raise Http404
    heading = _("Refuse this comment") if comment.held_at else _("Hide this comment")
    return _with_reason(request, "comment_hide", moderating.hide, comment, heading, heading)


@require_http_methods(["GET", "POST"])
def restore(request, pk):
    """Show a hidden comment again."""
    comment = streams.find_comment(request.user, pk)
    if not comment.moderatable_by(request.user) or comment.hidden_at is None:
        raise Http404
    return _with_reason(
        request, "comment_restore", moderating.restore, comment, _("Show this comment again"), _("Show again")
    )


def _with_reason(request, name, act, comment, heading, submit):
    form = ReasonForm(request.POST or None, auto_id=f"{name}-{comment.pk}-%s")
    context = {
        "form": form,
        "comment": comment,
        "action": reverse(f"feed:{name}", args=[comment.pk]),
        "heading": heading,
        "submit": submit,
        "back_url": showing.comment_url(request, comment),
        "opener": f"moderate-{comment.pk}",
        "target": f"#comment-{comment.pk}",
        "ui_language": get_language(),
    }
    if request.method == "GET" or not form.is_valid():
        return answering.slot_form(request, context, status=422 if request.method == "POST" else 200)
    try:
        act(comment=comment, by=request.user, reason=form.cleaned_data["reason"])
    except Refused as reason:
        return answering.refusal(request, reason, comment=comment)
    return _changed(request, comment.pk)


@require_POST
def approve(request, pk):
    """Let a held comment through."""
    comment = streams.find_comment(request.user, pk)
    if not comment.approvable_by(request.user):
        raise Http404
    try:
        commenting.approve(comment=comment, by=request.user)
    except Refused as reason:
        return answering.refusal(request, reason, comment=comment)
    return _changed(request, pk)


def _changed(request, pk):
    comment = streams.find_comment(request.user, pk)
    if not request.htmx:
        return answering.back_to(request, comment)
    streams.load_pictures([comment])
    return answering.one_comment(request, comment)


@require_http_methods(["GET", "POST"])
def lock(request, pk):
    """Lock a conversation with a reason that everybody reads, or unlock it."""
    post = _moderated(request, pk)
    locked = post.locked_at is not None
    heading = _("Unlock this conversation") if locked else _("Lock this conversation")
    return _post_reason(request, "lock", moderating.unlock if locked else moderating.lock, post, heading)


@require_http_methods(["GET", "POST"])
def hide_post(request, pk):
    """Hide an article or share from its readers, or show it again."""
    post = _moderated(request, pk)
    hidden = post.hidden_at is not None
    heading = _("Show this again") if hidden else _("Hide this from everybody")
    return _post_reason(
        request, "post_hide", moderating.restore_post if hidden else moderating.hide_post, post, heading
    )


def _moderated(request, pk):
    post = streams.find_post(request.user, pk)
    if not post.moderatable_by(request.user):
        raise Http404
    return post


def _post_reason(request, name, act, post, heading):
    form = ReasonForm(request.POST or None, auto_id=f"{name}-p{post.pk}-%s")
    context = {
        "form": form,
        "post": post,
        "action": reverse(f"feed:{name}", args=[post.pk]),
        "heading": heading,
        "submit": heading,
        "back_url": showing.page_url(request, post),
        "opener": f"{name}-p{post.pk}",
        "ui_language": get_language(),
    }
    if request.method == "GET" or not form.is_valid():
        return answering.slot_form(request, context, status=422 if request.method == "POST" else 200)
    try:
        act(post=post, by=request.user, reason=form.cleaned_data["reason"])
    except Refused as reason:
        return answering.refusal(request, reason, post=post)
    if request.htmx:
        return HttpResponseClientRefresh()
    return answering.back_to(request, None, post)
