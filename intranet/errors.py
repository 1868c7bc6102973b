"""Error answers: a page for people, one sentence for a fragment that a script asked for."""

from django.http import HttpResponseNotFound
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import defaults


def page_not_found(request, exception):
    """404, the same for what is hidden and what is absent (A3); htmx shows words of its own and drops the body."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponseNotFound(_("Not found"), content_type="text/plain; charset=utf-8")
    return defaults.page_not_found(request, exception)


def too_many(request):
    """429 of allauth's own limits, which count by the minute (T11)."""
    answer = render(request, "429.html", status=429)
    answer["Retry-After"] = "60"
    return answer
