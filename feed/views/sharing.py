"""Sharing with a remark."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from feed import streams
from feed.actions import mentioning, sharing
from feed.actions.refusals import Refused
from feed.forms import ShareForm
from feed.views import answering, composing, refusals
from people import ratelimit


@require_http_methods(["GET", "POST"])
def share(request, pk):
    """The form for a remark; sending it makes a post that the original's readers see."""
    found = streams.find_post(request.user, pk)
    if not found.is_live:
        raise Http404
    if request.method == "GET":
        draft = streams.mine(request.user, found, places=(f"share:{pk}",)).drafts.get(f"share:{pk}", "")
        form = ShareForm(draft=draft, auto_id=f"share-{pk}-%s")
        template = "feed/_reply_form.html" if request.htmx else "feed/write.html"
        return render(request, template, {"c": composing.for_share(request, found, form)})
    form = ShareForm(request.POST, auto_id=f"share-{pk}-%s")
    made = sharing.find_sent(author=request.user, key=request.POST.get("key"))
    status, wait = 422, None
    try:
        if made is None:
            ratelimit.check(request.user, "post", once=request.POST.get("key", ""))
            if form.is_valid():
                made = sharing.share(post=found, author=request.user, **form.cleaned_data)
    except Refused as reason:
        form.add_error(None, str(reason))
    except mentioning.NeedsConfirmation as group:
        form.add_error("confirm_group", refusals.group_words(group.count))
    except ratelimit.TooMany as error:
        status, wait = 429, error.retry_after
        form.add_error(None, refusals.wait_words(wait))
    if made is None:
        composer = composing.for_share(request, found, form)
        return answering.refused_form(request, composer, status=status, retry_after=wait)
    url = reverse("feed:post", args=[made.pk])
    if request.htmx:
        return HttpResponseClientRedirect(url)
    answer = redirect(url)
    answer.status_code = 303
    return answer
