"""Live updates with a real server process: who hears what, how soon, and when a stream ends (T3)."""

import urllib.request

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client

from feed.actions import announcing, commenting, reacting
from intranet.bench import serving
from people.actions import audiences, leaving
from people.models import Audience
from tests.factories import PostFactory, UserFactory
from tests.listening import Page

pytestmark = pytest.mark.django_db(transaction=True)
SOON = 3.5  # the promise is 3 s; a busy machine may blink


@pytest.fixture
def server(transactional_db):
    with serving.running(DJANGO_DEBUG="1") as (address, _process):
        yield address


def cookie_of(user):
    client = Client()
    client.force_login(user)
    assert client.session[SESSION_KEY]
    return client.session.session_key


def published(author, audience=None):
    post = PostFactory(author=author, audience=audience)
    announcing.post_published(post=post)
    return post


def test_who_hears_what_and_until_when(server):
    writer, reader, outsider, leaver, signs_out = UserFactory.create_batch(5)
    team = audiences.change(audience=Audience(name="Team"), members=[writer, reader])
    open_post, team_post = PostFactory(author=writer), PostFactory(author=writer, audience=team)
    shown = f"stream=everything&post={open_post.pk}&post={team_post.pk}"
    keys = {user: cookie_of(user) for user in (writer, reader, outsider, leaver, signs_out)}
    pages = {user: Page(server, key, shown) for user, key in keys.items()}
    inside, outside = pages[reader], pages[outsider]
    for page in pages.values():
        assert page.answer.status == 200
        assert page.answer.headers["X-Accel-Buffering"] == "no"
        page.until("retry: 3000", 2)

    published(writer, team)
    inside.until("data: posts", SOON)
    commenting.add(post=team_post, author=writer, body="Only for us.")
    inside.until(f"data: comments:{team_post.pk}", SOON)
    reacting.react(user=writer, post=team_post, kind="thanks")
    inside.until(f"data: counts:{team_post.pk}", SOON)
    commenting.add(post=open_post, author=reader, body="For everybody.")
    outside.until(f"data: comments:{open_post.pk}", SOON)
    assert [line for line in outside.heard if line.startswith("data:")] == []  # nothing of the team
    pages[writer].until("data: bell", SOON)
    assert "data: posts" not in pages[writer].heard  # one's own

    audiences.change(audience=team, members=[writer])
    published(writer, team)
    published(writer)
    inside.until("data: posts", SOON)
    assert inside.heard.count("data: posts") == 0

    leaving.deactivate(user=leaver)
    pages[leaver].until("event: end", SOON)
    client = Client()
    client.cookies["session"] = keys[signs_out]
    client.post("/accounts/logout/")
    pages[signs_out].until("event: end", SOON)
    outsider.set_password("Another-word-1888")
    outsider.save()
    outside.until("event: end", SOON)
    for user in (None, leaver, signs_out):
        refused = Page(server, keys.get(user))
        assert refused.answer.status == 302


def test_open_streams_hold_no_thread_and_the_oldest_of_too_many_ends(server):
    user = UserFactory()
    key = cookie_of(user)
    pages = [Page(server, key) for _ in range(5)]
    pages[0].until("event: end", SOON)
    pages[0].until("data: full", SOON)
    others = [Page(server, cookie_of(one)) for one in UserFactory.create_batch(6)]
    with urllib.request.urlopen(f"{server}/healthz", timeout=5) as answer:  # noqa: S310
        assert answer.status == 200
    for page in [*pages, *others]:
        page.close()


def test_without_an_event_loop_browsers_are_told_to_poll(client_for):
    assert client_for(UserFactory()).get("/live/").status_code == 204
