"""The list of questions, wanting to know too, and asking a comment as a question later."""

from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from feed import streams
from feed.actions import questions as acting
from feed.actions.questions import Ask
from feed.actions.refusals import Refused
from feed.forms.questions import AskForm
from feed.streams import questions
from feed.views import answering, showing
from people import ratelimit


@require_GET
def index(request):
    """All questions that the reader may see, filtered by the address."""
    ask = request.GET
    filters = questions.Filters(
        state=_one_of(ask.get("state"), questions.STATES),
        scope=ask.get("scope") if ask.get("scope") in questions.SCOPES else "",
        community=(ask.get("community") or "").replace("\x00", "")[:80],
        order=_one_of(ask.get("order"), tuple(questions.ORDERS)),
    )
    page = questions.open_list(request.user, filters, after=ask.get("after", ""))
    context = {
        "page": page,
        "after": ask.get("after", ""),
        "filters": filters,
        "choices": _choices(filters),
        "communities": questions.communities(request.user),
        "next_url": _address(filters, after=page.after),
        "median": questions.median(request.user),
        "section": "feed",
        "ui_language": get_language(),
    }
    return render(request, "feed/questions.html", context)


def _one_of(value, known):
    return value if value in known else known[0]


def _address(filters, **changed) -> str:
    """The list with these filters, one of them changed."""
    query = {
        "state": filters.state,
        "scope": filters.scope,
        "community": filters.community,
        "order": filters.order,
    }
    return "?" + urlencode({name: value for name, value in (query | changed).items() if value})


def _choices(filters) -> dict:
    """The three rows of links: state, whom it concerns, order."""
    words = {
        "state": {"open": _("Open"), "answered": _("Answered"), "all": _("All")},
        "scope": {
            "": _("Everybody"),
            "me": _("To me"),
            "department": _("To my department"),
            "mine": _("Asked by me"),
        },
        "order": {"longest": _("Longest waiting"), "newest": _("Newest"), "wanted": _("Most wanted")},
    }
    return {
        name: [
            {
                "label": label,
                "url": _address(filters, **{name: key}),
                "current": getattr(filters, name) == key,
            }
            for key, label in labels.items()
        ]
        for name, labels in words.items()
    }


@require_POST
def interest(request, pk):
    """“I want to know too”, or no longer."""
    question = questions.find_question(request.user, pk)
    ratelimit.check(request.user, "reaction")
    wants = request.POST.get("on") == "yes"
    try:
        acting.set_interest(question=question, user=request.user, on=wants)
    except Refused as reason:
        return answering.refusal(request, reason, comment=question.comment, post=question.post)
    question = questions.find_question(request.user, pk)
    if not request.htmx:
        said = _("You will hear of the answer.") if wants else _("You will no longer hear of the answer.")
        return back_to(request, question, said)
    return render(request, "feed/_want_to_know.html", {"question": question})


@require_http_methods(["GET", "POST"])
def ask(request, pk):
    """Ask one's own comment as a question, perhaps of somebody."""
    comment = streams.find_comment(request.user, pk)
    if comment.author_id != request.user.pk or comment.is_gone:
        raise Http404
    opener = f"ask-{pk}"
    form = AskForm(request.POST or None, user=request.user, auto_id=f"{opener}-%s")
    if request.method == "POST" and form.is_valid():
        try:
            acting.ask_comment(comment=comment, by=request.user, ask=Ask(**form.cleaned_data["ask"]))
            return changed(request, _("Your question stays open until it is answered."), comment=comment)
        except Refused as reason:
            form.add_error("to", str(reason))
    context = {
        "form": form, "opener": opener, "action": reverse("feed:comment_ask", args=[pk]), "comment": comment,
        "heading": _("Ask this comment as a question"), "submit": _("Ask"), "hint": ask_hint(),
        "back_url": showing.comment_url(request, comment), "ui_language": get_language(),
    }  # fmt: skip
    return ask_form(request, context)


def ask_hint() -> str:
    """What may be typed into "to whom"."""
    return _("A name, a handle or a department. Leave it empty to ask everybody who reads this.")


def ask_form(request, context):
    """The small form below its comment for htmx, on a page otherwise; 422 when it was refused."""
    status = 422 if request.method == "POST" else 200
    template = "feed/_ask_form.html" if request.htmx else "feed/ask.html"
    answer = render(request, template, context, status=status)
    if request.htmx and status == 422:
        answer["HX-Retarget"], answer["HX-Reswap"] = "closest reply-form", "outerHTML"
    return answer


def changed(request, said, *, comment=None, post=None):
    """After a change that concerns many places of the page: it is shown anew, with what was done."""
    if request.htmx:
        answering.back_to(request, comment, post or comment.post, message=said)
        return HttpResponseClientRefresh()
    return answering.back_to(request, comment, post or comment.post, message=said)


def back_to(request, question, said):
    """After a plain form: where the question stands."""
    comment = streams.find_comment(request.user, question.comment_id) if question.comment_id else None
    post = comment.post if comment else streams.find_post(request.user, question.post_id)
    return answering.back_to(request, comment, post, message=said)
