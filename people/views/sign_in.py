"""On the way to an identity provider."""

from allauth.socialaccount.providers.openid_connect import views as oidc
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from people import sso


@login_not_required
@require_http_methods(["GET", "POST"])
def elsewhere(request, kind, one):
    """Start the sign-in at the provider `one`; opening the address by itself starts nothing.

    The answer is a page that leads on and no redirect, because browsers apply our own form-action to redirects.
    """
    road = next((road for road in sso.roads() if (road["kind"], road["id"]) == (kind, one)), None)
    if road is None:
        raise Http404
    if request.method == "GET":
        return redirect("account_login")
    answer = oidc.login(request, one) if kind == "oidc" else sso.saml_login(request, one)
    if answer.status_code != 302:
        return answer
    return render(request, "socialaccount/leaving.html", {"name": road["name"], "url": answer["Location"]})
