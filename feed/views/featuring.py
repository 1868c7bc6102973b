"""From a post's menu: show it on the home page until a day. Communications only."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from feed import streams
from feed.actions import featuring
from feed.actions.refusals import Refused
from feed.forms import UntilForm
from feed.models import Pin


@require_http_methods(["GET", "POST"])
def pin(request, pk):
    """Ask for the end, and do it; or take it back. Hidden, absent and not for communications: the same 404."""
    post = streams.find_post(request.user, pk)
    if not (request.user.is_communications and post.is_live and post.is_short):
        raise Http404
    current = Pin.objects.current().filter(post=post, place=featuring.HOME).first()
    start = current.until if current else timezone.now() + timedelta(days=7)
    form = UntilForm(request.POST or None, initial={"until": timezone.localtime(start)})
    if request.method == "POST":
        said = _done(request, post, form)
        if said:
            messages.success(request, said)
            return redirect(reverse("feed:post", args=[pk]))
    context = {"form": form, "post": post, "pin": current, "ui_language": get_language()}
    return render(request, "feed/pin.html", context, status=422 if form.errors else 200)


def _done(request, post, form) -> str:
    """What was done, or "" with the reason in `form`."""
    try:
        if "end" in request.POST:
            featuring.unfeature(post=post, by=request.user)
            return _("The post no longer stands on the home page.")
        if form.is_valid():
            featuring.feature(post=post, until=form.cleaned_data["until"], by=request.user)
            return _("The post stands on the home page of everybody who may read it.")
    except Refused as reason:
        form.add_error("until", str(reason))
    return ""
