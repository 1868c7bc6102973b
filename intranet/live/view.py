"""`/live/`: who may listen, and to what. Under WSGI the answer stays a 204, which tells browsers to poll instead."""

import re
import time

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from intranet.live.hub import Reader

MOST_POSTS = 200
STREAM = re.compile(r"[a-z-]{1,20}(:[\w-]{1,100})?")
NUMBER = re.compile(r"[0-9]{1,18}")


class LiveAnswer(HttpResponse):
    """An empty answer that carries the reader; intranet.live.pages opens the stream instead."""

    def __init__(self, reader):
        super().__init__(status=204)
        self.reader = reader


@require_GET
def live(request):
    """`stream`: names of the streams shown; `post`: numbers of the posts shown. What does not fit is left out."""
    session = request.session
    now = time.time()
    started, seen = session.get("started", now), session.get("seen", now)
    reader = Reader(
        user_id=request.user.pk,
        session_key=session.session_key,
        password=request.user.password,
        streams=frozenset(filter(STREAM.fullmatch, request.GET.getlist("stream")[:10])),
        posts=frozenset(map(int, filter(NUMBER.fullmatch, request.GET.getlist("post")[:MOST_POSTS]))),
        ends_at=min(started + settings.SESSION_COOKIE_AGE, seen + settings.SESSION_IDLE_SECONDS),
    )
    return LiveAnswer(reader)
