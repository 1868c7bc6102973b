"""Reporting and hiding communities and profile texts; owners' pins."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from feed import streams
from feed.actions import community_pins, moderating_places, reporting
from feed.actions.refusals import Refused
from feed.forms import PinForm, ReasonForm, ReportForm
from feed.models import Pin
from feed.streams import communities as places
from feed.views.communities import see
from people import ratelimit
from people.field_visibility import shown_fields
from people.models import FORMER_HANDLE, User


@require_http_methods(["GET", "POST"])
def report_community(request, slug):
    """Say that a community's name or purpose breaks a house rule."""
    found = _visible(request, slug)
    return _report(request, {"community": found}, reverse("feed:community", args=[slug]))


@require_http_methods(["GET", "POST"])
def report_person(request, handle):
    """Say that what somebody wrote about themselves breaks a house rule."""
    person = _person(handle)
    readable = bool(person.about) and "about" in shown_fields(person, request.user)
    if person.pk == request.user.pk or not readable or person.about_hidden_at:
        raise Http404
    return _report(request, {"person": person}, reverse("people:profile", args=[handle]))


def _report(request, of, back_url):
    form = ReportForm(request.POST or None, auto_id="report-%s")
    if request.method == "POST" and form.is_valid():
        ratelimit.check(request.user, "report")
        reporting.report(reporter=request.user, **of, **form.cleaned_data)
        thanks = _("Thank you. The moderators will look at it. The writer does not learn who reported.")
        messages.success(request, thanks)
        return see(back_url)
    context = {"heading": _("Report to the moderators"), "submit": _("Report"), "is_report": True}
    return _ask(request, form, back_url, **context)


@require_http_methods(["GET", "POST"])
def hide_community(request, slug):
    """Hide name and purpose from everybody who is not inside, or show them again."""
    found = _visible(request, slug)
    if not found.moderatable_by(request.user):
        raise Http404
    hidden = found.hidden_at is not None
    act = moderating_places.restore_community if hidden else moderating_places.hide_community
    heading = _("Show this community again") if hidden else _("Hide this community from others")
    return _with_reason(request, act, {"community": found}, heading, reverse("feed:community", args=[slug]))


@require_http_methods(["GET", "POST"])
def hide_about(request, handle):
    """Hide what somebody wrote about themselves, or show it again."""
    person = _person(handle)
    readable = bool(person.about) and "about" in shown_fields(person, request.user)
    if not request.user.is_moderator or not readable:
        raise Http404
    hidden = person.about_hidden_at is not None
    act = moderating_places.restore_about if hidden else moderating_places.hide_about
    heading = _("Show this text again") if hidden else _("Hide this text from others")
    return _with_reason(request, act, {"person": person}, heading, reverse("people:profile", args=[handle]))


def _with_reason(request, act, of, heading, back_url):
    form = ReasonForm(request.POST or None, auto_id="reason-%s")
    if request.method == "POST" and form.is_valid():
        try:
            act(**of, by=request.user, reason=form.cleaned_data["reason"])
        except Refused as reason:
            messages.error(request, str(reason))
        return see(back_url)
    return _ask(request, form, back_url, heading=heading, submit=heading)


@require_http_methods(["GET", "POST"])
def pin(request, pk):
    """An owner keeps a post on top of its community until a date, or takes it down."""
    post = streams.find_post(request.user, pk)
    if post.community is None or not post.community.owned(request.user):
        raise Http404
    back_url = reverse("feed:community", args=[post.community.slug])
    place = community_pins.place(community=post.community)
    current = Pin.objects.current().filter(post=post, place=place).first()
    form = PinForm(request.POST or None, auto_id="pin-%s")
    if request.method == "POST":
        try:
            if "end" in request.POST:
                community_pins.unpin(post=post, by=request.user)
                return see(back_url)
            if form.is_valid():
                community_pins.pin(post=post, until=form.cleaned_data["until"], by=request.user)
                return see(back_url)
        except Refused as reason:
            form.add_error("until", str(reason))
    context = {"post": post, "form": form, "pin": current, "ui_language": get_language()}
    status = 422 if request.method == "POST" else 200
    return render(request, "feed/communities/pin.html", {**context, "section": "communities"}, status=status)


def _ask(request, form, back_url, **context):
    context |= {"form": form, "action": request.path, "back_url": back_url, "ui_language": get_language()}
    status = 422 if request.method == "POST" else 200
    return render(request, "feed/slot_form.html", context, status=status)


def _visible(request, slug):
    found = places.find(request.user, slug)
    if not found.visible_to(request.user):
        raise Http404
    return found


def _person(handle):
    if handle.startswith(FORMER_HANDLE):
        raise Http404
    return get_object_or_404(User.objects.present(), handle=handle)
