"""Changing one's own comment, taking it back, and its earlier wordings."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import reswap, retarget

from feed import streams, text
from feed.actions import comment_editing
from feed.actions.refusals import Conflict, Refused
from feed.forms import EditForm
from feed.models import CommentVersion
from feed.views import answering, composing


@require_http_methods(["GET", "POST"])
def edit(request, pk):
    """Another wording; two editors at once: 409 with both texts (A33)."""
    comment = streams.find_comment(request.user, pk)
    if not comment.editable_by(request.user):
        raise Http404
    if request.method == "GET":
        place = f"edit:{comment.pk}"
        draft = streams.mine(request.user, comment.post, places=(place,)).drafts.get(place, "")
        initial = {"body": comment.body, "version": comment.version}
        form = EditForm(initial=initial, draft=draft, auto_id=f"edit-{comment.pk}-%s")
        template = "feed/_reply_form.html" if request.htmx else "feed/write.html"
        return render(request, template, {"c": composing.for_edit(request, comment, form)})
    form = EditForm(request.POST, auto_id=f"edit-{comment.pk}-%s")
    if not form.is_valid():
        return answering.refused_form(request, composing.for_edit(request, comment, form))
    try:
        comment_editing.edit(comment=comment, editor=request.user, **_wording(form))
    except Refused as reason:
        form.add_error(None, str(reason))
        return answering.refused_form(request, composing.for_edit(request, comment, form))
    except Conflict as conflict:
        return _conflict(request, comment, conflict.current, form)
    changed = streams.find_comment(request.user, pk)
    if not request.htmx:
        return answering.back_to(request, changed)
    streams.load_pictures([changed])
    return answering.one_comment(request, changed)


def _wording(form):
    return {"body": form.cleaned_data["body"], "version": form.cleaned_data["version"]}


def _conflict(request, comment, current, form):
    """Both texts, and a form with mine that would now replace the other."""
    mine = form.cleaned_data["body"]
    fresh = EditForm(initial={"body": mine, "version": current.version}, auto_id=f"edit-{comment.pk}-%s")
    composer = composing.for_edit(request, comment, fresh)
    context = {
        "c": composer,
        "comment": comment,
        "current": current,
        "mine": {"body_html": text.render(mine)},
    }
    if request.htmx:
        answer = render(request, "feed/_conflict.html", context, status=409)
        return reswap(retarget(answer, "closest reply-form"), "outerHTML")
    return render(request, "feed/conflict.html", context, status=409)


@require_GET
def history(request, pk):
    """Every wording after the silent minutes, newest first. Whoever may read the comment may read these."""
    comment = streams.find_comment(request.user, pk)
    if comment.is_gone and not comment.post.overseen_by(request.user):
        raise Http404
    versions = CommentVersion.objects.filter(comment=comment)
    context = {**answering.comment_context(request, comment), "versions": versions}
    return render(request, "feed/history.html", context)


@require_http_methods(["GET", "POST"])
def delete(request, pk):
    """Take back one's own comment at once; the answer offers to undo it for ten seconds. GET asks first."""
    comment = streams.find_own(request.user, pk)
    if request.method == "GET":
        return render(
            request,
            "feed/delete.html",
            {**answering.comment_context(request, comment), "undo": _undoable(comment)},
        )
    try:
        gone = comment_editing.delete(comment=comment, by=request.user)
    except Refused as reason:
        return answering.refusal(request, reason, comment=comment)
    comment.deleted_at = gone.deleted_at
    if not request.htmx:
        answer = redirect("feed:comment_delete", pk=comment.pk)
        answer.status_code = 303
        return answer
    return answering.one_comment(request, comment, undo=True)


@require_POST
def undelete(request, pk):
    """Undo one's own deletion."""
    comment = streams.find_own(request.user, pk)
    try:
        comment_editing.undelete(comment=comment, by=request.user)
    except Refused as reason:
        return answering.refusal(request, reason, post=comment.post)
    comment = streams.find_comment(request.user, pk)
    if not request.htmx:
        return answering.back_to(request, comment)
    streams.load_pictures([comment])
    return answering.one_comment(request, comment)


def _undoable(comment) -> bool:
    """Whether the button still makes sense."""
    return (
        comment.deleted_at is not None
        and (timezone.now() - comment.deleted_at).total_seconds() < comment_editing.UNDO_SECONDS
    )
