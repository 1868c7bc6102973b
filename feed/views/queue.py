"""The moderators' room: open reports, comments that wait for approval, and the log of every step."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from feed import streams
from feed.actions import moderating, moderating_places
from feed.actions.refusals import Refused
from feed.forms import ReasonForm
from feed.models import ModerationStep, Report

LISTS = {"reports": streams.open_reports, "held": streams.held_comments, "log": streams.moderation_log}


@require_GET
def moderation(request):
    """One of three lists, keyset-paged; only what this moderator may read."""
    _moderators_only(request.user)
    view = request.GET.get("view", "reports")
    after = request.GET.get("after", "")
    page = LISTS.get(view, streams.open_reports)(request.user, after=after)
    language = get_language()
    for row in page:
        complete(row, language)
    current = view if view in LISTS else "reports"
    context = {"page": page, "view": current, "after": after, "tabs": tabs(current, LISTS)}
    return render(
        request, "feed/moderation.html", {**context, "section": "moderation", "ui_language": language}
    )


def tabs(current: str, shown) -> list[dict]:
    """The lists `shown` as links."""
    labels = {
        "reports": pgettext("to the moderators", "Reports"),
        "held": _("Waiting for approval"),
        "log": _("Log"),
    }
    return [{"label": labels[key], "url": f"?view={key}", "current": key == current} for key in shown]


@require_POST
def decide(request, pk):
    """A report's decision: the text stays, or is hidden; both with a reason."""
    _moderators_only(request.user)
    report = (
        Report.objects.visible_to(request.user)
        .open()
        .select_related("comment__post", "post", "community", "person")
        .filter(pk=pk)
        .first()
    )
    if report is None:
        raise Http404
    return decided(request, report, reverse("feed:moderation"))


def decided(request, report, back_url):
    """The answer to a decision about `report`, by somebody who may make it; then on to the queue at `back_url`."""
    form = ReasonForm(request.POST, auto_id=f"decide-{report.pk}-%s")
    hide = request.POST.get("outcome") == "hide"
    if not form.is_valid():
        context = {
            "form": form,
            "action": request.path,
            "back_url": back_url,
            "outcome": "hide" if hide else "keep",
            "heading": _("Decide this report"),
            "submit": _("Hide") if hide else _("Stays"),
            "ui_language": get_language(),
        }
        return render(request, "feed/slot_form.html", context, status=422)
    try:
        _decide(report, request.user, hide, form.cleaned_data["reason"])
    except Refused as reason:
        context = {"reason": str(reason), "back_url": back_url}
        return render(request, "feed/refused.html", context, status=409)
    answer = redirect(back_url)
    answer.status_code = 303
    return answer


def _decide(report, user, hide, reason):
    if not (report.comment_id or report.post_id):
        _decide_place(report, user, hide, reason)
    elif not hide:
        moderating.keep(report=report, by=user, note=reason)
    elif report.comment_id:
        moderating.hide(comment=report.comment, by=user, reason=reason)
    else:
        moderating.hide_post(post=report.post, by=user, reason=reason)


def _decide_place(report, user, hide, reason):
    """About a community or a profile."""
    if not hide:
        moderating_places.keep(report=report, by=user, note=reason)
    elif report.community_id:
        moderating_places.hide_community(community=report.community, by=user, reason=reason)
    else:
        moderating_places.hide_about(person=report.person, by=user, reason=reason)


def _moderators_only(user):
    if not user.is_moderator:
        raise Http404


def complete(row, language) -> None:
    """Title and address of what a row is about, where it is decided, and where a step can be undone."""
    row.decide_url = reverse("feed:report_decide", args=[row.pk]) if isinstance(row, Report) else ""
    row.undo_url = _undo_url(row) if isinstance(row, ModerationStep) else ""
    comment = row if hasattr(row, "body_html") else row.comment
    if comment is None and row.post is None:
        _complete_place(row)
        return
    post = comment.post if isinstance(row, Report) and comment else row.post
    row.about_comment, row.about = comment, post
    row.title, row.url = post.title_in(language), post.address_in(language)
    if comment and comment.deleted_at is None:
        row.url = reverse("feed:comment", args=[comment.pk])


def _undo_url(step) -> str:
    """Where something is shown again, if what this step hid is hidden still."""
    if step.verb != ModerationStep.Verb.HIDE or step.post is None:
        return ""
    if step.comment is not None:
        hidden = step.comment.hidden_at is not None and step.comment.deleted_at is None
        return reverse("feed:comment_restore", args=[step.comment_id]) if hidden else ""
    hidden = step.comment_id is None and step.post.hidden_at is not None
    return reverse("feed:post_hide", args=[step.post_id]) if hidden else ""


def _complete_place(row):
    """Of a community or a profile text, also what it says now."""
    person = row.person if isinstance(row, Report) else row.affected
    row.about_comment, row.about, row.title, row.url = None, None, "", ""
    if row.community:
        row.title, row.words = row.community.name, row.community.purpose
        row.url = reverse("feed:community", args=[row.community.slug])
    elif person and not person.is_erased:
        row.title, row.words = person.name, person.about
        row.url = reverse("people:profile", args=[person.handle])
