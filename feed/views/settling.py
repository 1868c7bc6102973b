"""Saying what answers a question, opening it again, withdrawing it, passing it on."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import trigger_client_event

from feed import streams
from feed.actions import questions as acting
from feed.actions.questions import Ask
from feed.actions.refusals import Refused
from feed.forms.questions import AskForm
from feed.streams import questions
from feed.views import answering, showing
from feed.views.questions import ask_form, changed


@require_http_methods(["GET", "POST"])
def answer(request, pk, comment_pk):
    """This comment answers that question: official by the one asked, accepted by the asker. GET asks first."""
    question = questions.find_question(request.user, pk)
    comment = streams.find_comment(request.user, comment_pk)
    if comment.post_id != question.post_id or not question.may_settle:
        raise Http404
    if request.method == "GET":
        context = {**answering.comment_context(request, comment), "question": question}
        return render(request, "feed/question_answer.html", context)
    settle = acting.mark_official if question.may_mark else acting.accept
    try:
        settle(question=question, comment=comment, by=request.user)
    except Refused as reason:
        return answering.refusal(request, reason, comment=comment)
    said = _("Marked as official answer.") if question.may_mark else _("Accepted as the answer.")
    if not request.htmx:
        return answering.back_to(request, comment, message=said)
    question = questions.find_question(request.user, pk)
    streams.load_pictures([comment])
    shown = answering.one_comment(request, comment, template="feed/_answered.html", question=question)
    undo = {"message": said, "undo_url": reverse("feed:question_reopen", args=[pk])}
    return trigger_client_event(shown, "toast", undo)


@require_POST
def reopen(request, pk):
    """It was not answered after all; also the way to undo an answer or a withdrawal."""
    return _change(request, _any(request, pk), acting.reopen, _("The question is open again."))


@require_POST
def withdraw(request, pk):
    """The asker no longer needs an answer."""
    return _change(request, _any(request, pk), acting.withdraw, _("You have withdrawn your question."))


@require_http_methods(["GET", "POST"])
def pass_on(request, pk):
    """Name somebody who knows better."""
    question = _any(request, pk)
    if not question.may_pass:
        raise Http404
    comment, post = _place(request, question)
    opener = f"pass-{pk}"
    form = AskForm(request.POST or None, user=request.user, must=True, auto_id=f"{opener}-%s")
    if request.method == "POST" and form.is_valid():
        try:
            acting.pass_on(question=question, by=request.user, ask=Ask(**form.cleaned_data["ask"]))
            return changed(request, _("You have passed the question on."), comment=comment, post=post)
        except Refused as reason:
            form.add_error("to", str(reason))
    page = showing.comment_url(request, comment) if comment else showing.page_url(request, post)
    context = {
        "form": form, "opener": opener, "action": reverse("feed:question_pass", args=[pk]), "question": question,
        "heading": _("Pass the question on"), "submit": _("Pass on"), "hint": _("A name, a handle or a department."),
        "back_url": page, "ui_language": get_language(),
    }  # fmt: skip
    return ask_form(request, context)


def _any(request, pk):
    """The question, for those who asked or were asked; for everybody else the same 404."""
    question = questions.find_question(request.user, pk)
    if not question.may_settle:
        raise Http404
    return question


def _change(request, question, action, said):
    comment, post = _place(request, question)
    try:
        action(question=question, by=request.user)
    except Refused as reason:
        return answering.refusal(request, reason, comment=comment, post=post)
    return changed(request, said, comment=comment, post=post)


def _place(request, question):
    """The comment that asks, or None, and the post, as pages need them."""
    if question.comment_id:
        comment = streams.find_comment(request.user, question.comment_id)
        return comment, comment.post
    return None, streams.find_post(request.user, question.post_id)
