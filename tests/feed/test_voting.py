"""Polls: who may vote, what is shown to whom and when; a secret choice stands nowhere (A10)."""

import random
import re
from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from feed.actions import counting, post_editing, posting, voting
from feed.actions.refusals import Refused
from feed.models import IdempotencyKey, LiveEvent, Notification, Option, Poll, Post, Vote
from people import registries
from people.actions import privacy
from people.models import User
from tests.factories import AudienceFactory, UserFactory
from tests.feed.test_concurrency import at_once

pytestmark = pytest.mark.django_db


def ask(author=None, *, options=("Kale", "Lentils", "Dumplings"), days=7, audience=None, **terms):
    """A published poll."""
    made = voting.PollTerms(options=options, ends_at=timezone.now() + timedelta(days=days), **terms)
    post = posting.add(
        author=author or UserFactory(), body="What is for lunch?", kind="poll", poll=made, audience=audience
    )
    post.poll.ids = list(post.poll.options.values_list("pk", flat=True))
    return post.poll


def counts(poll):
    return list(Option.objects.filter(poll=poll).values_list("count", flat=True))


def later(days=8):
    return time_machine.travel(timezone.now() + timedelta(days=days), tick=False)


def page(client, poll):
    return client.get(f"/posts/{poll.post_id}/").content.decode()


# What a poll may be


@pytest.mark.parametrize("options", [("Only one",), ("Same", "SAME"), tuple("abcdefghijk"), ("", " ", "x")])
def test_poll_has_two_to_ten_different_answers(options):
    with pytest.raises(Refused):
        ask(options=options)
    assert not Post.objects.exists()


@pytest.mark.parametrize("days", [-1, 0, 400])
def test_poll_ends_in_the_future_and_within_a_year(days):
    with pytest.raises(Refused):
        ask(days=days)


def test_secret_poll_is_final_and_hides_its_results_whatever_is_asked():
    poll = ask(is_secret=True, may_change=True, hides_results=False)
    assert (poll.may_change, poll.hides_results) == (False, True)


# Voting


def test_colleague_votes_and_changes_the_vote():
    poll, voter = ask(), UserFactory()
    voting.vote(poll=poll, user=voter, options=[poll.ids[0]])
    voting.vote(poll=poll, user=voter, options=[poll.ids[2]])
    assert counts(poll) == [0, 0, 1]
    assert Poll.objects.get().voter_count == 1


def test_several_answers_count_once_each_and_their_voter_once():
    poll, voter = ask(is_multiple=True), UserFactory()
    voting.vote(poll=poll, user=voter, options=[*poll.ids[:2], poll.ids[0]])
    assert counts(poll) == [1, 1, 0]
    assert Poll.objects.get().voter_count == 1


def test_vote_is_final_where_the_author_said_so():
    poll, voter = ask(may_change=False), UserFactory()
    voting.vote(poll=poll, user=voter, options=[poll.ids[0]])
    with pytest.raises(Refused):
        voting.vote(poll=poll, user=voter, options=[poll.ids[1]])
    assert counts(poll) == [1, 0, 0]


def test_nobody_votes_for_nothing_for_two_or_for_another_polls_answer():
    poll, other, voter = ask(), ask(), UserFactory()
    for options in ([], poll.ids[:2], [other.ids[0]], [2**60]):
        with pytest.raises(Refused):
            voting.vote(poll=poll, user=voter, options=options)
    assert not Vote.objects.exists()


def test_end_is_exact_also_before_the_clock_has_closed_it():
    poll, voter = ask(), UserFactory()
    with time_machine.travel(poll.ends_at - timedelta(seconds=1), tick=False):
        voting.vote(poll=poll, user=voter, options=[poll.ids[0]])
    with time_machine.travel(poll.ends_at, tick=False), pytest.raises(Refused):
        voting.vote(poll=poll, user=voter, options=[poll.ids[1]])
    assert counts(poll) == [1, 0, 0]


def test_employee_outside_the_audience_neither_sees_nor_votes(client_for):
    author = UserFactory()
    poll = ask(author, audience=AudienceFactory(members=[author]))
    outside = UserFactory()
    client = client_for(outside)
    for method, address in (("post", "vote"), ("get", "voters"), ("get", "outcome"), ("post", "outcome")):
        assert getattr(client, method)(f"/posts/{poll.post_id}/{address}/").status_code == 404
    with pytest.raises(Refused):
        voting.vote(poll=poll, user=outside, options=[poll.ids[0]])


