"""Many at once: one post for one key (T13), edits that never overwrite (T16), one publication for two clocks (A28).

The same functions run with the numbers of requirements.md in tests/benchmarks/test_races.py.
"""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from feed.actions import commenting, post_editing, posting, scheduling, sharing
from feed.actions.refusals import Conflict, Refused
from feed.models import Comment, LiveEvent, Notification, Post
from tests.factories import PostFactory, UserFactory
from tests.feed.test_concurrency import at_once, signed_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("htmx", [True, False])
def test_identical_posts_from_many_threads_make_one_post(htmx):
    send_identical(24, 12, htmx)


def send_identical(number, threads, htmx):
    author, named = UserFactory(), UserFactory(handle="mats")
    cookies = signed_in(author).cookies
    headers = {"HX-Request": "true", "HX-Target": "timeline"} if htmx else {}

    def send(_job):
        client = Client(headers=headers)
        client.cookies = cookies
        return client.post("/write/", {"body": "Only once, @mats.", "key": "the-same"})

    answers = at_once(send, range(number), threads)
    post = Post.objects.get()
    assert {answer.status_code for answer in answers} == ({201} if htmx else {303})
    if htmx:
        assert all(f'id="post-{post.pk}"' in answer.content.decode() for answer in answers)
    else:
        assert {answer["Location"] for answer in answers} == {f"/posts/{post.pk}/"}
    assert Notification.objects.filter(user=named, cause="mention").count() == 1
    assert LiveEvent.objects.filter(kind="post").count() == 1


def test_identical_posts_without_key_make_one_post():
    author = UserFactory()
    made = at_once(lambda _: posting.add(author=author, body="Only once.").pk, range(30), 16)
    assert set(made) == {Post.objects.get().pk}


def test_identical_shares_without_key_make_one_share_and_tell_once():
    original, author = PostFactory(), UserFactory()
    made = at_once(lambda _: sharing.share(post=original, author=author, body="Read.").pk, range(20), 16)
    assert set(made) == {Post.objects.get(shared=original).pk}
    assert Notification.objects.filter(user=original.author, cause="share").count() == 1


def test_pairs_of_editors_never_overwrite_each_other():
    posts = PostFactory.create_batch(4, published_at=timezone.now() - timedelta(hours=1))

    def save(job):
        post, body, version = job
        try:
            post_editing.edit(post=post, editor=post.author, body=body, version=version)
        except Conflict as conflict:
            return conflict.current.body
        return None

    for version in range(1, 6):
        for post in posts:
            results = at_once(save, [(post, f"{side} {version}", version) for side in ("left", "right")], 2)
            post.refresh_from_db()
            assert results.count(None) == 1, "one saved, the other was told"
            assert post.body in results
            assert post.version == version + 1
    assert all(post.earlier.count() == 5 for post in posts)


def test_two_clocks_publish_each_post_once():
    author, named = UserFactory(), UserFactory(handle="mats")
    later = timezone.now() + timedelta(hours=1)
    for number in range(6):
        posting.add(author=author, body=f"Number {number}, @mats.", publish_at=later)
    Post.objects.update(publish_at=timezone.now() - timedelta(minutes=1))
    done = at_once(lambda _: scheduling.publish_due(), range(4), 4)
    if sum(published for published, _failed in done) < 6:  # a clock came while another held the lock
        done.append(scheduling.publish_due())
    assert sum(published for published, _failed in done) == 6
    assert not sum(failed for _published, failed in done)
    assert Post.objects.filter(state="published").count() == 6
    assert Notification.objects.filter(user=named, cause="mention").count() == 6


def test_publishing_now_against_the_clock_publishes_once():
    for _ in range(5):
        author = UserFactory()
        post = posting.add(author=author, body="Now.", publish_at=timezone.now() + timedelta(hours=1))
        Post.objects.filter(pk=post.pk).update(publish_at=timezone.now() - timedelta(minutes=1))

        def act(job, post=post, author=author):
            try:
                return scheduling.publish_now(post=post, by=author) if job else scheduling.publish_due()
            except Refused as refused:
                return refused

        at_once(act, [True, False], 2)
        assert LiveEvent.objects.filter(kind="post", post=post).count() == 1


def test_deleting_against_an_answer_leaves_no_answer_in_sight():
    for _ in range(8):
        post, reader = posting.add(author=UserFactory(), body="Here?"), UserFactory()

        def act(job, post=post, reader=reader):
            try:
                if job == "answer":
                    return commenting.add(post=post, author=reader, body="Yes.")
                return post_editing.delete(post=post, by=post.author)
            except Refused as refused:
                return refused

        at_once(act, ["answer", "delete"], 2)
        assert not Comment.objects.visible_to(reader).filter(post=post).exists()
        assert not Notification.objects.visible_to(post.author).filter(post=post).exists()
