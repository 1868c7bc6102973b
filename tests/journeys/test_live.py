"""Two people in two browsers: what one does, the other sees within seconds, and nothing moves by itself."""

import pytest
from django.test import Client

from feed.actions import announcing
from feed.models import Comment, Post
from intranet.bench import serving
from tests.factories import PostFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
SOON = 5_000


@pytest.fixture
def two(browser, transactional_db):
    """A writer and a reader, each with a browser of their own at the feed of everything; a real server."""
    writer, reader = UserFactory.create_batch(2)
    contexts = []
    with serving.running(DJANGO_DEBUG="1") as (address, _process):

        def sign_in(user):
            contexts.append(browser.new_context(base_url=address, locale="en"))
            client = Client()
            client.force_login(user)
            cookie = {"name": "session", "value": client.session.session_key, "url": address}
            contexts[-1].add_cookies([cookie])
            return contexts[-1].new_page()

        yield (writer, sign_in(writer)), (reader, sign_in(reader))
        for context in contexts:
            context.close()


def listening(page, address):
    """Open a page and wait until it has asked what is new: from then on it listens."""
    with page.expect_response("**/live/state/**"):
        page.goto(address)


def test_two_browsers_see_each_other(two):
    (writer, writing), (reader, reading) = two
    old = PostFactory(author=reader, body="The oven is warm.")
    listening(reading, "/feed/all/")
    reading.evaluate("window.scrollTo(0, 40)")
    post = PostFactory(author=writer, body="The cake is ready.")
    announcing.post_published(post=post)
    button = reading.locator(".new-posts")
    button.wait_for(timeout=SOON)
    assert "1 new post" in button.inner_text()
    assert reading.locator(f"#post-{post.pk}").count() == 0
    button.click()
    reading.locator(f"#post-{post.pk}").wait_for(timeout=SOON)
    assert reading.evaluate("document.activeElement.id") == f"post-{post.pk}"

    listening(reading, f"/posts/{old.pk}/")
    listening(writing, f"/posts/{old.pk}/")
    writing.fill("#comment-form textarea", "Coming down.")
    writing.click("#comment-form button[type=submit], #comment-form button.primary")
    writing.get_by_text("Coming down.").first.wait_for(timeout=SOON)
    reading.locator(".new-comments").wait_for(timeout=SOON)
    reading.locator("[data-bell] .count").wait_for(timeout=SOON)
    assert reading.title().startswith("(1) ")
    comment = Comment.objects.get()
    reading.locator(".new-comments").click()
    reading.locator(f"#comment-{comment.pk}").wait_for(timeout=SOON)
    writing.locator("button[name=kind][value=thanks]").first.click()
    counted = reading.locator("button[name=kind][value=thanks] .num[data-count='1']")
    counted.first.wait_for(timeout=SOON)
    assert Post.objects.get(pk=old.pk).reaction_counts == {"thanks": 1}
