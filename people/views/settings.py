"""A person's own settings: language, display, time zone, sessions, key of the Atom feeds."""

import re

from allauth.usersessions.models import UserSession
from django.conf import settings as site
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.actions import feed_keys, sessions
from people.devices import device_name
from people.forms import SettingsForm
from people.models import FeedKey
from people.views.switches import remember_language

SESSION_ID = re.compile(r"[0-9]{1,18}")


def settings(request):
    """The form; 422 with what was typed when something in it cannot be kept."""
    user = request.user
    zone = user.location.time_zone if user.location_id else site.TIME_ZONE
    form = SettingsForm(request.POST or None, instance=user, default_zone=zone)
    if request.method == "POST" and form.is_valid():
        form.save()
        answer = redirect("people:settings")
        remember_language(answer, user.locale)
        messages.success(request, _("Saved."))
        return answer
    return _page(request, form, status=422 if form.errors else 200)


@require_POST
def end_session(request):
    """Sign out one other device, or all of them (A13)."""
    which = request.POST.get("session", "")
    chosen = which if SESSION_ID.fullmatch(which) else None
    ended = sessions.end_others(user=request.user, keep=request.session.session_key, session_id=chosen)
    messages.success(request, _("Signed out.") if ended else _("That device was signed out already."))
    return redirect("people:settings")


@require_POST
def feed_key(request):
    """A new key for the Atom feeds, which ends the old one; or none."""
    if "revoke" in request.POST:
        feed_keys.revoke(user=request.user)
        messages.success(request, _("Your feed addresses no longer work."))
    else:
        feed_keys.renew(user=request.user)
        messages.success(request, _("You have new feed addresses. Earlier ones no longer work."))
    return redirect("people:settings")


def _page(request, form, *, status):
    own = list(UserSession.objects.filter(user=request.user).order_by("-last_seen_at", "-pk")[:50])
    for session in own:
        session.device = device_name(session.user_agent)
    context = {
        "form": form,
        "sessions": own,
        "current_session": request.session.session_key,
        "feed_key": FeedKey.objects.filter(user=request.user).first(),
        "base_url": site.BASE_URL,
        "section": "settings",
    }
    return render(request, "people/settings.html", context, status=status)
