"""Many at once: one comment for one key (T13), one reaction for one person (T14), answers against deletion (A33).

The same functions run with the numbers of requirements.md in tests/benchmarks/test_races.py.
"""

import random
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.test import Client

from feed.actions import comment_editing, commenting, reacting
from feed.actions.refusals import Conflict, Refused
from feed.models import Comment, Reaction
from people import ratelimit
from tests.factories import CommentFactory, PostFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(work, jobs, threads=32):
    """Results of `work(job)` for all jobs, started together on many threads with connections of their own."""
    gate = threading.Barrier(min(threads, len(jobs)))
    first = set()

    def one(job):
        try:
            if threading.get_ident() not in first:
                first.add(threading.get_ident())
                gate.wait(timeout=30)
            return work(job)
        finally:
            connection.close()

    with ThreadPoolExecutor(min(threads, len(jobs))) as pool:
        return list(pool.map(one, jobs))


@pytest.fixture
def patient(monkeypatch):
    """No limit on how often: these tests are about something else."""
    monkeypatch.setattr(ratelimit, "LIMITS", dict.fromkeys(ratelimit.LIMITS, (10**6, 60)))


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def send_identical(number, threads, htmx):
    """`number` times the same form from `threads` threads; all answers must lead to the one comment it made."""
    post, author = PostFactory(), UserFactory()
    cookies = signed_in(author).cookies
    headers = {"HX-Request": "true"} if htmx else {}

    def send(_job):
        client = Client(headers=headers)
        client.cookies = cookies
        return client.post(f"/posts/{post.pk}/comments/", {"body": "Only once.", "key": "the-same"})

    answers = at_once(send, range(number), threads)
    comment = Comment.objects.get(post=post)
    assert {answer.status_code for answer in answers} == ({201} if htmx else {303})
    if htmx:
        assert all(f'id="comment-{comment.pk}"' in answer.content.decode() for answer in answers)
    else:
        assert {answer["Location"] for answer in answers} == {
            f"/posts/{post.pk}/?at={comment.pk}#comment-{comment.pk}"
        }
    post.refresh_from_db()
    assert post.comment_count == 1


@pytest.mark.parametrize("htmx", [True, False])
def test_identical_posts_from_many_threads_make_one_comment(htmx):
    send_identical(24, 12, htmx)


def test_identical_posts_without_key_make_one_comment():
    post, author = PostFactory(), UserFactory()
    made = at_once(lambda _: commenting.add(post=post, author=author, body="Only once.").pk, range(40), 16)
    assert set(made) == {Comment.objects.get().pk}


def press_at_once(number, persons):
    """`number` presses of `persons` people on one comment; counts equal rows, rows equal people."""
    comment, people = CommentFactory(), UserFactory.create_batch(persons)
    cookies = {person.pk: signed_in(person).cookies for person in people}
    chance = random.Random(7)
    jobs = [(chance.choice(people), chance.choice(Reaction.Kind.values)) for _ in range(number)]

    def press(job):
        client = Client()
        client.cookies = cookies[job[0].pk]
        data = {"kind": job[1], "comment": comment.pk}
        return client.post(
            f"/posts/{comment.post_id}/react/", data, headers={"HX-Request": "true"}
        ).status_code

    assert set(at_once(press, jobs, 16)) == {200}
    rows = list(Reaction.objects.filter(comment=comment).values_list("user", "kind"))
    comment.refresh_from_db()
    assert len({user for user, _ in rows}) == len(rows)
    assert comment.reaction_counts == {
        kind: n for kind in Reaction.Kind.values if (n := sum(k == kind for _, k in rows))
    }
    assert comment.support == sum(comment.reaction_counts.get(kind, 0) for kind in Reaction.SUPPORT)


def test_parallel_reactions_count_as_many_as_there_are_rows(patient):
    press_at_once(60, 10)


def test_everybody_who_presses_once_counts_once():
    post, people = PostFactory(), UserFactory.create_batch(50)
    at_once(lambda person: reacting.react(user=person, post=post, kind="thanks"), people)
    post.refresh_from_db()
    assert post.reaction_counts == {"thanks": 50}


def test_pairs_of_editors_never_overwrite_each_other():
    comments = CommentFactory.create_batch(8)

    def save(job):
        comment, body, version = job
        try:
            comment_editing.edit(comment=comment, editor=comment.author, body=body, version=version)
        except Conflict as conflict:
            return conflict.current.body
        return None

    for version in range(1, 4):
        for comment in comments:
            pair = [(comment, f"{side} {version}", version) for side in ("left", "right")]
            results = at_once(save, pair, 2)
            comment.refresh_from_db()
            assert results.count(None) == 1, "one saved, the other was told"
            assert comment.body in results
            assert comment.version == version + 1
    connections.close_all()


def test_answer_and_deletion_at_once_lose_no_answer():
    for _ in range(8):
        top, writer = CommentFactory(), UserFactory()

        def act(job, top=top, writer=writer):
            try:
                if job == "answer":
                    return commenting.add(post=top.post, author=writer, body="Yes.", reply_to=top)
                return comment_editing.delete(comment=top, by=top.author)
            except Refused as refused:
                return refused

        answer, _deleted = at_once(act, ["answer", "delete"], 2)
        shown = Comment.objects.thread_of(top.post, writer).filter(pk=top.pk)
        if isinstance(answer, Refused):
            assert not shown.exists()
        else:
            assert Comment.objects.thread_of(top.post, writer).filter(pk=answer.pk).exists()
            assert shown.get().is_gone