def test_hidden_poll_takes_no_vote():
    poll, voter = ask(), UserFactory()
    Post.objects.filter(pk=poll.post_id).update(hidden_at=timezone.now())
    with pytest.raises(Refused):
        voting.vote(poll=poll, user=voter, options=[poll.ids[0]])


def test_vote_by_plain_form_and_by_htmx(client_for):
    poll = ask()
    address, sent = f"/posts/{poll.post_id}/vote/", {"option": poll.ids[1]}
    answer = client_for(UserFactory()).post(address, sent)
    assert answer.status_code == 303
    answer = client_for(UserFactory(), **{"HX-Request": "true"}).post(address, sent)
    assert answer.status_code == 200
    assert f'id="poll-{poll.post_id}" data-focus' in answer.content.decode()
    assert "100&nbsp;%" in answer.content.decode()
    assert counts(poll) == [0, 2, 0]


def test_refused_vote_says_why(client_for):
    poll = ask()
    for sent in ({}, {"option": "x"}, {"option": "9" * 30}):
        answer = client_for(UserFactory()).post(f"/posts/{poll.post_id}/vote/", sent)
        assert answer.status_code == 422
        assert 'role="alert"' in answer.content.decode()


# What is shown


def test_results_stay_hidden_until_the_end_where_the_author_said_so(client_for):
    poll, voter = ask(hides_results=True), UserFactory()
    voting.vote(poll=poll, user=voter, options=[poll.ids[0]])
    client = client_for(voter)
    assert "100&nbsp;%" not in page(client, poll)
    assert client.get(f"/posts/{poll.post_id}/voters/").status_code == 404
    with later():
        assert "100&nbsp;%" in page(client_for(voter), poll)
        assert client_for(voter).get(f"/posts/{poll.post_id}/voters/").status_code == 200


def test_form_says_that_readers_see_who_voted_for_what_and_they_do(client_for):
    poll, voter = ask(), UserFactory(last_name="Votesmith")
    client = client_for(UserFactory())
    assert "Everybody who can read this can see who voted for what." in page(client, poll)
    voting.vote(poll=poll, user=voter, options=[poll.ids[1]])
    listed = client.get(f"/posts/{poll.post_id}/voters/?option={poll.ids[1]}").content.decode()
    assert "Votesmith" in listed
    assert (
        "Votesmith" not in client.get(f"/posts/{poll.post_id}/voters/?option={poll.ids[0]}").content.decode()
    )


# Changing it


def test_question_stays_as_it_is_once_somebody_voted():
    author = UserFactory()
    poll = ask(author)
    post = post_editing.edit(post=poll.post, editor=author, body="What is for dinner?", version=1)
    voting.vote(poll=poll, user=UserFactory(), options=[poll.ids[0]])
    with pytest.raises(Refused):
        post_editing.edit(post=post, editor=author, body="Who is fired?", version=2)
    with pytest.raises(Refused):
        voting.refuse_if_voted(post=post)


# The end


def test_poll_is_closed_once_and_voters_and_author_hear_of_it_once():
    author, voter, absent = UserFactory(), UserFactory(), UserFactory(is_active=True)
    poll = ask(author)
    for user in (voter, absent):
        voting.vote(poll=poll, user=user, options=[poll.ids[0]])
    User.objects.filter(pk=absent.pk).update(is_active=False)
    with later():
        assert voting.close_due() == 1
        assert voting.close_due() == 0
    told = Notification.objects.filter(cause="poll")
    assert set(told.values_list("user_id", flat=True)) == {author.pk, voter.pk}
    assert told.count() == 2


def test_who_muted_the_poll_does_not_hear_of_its_end():
    poll, voter = ask(), UserFactory()
    voting.vote(poll=poll, user=voter, options=[poll.ids[0]])
    voter.watches.update_or_create(post=poll.post, defaults={"level": "muted"})
    voting.close(poll=poll)
    assert not Notification.objects.filter(user=voter).exists()


def test_author_of_a_binding_poll_says_what_came_of_it(client_for):
    author, voter = UserFactory(), UserFactory()
    poll = ask(author, pledge="At most 4.20 a plate.")
    voting.vote(poll=poll, user=voter, options=[poll.ids[0]])
    assert "At most 4.20 a plate." in page(client_for(UserFactory()), poll)
    with pytest.raises(Refused):
        voting.tell_outcome(poll=poll, by=author, text="Too early")
    voting.close(poll=poll)
    assert client_for(voter).get(f"/posts/{poll.post_id}/outcome/").status_code == 404
    client = client_for(author)
    assert client.get(f"/posts/{poll.post_id}/outcome/").status_code == 200
    assert client.post(f"/posts/{poll.post_id}/outcome/", {"text": " "}).status_code == 422
    for _ in range(2):
        answer = client.post(f"/posts/{poll.post_id}/outcome/", {"text": "Kale it is."})
        assert answer.status_code == 303
    assert "Kale it is." in page(client_for(UserFactory()), poll)
    assert Notification.objects.filter(user=voter, text="outcome|Kale it is.").count() == 1
    listed = client_for(voter).get("/notifications/").content.decode()
    assert "What came of the poll" in listed and "has ended" in listed


