"""What every request passes: refused bytes, sign-in by default, the reader's language and zone, headers."""

import time
import zoneinfo

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import QueryDict
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control

from intranet import content_policy
from people.ratelimit import TooMany

ADMIN_PREFIX = "/admin/"


class RefuseControlBytes:
    """A NUL never reaches the database, which would answer with an error (requirements.md, fact 9).

    In an address it is a 400; from typed text it is taken out, as from every text (A17).
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Look at the decoded path and the raw query."""
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in address")
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Before any view reads the form; the CSRF check reads it anyway."""
        if request.method == "POST" and any(
            "\x00" in part for pair in request.POST.lists() for part in _parts(pair)
        ):
            cleaned = QueryDict(mutable=True)
            for name, values in request.POST.lists():
                cleaned.setlist(name.replace("\x00", ""), [value.replace("\x00", "") for value in values])
            cleaned._mutable = False
            request.POST = cleaned


def _parts(pair):
    name, values = pair
    return (name, *values)


class SignInRequired(LoginRequiredMiddleware):
    """Everything needs a sign-in unless the view says `login_not_required` (A2). Fragments get 401, pages the form."""

    def handle_no_permission(self, request, view_func):
        """htmx keeps the text that was typed: it gets 401 and opens the sign-in (DESIGN.md §8)."""
        answer = super().handle_no_permission(request, view_func)
        if getattr(request, "htmx", False):
            answer.status_code = 401
            answer["HX-Login"] = answer.headers.pop("Location", settings.LOGIN_URL)
        return answer


class SessionLimits:
    """Ends a session that was idle or is old (A13). `seen` is written every five minutes, not with every request."""

    WRITE_EVERY = 300
    PASSIVE = "/live/"  # what an open page asks by itself is no sign that somebody is there

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Signed-in requests only; a session that ends here goes on as anonymous, which leads to the sign-in."""
        if request.user.is_authenticated:
            self._check(request)
        return self.get_response(request)

    def _check(self, request):
        now, session = int(time.time()), request.session
        started, seen = session.get("started", now), session.get("seen", 0) or now
        if now - started > settings.SESSION_COOKIE_AGE or now - seen > settings.SESSION_IDLE_SECONDS:
            logout(request)
        elif request.path_info.startswith(self.PASSIVE):
            pass
        elif "started" not in session or now - session.get("seen", 0) > self.WRITE_EVERY:
            session["started"], session["seen"] = started, now
            UserSession.objects.filter(session_key=session.session_key).update(last_seen_at=timezone.now())


class ReaderLocale:
    """The reader's language and time zone, from their settings; before sign-in from cookie or browser."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Activate for this request, and leave nothing behind for the next one."""
        user = request.user
        language = user.locale if user.is_authenticated else ""
        if language:
            translation.activate(language)
            request.LANGUAGE_CODE = translation.get_language()
        with timezone.override(_zone(user)):
            return self.get_response(request)


def _zone(user):
    """The person's own zone, else their location's is set when they join; else the company's."""
    try:
        return zoneinfo.ZoneInfo(getattr(user, "time_zone", "") or settings.TIME_ZONE)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return zoneinfo.ZoneInfo(settings.TIME_ZONE)


class LimitReached:
    """A person who does too much in a while gets a 429 page that says when to go on (T11)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Nothing before, nothing after."""
        return self.get_response(request)

    def process_exception(self, request, exception):
        """Views that keep a typed text answer themselves; this is for all others."""
        if not isinstance(exception, TooMany):
            return None
        response = render(request, "429.html", {"seconds": exception.retry_after}, status=429)
        response["Retry-After"] = str(exception.retry_after)
        return response


class PrivateAnswers:
    """Answers to signed-in people are never kept by shared caches (T7); views that set Cache-Control keep theirs."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Add `private, no-store` to whatever a signed-in person gets, and the admin's own content policy."""
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response


class AdminContentPolicy:
    """Wagtail's admin needs inline scripts and styles; only there (dependencies.md §3.7)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """django-csp reads `_csp_config` when it writes the header, outside of this middleware."""
        response = self.get_response(request)
        if request.path_info.startswith(ADMIN_PREFIX):
            response._csp_config = content_policy.ADMIN
        return response


class AdminDoor:
    """Signed in but without a right in the admin: 403. Wagtail would send them to the sign-in, and that back."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """The sign-in of others is SignInRequired's."""
        user = request.user
        inside = request.path_info.startswith(ADMIN_PREFIX) and user.is_authenticated
        if inside and not user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied
        return self.get_response(request)
