"""Sessions that end: after a while without a request (A13), and the list of devices that a person sees."""

import time

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout

NOTED_EVERY = 300  # seconds between two notes of activity, so that reading writes almost nothing
SEEN = "seen_at"


class SessionActivity:
    """Signs out a session that was idle for SESSION_IDLE_SECONDS; notes the others' activity every five minutes."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """No query and no write while the last note is fresh."""
        if request.user.is_authenticated and request.session.session_key:
            idle = time.time() - request.session.get(SEEN, time.time())
            if idle > settings.SESSION_IDLE_SECONDS:
                logout(request)
            elif SEEN not in request.session or idle > NOTED_EVERY:
                request.session[SEEN] = time.time()
                UserSession.objects.create_from_request(request)
        return self.get_response(request)
