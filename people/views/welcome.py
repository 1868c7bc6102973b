"""The first page of a newcomer: photo, language, what to follow. Everything may be left out."""

from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from people import welcome as registry
from people.actions import faces, welcoming
from people.views.switches import remember_language

LANGUAGES = {"de": "Deutsch", "en": "English"}


@require_http_methods(["GET", "POST"])
def welcome(request):
    """The page; POST keeps what was chosen, or nothing with `skip`, and goes on to where the person wanted."""
    if request.method == "GET":
        return _page(request, status=200)
    if "skip" in request.POST:
        welcoming.finish(user=request.user)
        return HttpResponseRedirect(_onward(request))
    try:
        if request.FILES.get("photo"):
            faces.replace(user=request.user, file=request.FILES["photo"])
    except ValidationError as error:
        return _page(request, status=422, photo_error=" ".join(error.messages))
    language = request.POST.get("locale", "")
    chosen = {key: set(request.POST.getlist(key)) for key in registry.steps}
    welcoming.finish(user=request.user, chosen=chosen, locale=language if language in LANGUAGES else "")
    answer = HttpResponseRedirect(_onward(request))
    if language in LANGUAGES:
        remember_language(answer, language)
    return answer


def _onward(request):
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe and target.startswith("/") else "/"


def _page(request, *, status, photo_error=""):
    chosen = (
        {key: set(request.POST.getlist(key)) for key in registry.steps} if request.method == "POST" else None
    )
    steps = []
    for step in registry.steps.values():
        choices = step.load(request.user)
        ticked = chosen[step.key] if chosen else {choice.value for choice in choices if choice.is_chosen}
        steps.append({"step": step, "choices": choices, "ticked": ticked})
    context = {
        "steps": [one for one in steps if one["choices"]],
        "languages": LANGUAGES.items(),
        "locale": request.POST.get("locale") or request.user.locale or get_language(),
        "photo_error": photo_error,
        "next": request.POST.get("next") or request.GET.get("next", ""),
    }
    return render(request, "people/welcome.html", context, status=status)
