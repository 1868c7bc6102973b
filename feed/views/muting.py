"""What I follow and what I do not want to see: in one list, changed from anywhere."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import trigger_client_event

from feed import streams
from feed.actions import muting
from feed.forms import MuteForm
from feed.models import Community
from people.models import User
from people.paging import take


@require_POST
def mute(request):
    """No longer show a person, a tag or a community in my streams, or show it again. 404 for what I may not see."""
    form = MuteForm(request.POST)
    if not form.is_valid():
        raise Http404
    kind, pk = form.cleaned_data["kind"], form.cleaned_data["pk"]
    target, name = _target(request.user, kind, pk)
    on = form.cleaned_data["mute"] == "yes"
    (muting.mute if on else muting.unmute)(follower=request.user, **{kind: target})
    words = _("You no longer see %(name)s in your feed.") if on else _("%(name)s is shown again.")
    said = words % {"name": name}
    if request.htmx:
        return trigger_client_event(HttpResponse(status=204), "toast", {"message": said})
    messages.success(request, said)
    return redirect(_back(request))


@require_GET
def following(request):
    """What I follow and what I muted, latest first, each with its way back."""
    after = request.GET.get("after", "")
    page = take(streams.followed(request.user), ("-created_at", "-pk"), after=after, size=50)
    context = {
        "page": page,
        "older_url": f"?after={page.after}" if page.after else "",
        "newer_url": request.path if after else "",
        "section": "settings",
    }
    return render(request, "feed/following.html", context)


def _target(user, kind, pk):
    """(row, name) of what is muted; 404 when `user` may not see it."""
    if kind == "user":
        person = get_object_or_404(User, pk=pk)
        return person, person.name
    if kind == "tag":
        tag = streams.find_tag(user, pk)
        return tag, f"#{tag.name}"
    community = get_object_or_404(Community.objects.visible_to(user), pk=pk)
    return community, community.name


def _back(request) -> str:
    """The page the form stood on, if it is one of ours."""
    came = request.META.get("HTTP_REFERER", "")
    fine = url_has_allowed_host_and_scheme(came, {request.get_host()}, require_https=request.is_secure())
    return came if fine else reverse("feed:following")
