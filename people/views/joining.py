"""Behind an invitation's link: choose a password or make a passkey, and be signed in."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core import ratelimit
from allauth.mfa.webauthn.internal import auth, flows
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people.actions import inviting
from people.forms.joining import JoinByPasskey, JoinForm

KEPT = "invitation"  # session key: the secret leaves the address bar, so that it stands in no Referer


@login_not_required
@never_cache
@require_http_methods(["GET"])
def join(request, token):
    """Opening the link changes nothing: mail scanners open links too. It only moves the secret into the session."""
    request.session[KEPT] = token
    return redirect("people:joining")


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def joining(request):
    """The form; a link that does not work says so, whatever the reason."""
    if request.method == "POST":
        refused = ratelimit.consume_or_429(request, action="accept_invitation")
        if refused:
            return refused
    invitation = inviting.find(token=request.session.get(KEPT, ""))
    if invitation is None:
        return render(request, "people/invitation_over.html", status=404)
    if request.user.is_authenticated and request.user != invitation.user:
        token = request.session[KEPT]
        logout(request)
        request.session[KEPT] = token
    if request.method == "POST" and "credential" in request.POST:
        return _by_passkey(request, invitation)
    form = JoinForm(request.POST or None, user=invitation.user)
    if request.method == "POST" and form.is_valid():
        if inviting.accept(invitation=invitation, password=form.cleaned_data["password1"]):
            return _enter(request, invitation.user, "password")
        return render(request, "people/invitation_over.html", status=404)
    return _page(request, invitation, form, status=422 if form.errors else 200)


def _by_passkey(request, invitation):
    key = JoinByPasskey(request.POST, user=invitation.user)
    if not key.is_valid():
        problem = _("Your browser did not make a passkey. Try again, or choose a password.")
        return _page(request, invitation, JoinForm(user=invitation.user), status=422, problem=problem)
    if not inviting.accept(invitation=invitation):
        return render(request, "people/invitation_over.html", status=404)
    data = key.cleaned_data
    flows.signup_authenticator(request, invitation.user, name=data["name"], credential=data["credential"])
    # Made a moment ago with the device's own check: no second step is asked for.
    return _enter(request, invitation.user, "mfa", type="webauthn", passwordless=True)


def _enter(request, user, method, **detail):
    request.session.pop(KEPT, None)
    record_authentication(request, user, method, **detail)
    return perform_login(request, Login(user=user))


def _page(request, invitation, form, *, status, problem=""):
    context = {
        "person": invitation.user,
        "inviter": invitation.invited_by,
        "form": form,
        "problem": problem,
        "options": auth.begin_registration(invitation.user, passwordless=True),
    }
    return render(request, "people/invitation.html", context, status=status)