# Secret polls


def secret(voters=3, *, chosen=1, **terms):
    """A secret poll with so many votes for one answer; the people too."""
    poll = ask(is_secret=True, **terms)
    people = UserFactory.create_batch(voters)
    for person in people:
        voting.vote(poll=poll, user=person, options=[poll.ids[chosen]], key=f"key-{person.pk}")
    return poll, people


def test_no_row_of_any_table_joins_voter_and_choice():
    poll, _people = secret(6)
    assert set(Vote.objects.values_list("option_id", flat=True)) == {None}
    assert {field.name for field in Vote._meta.get_fields()} == {"id", "poll", "user", "option"}
    assert set(IdempotencyKey.objects.filter(key__startswith="key-").values_list("result", flat=True)) == {
        f"vote:{poll.pk}"
    }
    assert not LiveEvent.objects.filter(kind=LiveEvent.Kind.COUNTS).exists()  # not even when
    held = {model for model in apps.get_models() if model not in (Option, Vote, Poll)}
    for model in held:  # nobody else keeps an answer
        pointing = [
            field for field in model._meta.get_fields() if getattr(field, "related_model", None) is Option
        ]
        assert not pointing, model
    assert counts(poll) == [0, 6, 0]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="transaction ids are PostgreSQL's")
def test_transaction_ids_of_the_answers_tell_nothing():
    poll, _people = secret(2)
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT xmin::text FROM feed_option WHERE poll_id = %s", [poll.pk])
        assert len(cursor.fetchall()) == 1


def test_secret_vote_is_written_by_one_statement_for_all_answers():
    poll = ask(is_secret=True)
    with CaptureQueriesContext(connection) as ran:
        voting.vote(poll=poll, user=UserFactory(), options=[poll.ids[1]])
    writes = [one["sql"] for one in ran if one["sql"].startswith('UPDATE "feed_option"')]
    assert len(writes) == 1
    assert writes[0].rstrip().endswith(f'"poll_id" = {poll.pk}')


def test_secret_vote_asks_for_a_yes_and_is_final(client_for):
    poll, voter = ask(is_secret=True), UserFactory()
    client, address = client_for(voter), f"/posts/{poll.post_id}/vote/"
    shown = page(client, poll)
    assert "never for what" in shown and "My vote is final." in shown
    answer = client.post(address, {"option": poll.ids[1]})
    assert answer.status_code == 422
    assert "checked" not in answer.content.decode()
    assert not Vote.objects.exists()
    assert client.post(address, {"option": poll.ids[1], "final": "1"}).status_code == 303
    answer = client.post(address, {"option": poll.ids[0], "final": "1"})
    assert answer.status_code == 422
    assert counts(poll) == [0, 1, 0]


def test_same_key_votes_secretly_once(client_for):
    poll, voter = ask(is_secret=True), UserFactory()
    sent = {"option": poll.ids[1], "final": "1", "key": "the-same"}
    for _ in range(3):
        assert client_for(voter).post(f"/posts/{poll.post_id}/vote/", sent).status_code == 303
    assert counts(poll) == [0, 1, 0]


def numbers_in(html, poll):
    """What could tell a result: the part of the page that shows the poll, without ids and the time."""
    part = html.split(f'id="poll-{poll.post_id}"')[1].split("</section>")[0]
    return bool(re.search(r"%|--pct|\d (person|people)|checked|result mine", part))


@pytest.mark.parametrize(("voters", "ended", "shown"), [(6, False, False), (4, True, False), (5, True, True)])
def test_secret_results_show_after_the_end_from_five_votes_on(client_for, voters, ended, shown):
    poll, people = secret(voters)
    with later(8 if ended else 1):
        for reader in (people[0], poll.post.author, UserFactory(is_superuser=True)):
            html = page(client_for(reader), poll)
            assert numbers_in(html, poll) is shown
            assert "(your vote)" not in html
            assert client_for(reader).get(f"/posts/{poll.post_id}/voters/").status_code == 404
        if ended and not shown:
            assert "Fewer than five people voted" in html


