"""Changing one's own post, taking it back, its earlier wordings, and who reads it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import reswap, retarget

from feed import streams, text
from feed.actions import mentioning, post_editing, post_rules
from feed.actions.refusals import Conflict, Refused
from feed.forms import AudienceForm, EditForm
from feed.models import Post
from feed.streams import communities, own, questions, timeline
from feed.views import answering, composing


@require_http_methods(["GET", "POST"])
def edit(request, pk):
    """Another wording; two editors at once: 409 with both texts (A33)."""
    post = _editable(request.user, pk)
    options = {"most": post_editing.most_chars(post=post), "auto_id": f"post-edit-{pk}-%s"}
    if request.method == "GET":
        place = post_editing.place(post=post)
        draft = streams.mine(request.user, post, places=(place,)).drafts.get(place, "")
        form = EditForm(initial={"body": post.body, "version": post.version}, draft=draft, **options)
        template = "feed/_reply_form.html" if request.htmx else "feed/write.html"
        return render(request, template, {"c": composing.for_post_edit(request, post, form)})
    form = EditForm(request.POST, **options)
    form.fields["body"].required = False  # pictures may stand alone; the action knows
    try:
        if form.is_valid():
            body, version = form.cleaned_data["body"], form.cleaned_data["version"]
            mentioning.check_change(before=post.body, source=body, by=request.user)
            post_editing.edit(post=post, editor=request.user, body=body, version=version)
            return _changed(request, pk)
    except Refused as reason:
        form.add_error(None, str(reason))
    except Conflict as conflict:
        return _conflict(request, post, conflict.current, form, options)
    return answering.refused_form(request, composing.for_post_edit(request, post, form))


def _editable(user, pk) -> Post:
    post = streams.find_post(user, pk)
    if not post.editable_by(user):
        raise Http404
    return post


def _changed(request, pk):
    """The post as it is now, alone for htmx."""
    post = timeline.find(request.user, pk)
    if request.htmx:
        return render(request, "feed/_post.html", {"post": post, "ui_language": get_language()})
    return _on_to(post)


def _on_to(post):
    waits = post.state != Post.State.PUBLISHED
    answer = redirect("feed:scheduled") if waits else redirect("feed:post", pk=post.pk)
    answer.status_code = 303
    return answer


def _conflict(request, post, current, form, options):
    """Both texts, and a form with mine that would now replace the other."""
    mine = form.cleaned_data["body"]
    fresh = EditForm(initial={"body": mine, "version": current.version}, **options)
    context = {
        "c": composing.for_post_edit(request, post, fresh),
        "current": current,
        "mine": {"body_html": text.render(mine)},
    }
    if request.htmx:
        answer = render(request, "feed/_post_conflict.html", context, status=409)
        return reswap(retarget(answer, "closest reply-form"), "outerHTML")
    return render(request, "feed/post_conflict.html", context, status=409)


@require_GET
def history(request, pk):
    """Every wording after the silent minutes, newest first. Whoever may read the post may read these."""
    post = streams.find_post(request.user, pk)
    if not post.is_short or (post.hidden_at and not post.moderatable_by(request.user)):
        raise Http404
    context = {"post": post, "versions": own.earlier_wordings(post), "ui_language": get_language()}
    return render(request, "feed/post_history.html", {**context, "section": "feed"})


@require_http_methods(["GET", "POST"])
def delete(request, pk):
    """Take back one's own post at once; the answer offers to undo it for ten seconds. GET asks first."""
    post = own.find_own_post(request.user, pk)
    context = {"post": post, "ui_language": get_language(), "section": "feed"}
    if request.method == "GET":
        return render(request, "feed/post_delete.html", {**context, "undo": _undoable(post)})
    try:
        post_editing.delete(post=post, by=request.user)
    except Refused as reason:
        return answering.refusal(request, reason, post=streams.find_post(request.user, pk))
    if request.htmx:
        return render(request, "feed/_post_gone.html", context)
    answer = redirect("feed:post_delete", pk=pk)
    answer.status_code = 303
    return answer


def _undoable(post) -> bool:
    """Whether the button still makes sense."""
    since = timezone.now() - post.deleted_at if post.deleted_at else None
    return since is not None and since.total_seconds() < post_editing.UNDO_SECONDS


@require_POST
def undelete(request, pk):
    """Undo one's own deletion."""
    post = own.find_own_post(request.user, pk)
    try:
        post_editing.undelete(post=post, by=request.user)
    except Refused as reason:
        if request.htmx:
            return answering.refusal(request, reason, post=post)
        messages.error(request, str(reason))
        answer = redirect("feed:post_delete", pk=pk)
        answer.status_code = 303
        return answer
    return _changed(request, pk)


@require_http_methods(["GET", "POST"])
def audience(request, pk):
    """Who reads one's own post from now on; refused with the reason once somebody has answered."""
    post = _editable(request.user, pk)
    fixed = post_editing.audience_fixed(post=post)
    form = AudienceForm(request.POST or None, initial={"audience": post_rules.value_of(post=post)})
    if request.method == "POST" and form.is_valid():
        try:
            readers, community = post_rules.find_readers(
                user=request.user, value=form.cleaned_data["audience"]
            )
            asked = questions.addressee_of(post)
            post_editing.retarget(post=post, by=request.user, audience=readers, community=community)
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("From now on these people read it."))
            if asked and not questions.addressee_of(post):
                said = _("%(name)s cannot read it any more. Your question is now for everybody who can.")
                messages.warning(request, said % {"name": asked})
            return _on_to(streams.find_post(request.user, pk))
    choices = post_rules.readers_offered(user=request.user, communities=communities.inside(request.user))
    context = {"post": post, "form": form, "choices": choices, "fixed": fixed, "section": "feed"}
    return render(request, "feed/post_audience.html", context, status=422 if form.errors else 200)
