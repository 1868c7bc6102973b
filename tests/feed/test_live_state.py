"""What an open page asks by itself: only what its reader may see, and as little as possible."""

import html
import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from feed.actions import announcing, cleaning, commenting, counting, reacting, reading
from feed.models import Follow, LiveEvent, Post, ReadMark
from tests.factories import AudienceFactory, CommentFactory, PostFactory, UserFactory

pytestmark = pytest.mark.django_db
STATE = "/live/state/"


def ask(client, since, **query):
    return client.get(STATE, {"stream": "everything", "since": since.isoformat(), **query})


def test_button_counts_new_posts_of_others_that_the_reader_may_see(client_for):
    reader, writer = UserFactory.create_batch(2)
    since = timezone.now()
    PostFactory.create_batch(2, author=writer)
    PostFactory(author=reader)
    PostFactory(author=writer, audience=AudienceFactory())
    client = client_for(reader)
    assert "2 new posts" in ask(client, since).json()["posts"]
    shown = client.get(reverse("feed:new"), {"stream": "everything", "since": since.isoformat()})
    assert shown.content.count(b"<article") == 2
    assert (
        shown.headers["X-Until"]
        == Post.objects.filter(author=writer, audience=None)
        .order_by("-published_at")
        .first()
        .published_at.isoformat()
    )


def test_more_than_twenty_new_posts_come_newest_first_and_a_button_fills_the_gap(client_for):
    reader, writer = UserFactory.create_batch(2)
    since = timezone.now()
    posts = [PostFactory(author=writer, published_at=since + timedelta(seconds=1)) for _ in range(45)]
    client, seen = client_for(reader), []
    assert "More than 20 new posts" in ask(client, since).json()["posts"]
    address = f"{reverse('feed:new')}?{urlencode({'stream': 'for-you', 'since': since.isoformat()})}"
    Follow.objects.create(follower=reader, user=writer)
    while address:
        page = client.get(address).content.decode()
        seen += [int(pk) for pk in re.findall(r'id="post-(\d+)"', page)]
        found = re.search(r'class="gap">.*?data-hx-get="([^"]+)"', page)
        address = found and html.unescape(found[1])
        assert len(seen) <= 45
    assert seen == [post.pk for post in reversed(posts)]
    assert (
        client.get(
            reverse("feed:new"), {"stream": "everything", "since": since.isoformat(), "after": "x"}
        ).status_code
        == 400
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [("de", ["1</span> Antwort", "2</span> Antworten"]), ("en", ["1</span> reply", "2</span> replies"])],
)
def test_words_beside_the_number_of_replies_follow_it(client_for, language, words):
    reader, post = UserFactory(locale=language), PostFactory()
    client = client_for(reader)
    for said in words:
        CommentFactory(post=post)
        counting.recount(posts=Post.objects.all())
        found = ask(client, timezone.now(), post=post.pk).json()["counts"][str(post.pk)]["replies"]
        assert found == f'<span class="num">{said}'
        assert f"{said}</a>" in client.get(reverse("feed:everything")).content.decode()


def test_unchanged_state_is_not_sent_again(client_for):
    client = client_for(UserFactory())
    since = timezone.now()
    first = ask(client, since)
    again = client.get(
        STATE,
        {"stream": "everything", "since": since.isoformat()},
        headers={"If-None-Match": first["ETag"]},
    )
    assert again.status_code == 304
    assert again.content == b""


def test_new_comments_are_announced_and_given_to_readers_only(client_for):
    reader, writer, stranger = UserFactory.create_batch(3)
    audience = AudienceFactory(members=[reader, writer])
    post = PostFactory(author=writer, audience=audience)
    CommentFactory(post=post, author=writer, created_at=timezone.now() - timedelta(hours=1))
    since = timezone.now()
    commenting.add(post=post, author=writer, body="Quite new")
    talk = {"talk": f"{post.pk}@{since.isoformat()}", "post": post.pk}
    found = ask(client_for(reader), since, **talk).json()
    assert "1 new comment" in found["talks"][str(post.pk)]
    assert found["counts"][str(post.pk)]["comments"] == 2
    hidden = ask(client_for(stranger), since, **talk).json()
    assert hidden["talks"] == hidden["counts"] == {}
    address = reverse("feed:new_comments", args=[post.pk])
    shown = client_for(reader).get(address, {"since": since.isoformat()})
    assert shown.content.count(b'<li class="is-new"') == 1
    assert b"Quite new" in shown.content
    assert client_for(stranger).get(address, {"since": since.isoformat()}).status_code == 404


@pytest.mark.parametrize(
    "query",
    ["?talk=1", "?talk=x@y", "?post=%2B1&post=%F0%9D%9F%9A", "?stream=nope&since=then", "?since=2026"],
)
def test_nonsense_is_answered_with_nothing(client_for, query):
    found = client_for(UserFactory()).get(STATE + query).json()
    assert found["posts"] == ""
    assert found["counts"] == {}


def test_asking_does_not_keep_an_idle_session_alive(client_for):
    client = client_for(UserFactory())
    client.get("/")
    session = client.session
    session["seen"] = seen = session["seen"] - 3600
    session.save()
    ask(client, timezone.now())
    assert client.session["seen"] == seen
    client.get("/")
    assert client.session["seen"] > seen


def test_anonymous_page_is_told_that_it_is_over(client):
    for address in (STATE, "/live/"):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/accounts/login/")


def test_place_is_kept_and_never_goes_back(client_for):
    reader = UserFactory()
    old, seen, new = (
        PostFactory(published_at=timezone.now() - timedelta(hours=hours)) for hours in (3, 2, 1)
    )
    client = client_for(reader)
    for post in (seen, old):
        form = {"stream": "everything", "since": post.published_at.isoformat()}
        assert client.post(reverse("feed:read_mark"), form).status_code == 204
    assert ReadMark.objects.get(user=reader).published_at == seen.published_at
    page = client.get(reverse("feed:everything")).content.decode()
    assert page.index(f'id="post-{new.pk}"') < page.index('id="seam"') < page.index(f'id="post-{seen.pk}"')
    reading.mark(user=reader, stream="everything", published_at=new.published_at)
    assert 'id="seam"' not in client.get(reverse("feed:everything")).content.decode()
    assert client.post(reverse("feed:read_mark"), {"stream": "<b>", "since": "x"}).status_code == 422


def test_nothing_is_announced_of_hidden_posts():
    post = PostFactory(hidden_at=timezone.now())
    announcing.post_published(post=post)
    announcing.counts_changed(post=post)
    assert not LiveEvent.objects.exists()


def test_announcements_go_after_ten_minutes():
    post = PostFactory()
    reacting.react(user=UserFactory(), post=post, kind="thanks")
    LiveEvent.objects.update(created_at=timezone.now() - timedelta(minutes=11))
    announcing.bell_rang(user_ids=[post.author_id])
    assert cleaning.clean()["announcements"] == 1
    assert LiveEvent.objects.get().kind == "bell"