def test_export_says_that_one_voted_secretly_and_never_what():
    poll, people = secret(1)
    named = ask()
    voting.vote(poll=named, user=people[0], options=[named.ids[2]])
    exported = registries.export.run(user=people[0])["votes"]
    assert exported.pop("polls") == exported.pop("options") == []
    assert exported == {
        "named": [{"poll__post_id": named.post_id, "option__text": "Dumplings"}], "secret": [poll.post_id],
    }  # fmt: skip


def test_notification_log_and_admin_say_nothing_of_a_secret_choice(caplog, client_for):
    caplog.set_level("INFO")
    poll, _people = secret(5)
    voting.close(poll=poll)
    for text in Notification.objects.filter(cause="poll").values_list("text", flat=True):
        assert text == "closed|"
    assert not any("Lentils" in one or "option" in one for one in caplog.messages)
    client = client_for(UserFactory(is_superuser=True))
    for model in ("poll", "option", "vote"):
        assert client.get(f"/admin/snippets/feed/{model}/").status_code == 404


@pytest.mark.parametrize("keep_content", [True, False])
def test_erasing_a_voter_keeps_secret_counts_and_corrects_named_ones(keep_content):
    poll, people = secret(5)
    named = ask()
    for person in people:
        voting.vote(poll=named, user=person, options=[named.ids[0]])
    privacy.erase(user=people[0], keep_content=keep_content)
    assert counts(poll) == [0, 5, 0]
    assert Vote.objects.filter(poll=poll).count() == 5
    assert counts(named) == [5 if keep_content else 4, 0, 0]


def test_recount_repairs_named_counts_and_leaves_secret_ones():
    named, (hidden, _people) = ask(), secret(2)
    voting.vote(poll=named, user=UserFactory(), options=[named.ids[0]])
    Option.objects.filter(poll=named).update(count=99)
    Poll.objects.update(voter_count=99)
    assert counting.recount(posts=Post.objects.all()) == 2
    assert counts(named) == [1, 0, 0]
    assert counts(hidden) == [0, 2, 0]
    assert set(Poll.objects.values_list("voter_count", flat=True)) == {1, 2}


def test_older_votes_are_brought_without_telling_anybody():
    people = UserFactory.create_batch(3)
    for poll in (ask(), ask(is_secret=True)):
        votes = [(person, [poll.ids[at]]) for at, person in enumerate(people)]
        for _ in range(2):
            voting.bring(poll=poll, votes=votes)
        assert counts(poll) == [1, 1, 1]
    assert not Notification.objects.exists()


# Many at once


def vote_at_once(number, persons, *, is_secret):
    """So many votes of so many people; each counts once, whatever came first."""
    poll, people = ask(is_secret=is_secret), UserFactory.create_batch(persons)
    chance = random.Random(7)
    jobs = [(chance.choice(people), chance.choice(poll.ids)) for _ in range(number)]

    def press(job):
        try:
            return voting.vote(poll=poll, user=job[0], options=[job[1]])
        except Refused:
            return None

    at_once(press, jobs, threads=12)
    voters = {job[0].pk for job in jobs}
    assert set(Vote.objects.values_list("user_id", flat=True)) == voters
    assert sum(counts(poll)) == len(voters) == Vote.objects.count() == Poll.objects.get().voter_count


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_secret", [False, True])
def test_parallel_votes_count_as_many_as_there_are_voters(is_secret):
    vote_at_once(60, 12, is_secret=is_secret)


@pytest.mark.django_db(transaction=True)
def test_closing_against_voting_loses_no_vote_that_was_confirmed_and_tells_once():
    poll, people = ask(), UserFactory.create_batch(12)

    def press(person):
        if person is None:
            return voting.close(poll=poll)
        try:
            voting.vote(poll=poll, user=person, options=[poll.ids[0]])
        except Refused:
            return False
        return person.pk

    done = at_once(press, [*people[:6], None, None, *people[6:]], threads=14)
    confirmed = {pk for pk in done if pk and pk is not True}
    assert counts(poll)[0] == len(confirmed) == Vote.objects.count()
    told = Notification.objects.filter(cause="poll").values_list("user_id", flat=True)
    assert sorted(told) == sorted({*confirmed, poll.post.author_id})


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_often_at_once_is_one_secret_vote():
    poll, voter = ask(is_secret=True), UserFactory()
    cookies = Client()
    cookies.force_login(voter)

    def send(_job):
        client = Client()
        client.cookies = cookies.cookies
        return client.post(
            f"/posts/{poll.post_id}/vote/", {"option": poll.ids[0], "final": "1", "key": "once"}
        )

    answers = at_once(send, range(16), threads=8)
    assert {answer.status_code for answer in answers} == {303}
    assert counts(poll) == [1, 0, 0]
