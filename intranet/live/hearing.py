"""Who hears what: asked of the database at the moment of each event, so that no page knows more than its reader may."""

import time

from django.contrib.sessions.models import Session
from django.utils import timezone

from feed.models import LiveEvent
from people.models import AudienceMember, User

Kind = LiveEvent.Kind
PLACES = {
    "community": "community_id",
    "person": "author_id",
}  # streams of which a row says whether it concerns them


def heard(events, connections):
    """(connection, word) pairs: what each page is told. At most one query."""
    members = _members(events, connections)
    told = []
    for event in events:
        everyone = event.audience_id is None
        for connection in connections:
            reader = connection.reader
            if everyone or (event.audience_id, reader.user_id) in members:
                word = _word(event, reader)
                if word:
                    told.append((connection, word))
    return told


def ended(connections):
    """Those whose session, account or password is no longer what it was. Two queries."""
    if not connections:
        return []
    users = {one.reader.user_id for one in connections}
    keys = {one.reader.session_key for one in connections}
    sessions = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    alive = set(sessions.values_list("session_key", flat=True))
    active = dict(User.objects.filter(pk__in=users, is_active=True).values_list("pk", "password"))
    return [one for one in connections if not _lives(one.reader, alive, active)]


def _lives(reader, alive, active):
    known = active.get(reader.user_id) == reader.password and reader.session_key in alive
    return known and time.time() < reader.ends_at


def _members(events, connections):
    narrow = {event.audience_id for event in events} - {None}
    if not narrow:
        return set()
    users = {one.reader.user_id for one in connections}
    rows = AudienceMember.objects.filter(audience__in=narrow, user__in=users)
    return set(rows.values_list("audience_id", "user_id"))


def _word(event, reader):
    """The word for this page, or "" when it shows nothing that is concerned."""
    mine = event.author_id == reader.user_id
    if event.kind == Kind.BELL:
        return "bell" if event.user_id == reader.user_id else ""
    if event.kind == Kind.POST:
        return "posts" if not mine and any(_shows(stream, event) for stream in reader.streams) else ""
    if event.post_id not in reader.posts:
        return ""
    if event.kind == Kind.COMMENT and not mine:
        return f"comments:{event.post_id}"
    return f"counts:{event.post_id}" if event.kind in (Kind.COMMENT, Kind.COUNTS) else ""


def _shows(stream, event):
    kind, _sep, key = stream.partition(":")
    return kind not in PLACES or str(getattr(event, PLACES[kind])) == key
