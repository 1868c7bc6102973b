"""How views answer: the same for htmx and for plain forms; a refused form keeps what was typed."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django_htmx.http import reswap, retarget, trigger_client_event

from feed import streams
from feed.views import asking, citing, conversation, showing


def one_comment(request, comment, *, status=200, template="feed/_comment.html", **extra):
    """A comment as it is now, alone, with the focus on it."""
    context = comment_context(request, comment)
    return render(request, template, {**context, "focus": True, "fresh": True, **extra}, status=status)


def comment_context(request, comment) -> dict:
    """What `feed/_comment.html` needs for one comment outside of its page. A few queries."""
    post = comment.post
    thread = streams.Thread([], "", "newest")
    showing.complete([comment], post, streams.mine(request.user, post), request.user)
    ledger = asking.complete([comment], post, request.user)
    citing.dress([comment], post)
    talk = conversation.Talk(
        post=post, page_url=showing.page_url(request, post), thread=thread, ledger=ledger,
        in_stream=request.headers.get("X-Inside") == "stream",
    )  # fmt: skip
    return {"talk": talk, "post": post, "comment": comment, "ui_language": get_language()}


def back_to(request, comment=None, post=None, message="", level="success"):
    """After a plain form: redirect (303) to the comment or the conversation, with a message."""
    if message:
        getattr(messages, level)(request, message)
    url = (
        showing.comment_url(request, comment)
        if comment
        else f"{showing.page_url(request, post)}#conversation"
    )
    answer = redirect(url)
    answer.status_code = 303
    return answer


def refused_form(request, composer, *, status=422, retry_after=None):
    """The composer again with its errors: alone for htmx, on a page of its own otherwise."""
    if request.htmx:
        answer = render(request, "feed/_composer.html", {"c": composer}, status=status)
        answer = reswap(retarget(answer, "closest text-composer"), "outerHTML")
    else:
        answer = render(request, "feed/write.html", {"c": composer}, status=status)
    if retry_after:
        answer["Retry-After"] = str(retry_after)
    return answer


def slot_form(request, context, *, status=200):
    """A small form (reason, report, share): below its object for htmx, on a page otherwise. Needs title and opener."""
    template = "feed/_slot_form.html" if request.htmx else "feed/slot_form.html"
    answer = render(request, template, context, status=status)
    if request.htmx and status == 422:
        answer = reswap(retarget(answer, "closest reply-form"), "outerHTML")
    return answer


def refusal(request, reason, *, comment=None, post=None):
    """What the rules do not allow: 409 with a toast for htmx, otherwise back with the reason."""
    if request.htmx:
        answer = render(request, "components/notice.html", {"kind": "error", "text": str(reason)}, status=409)
        answer = reswap(answer, "none")
        return trigger_client_event(answer, "toast", {"message": str(reason)})
    return back_to(request, comment, post or comment.post, message=str(reason), level="error")
