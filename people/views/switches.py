"""Language and appearance, switched from anywhere."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.models import User

YEAR = 365 * 24 * 3600


@login_not_required
@require_POST
def language(request):
    """Buttons and menus in this language: kept with the account, or in a cookie before signing in."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        return HttpResponseBadRequest(_("This language is not available."))
    if request.user.is_authenticated:
        User.objects.filter(pk=request.user.pk).update(locale=chosen)
    answer = redirect(back(request))
    remember_language(answer, chosen)
    return answer


@require_POST
def theme(request):
    """Light, dark, or like the device. 204 for scripts, otherwise back to the page."""
    chosen = request.POST.get("theme", "")
    if chosen not in User.Theme.values:
        return HttpResponseBadRequest(_("This appearance does not exist."))
    User.objects.filter(pk=request.user.pk).update(theme=chosen)
    if request.htmx:
        return HttpResponse(status=204)
    return redirect(back(request))


def back(request, otherwise="/") -> str:
    """The address to return to: `next`, else the page the form stood on, if it is on this host (A18)."""
    for target in (request.POST.get("next"), request.headers.get("Referer")):
        if target and url_has_allowed_host_and_scheme(
            target, {request.get_host()}, require_https=request.is_secure()
        ):
            return target
    return otherwise


def remember_language(answer, language: str) -> None:
    """The cookie that pages before signing in are shown by; a year."""
    secure = settings.LANGUAGE_COOKIE_SECURE
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR, secure=secure, httponly=True, samesite="Lax"
    )
