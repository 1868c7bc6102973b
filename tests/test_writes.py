"""T2: nobody changes what is not theirs. Every address about a row takes a POST from every role that must not.

What a POST brought about is read from the database, not from the answer: all tables are compared before and after.
"""

import pytest
from django.test import Client

from tests import addresses, house, leak_world, snapshots

POSTS = [(route, name) for route, name in addresses.patterns() if route.startswith("posts/<int:pk>/")]
COMMENTS = [(route, name) for route, name in addresses.patterns() if route.startswith("comments/<int:pk>/")]
OUTSIDE = [role for role in leak_world.ROLES if role not in leak_world.INSIDE] + ["anonymous"]
# Plausible answers to whatever a form asks; a form that needs more answers 4xx, which is as good.
TYPED = {
    "body": "zq written by nobody who may.", "kind": "thanks", "on": "yes", "reason": "Because.", "rule": "person",
    "version": "1", "level": "watching", "text": "A word.", "audience": "", "option": "1", "until": "7",
}  # fmt: skip
# What signing in, reading and rate limits leave, and what was never somebody else's.
OWN_TRACES = {
    "django_session",
    "feed_draft",
    "feed_idempotencykey",
    "feed_liveevent",
    "usersessions_usersession",
}
# Columns that are not the writer's own words or the object's state: counters that follow what readers may do.
COUNTERS = {
    "feed_post": {"comment_count", "reaction_counts", "last_activity_at"},
    "feed_comment": {"reaction_counts", "support", "reply_count"},
}


@pytest.fixture
def world(db):
    return snapshots.build_once(leak_world.build)


@pytest.mark.parametrize("role", OUTSIDE)
def test_outsider_changes_nothing_about_what_they_may_not_read(world, role):
    client, wrong = _client(world, role), []
    client.get("/")  # signing in is written down, and seen
    before = _rows()
    for url in _addresses(world.posts["audience"]):
        status = client.post(url, TYPED).status_code
        if status not in (302, 403, 404, 405):
            wrong.append(f"{role} {url}: {status}")
    house.assert_none(wrong)
    house.assert_none(_changed(before, _rows()))


@pytest.mark.parametrize("role", ["insider", "author", "delegate", "communications", "outsider"])
def test_reader_does_not_change_the_words_or_the_state_of_others(world, role):
    """They may answer, react and report; what others wrote stays as it is, shown as it was."""
    post = world.posts["open"]
    client = _client(world, role)
    before = _rows()
    for url in _addresses(post):
        assert client.post(url, TYPED).status_code < 500
    after = _rows()
    changed = []
    for table in ("feed_post", "feed_comment"):
        columns, _place, rows = before[table]
        kept = [place for place, column in enumerate(columns) if column not in COUNTERS[table]]
        for key, row in rows.items():
            now = after[table][2].get(key)
            if now is None or [row[place] for place in kept] != [now[place] for place in kept]:
                changed.append(f"{role} changed {table} {key}")
    house.assert_none(changed)


def _client(world, role):
    client = Client(raise_request_exception=False)
    if role != "anonymous":
        client.force_login(world.people[role])
    return client


def _addresses(post):
    """Every address about this post and its comments that needs nothing but their numbers."""
    found = [_at(route, post.pk) for route, _ in POSTS if route.count("<") == 1]
    for comment in post.comments.all():
        found += [_at(route, comment.pk) for route, _ in COMMENTS if route.count("<") == 1]
    return found


def _at(route, pk):
    return "/" + route.replace("<int:pk>", str(pk))


def _rows():
    return {table: found for table, found in snapshots.tables().items() if table not in OWN_TRACES}


def _changed(before, after):
    return [f"{table} changed" for table in before if before[table][2] != after[table][2]]
