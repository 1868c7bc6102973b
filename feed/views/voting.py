"""Voting, who voted what, and what came of it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import reswap, retarget

from feed import streams
from feed.actions import voting
from feed.actions.refusals import Refused
from feed.forms.ballots import BallotForm, OutcomeForm
from feed.streams import polls
from feed.views import showing
from people import ratelimit


@sensitive_post_parameters("option")  # no report of an error says what was chosen
@require_POST
def vote(request, pk):
    """Vote, or vote anew. The answer is the poll as it is now; a refusal says why and repeats no choice."""
    post = streams.find_post(request.user, pk)
    poll = polls.find_poll(post)
    form = BallotForm(request.POST, is_secret=poll.is_secret)
    ratelimit.check(request.user, "reaction", once=request.POST.get("key", ""))
    error = ""
    if form.is_valid():
        sent = {name: form.cleaned_data[name] for name in ("options", "key")}
        try:
            voting.vote(poll=poll, user=request.user, **sent)
        except Refused as reason:
            error = str(reason)
    else:
        error = " ".join(form.non_field_errors()) or _("This answer does not exist.")
    if not request.htmx and not error:
        return _back(request, post, _("You have voted."))
    polls.attach([post], request.user)
    context = {"post": post, "error": error, "focus": True, "ui_language": get_language()}
    if not request.htmx:
        context["back_url"] = showing.page_url(request, post)
        return render(request, "feed/vote.html", context, status=422)
    answer = render(request, "feed/_poll.html", context, status=422 if error else 200)
    return reswap(retarget(answer, f"#poll-{post.pk}"), "outerHTML") if error else answer


@require_GET
def voters(request, pk):
    """Who chose what in a named poll whose results show; ?option= one of its answers, keyset-paged."""
    post = streams.find_post(request.user, pk)
    poll = polls.find_poll(post)
    if poll.is_secret or not poll.shows_results:
        raise Http404
    wanted = request.GET.get("option", "")
    options = list(poll.options.all())
    if wanted and wanted not in {str(option.pk) for option in options}:
        raise Http404
    option = next((one for one in options if str(one.pk) == wanted), options[0])
    page = polls.voters(poll, option, after=request.GET.get("after", ""))
    context = {"post": post, "options": options, "option": option, "page": page}
    context["back_url"] = showing.page_url(request, post)
    return render(request, "feed/voters.html", context)


@require_http_methods(["GET", "POST"])
def outcome(request, pk):
    """The author of a binding poll that has ended says what came of it. Others find nothing here."""
    post = streams.find_post(request.user, pk)
    poll = polls.find_poll(post)
    if post.author_id != request.user.pk or not poll.pledge or poll.is_open:
        raise Http404
    form = OutcomeForm(request.POST or None, initial={"text": poll.outcome})
    if request.method == "POST" and form.is_valid():
        try:
            voting.tell_outcome(poll=poll, by=request.user, text=form.cleaned_data["text"])
            return _back(request, post, _("Those who voted hear what came of it."))
        except Refused as reason:
            form.add_error(None, str(reason))
    context = {"form": form, "post": post, "poll": poll, "back_url": showing.page_url(request, post)}
    return render(request, "feed/outcome.html", context, status=422 if form.errors else 200)


def _back(request, post, message):
    """To the poll, with a message."""
    messages.success(request, message)
    answer = redirect(f"{showing.page_url(request, post)}#poll-{post.pk}")
    answer.status_code = 303
    return answer
