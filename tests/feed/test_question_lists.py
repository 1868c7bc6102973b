"""Where questions are listed: ledger, list, home, cards; only what is shown, and no more queries for more of them."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from feed.actions import moderating, questions
from feed.actions.questions import Ask
from feed.models import Post
from feed.streams import questions as lists
from feed.streams.questions import Filters
from tests.factories import AudienceFactory, CommentFactory, DepartmentFactory, PostFactory, UserFactory

pytestmark = pytest.mark.django_db


def asked(post=None, ask=None, since=None, **comment):
    made = CommentFactory(post=post or PostFactory(), **comment)
    return questions.open_for(post=made.post, comment=made, asker=made.author, ask=ask, created_at=since)


def answered(took, post=None):
    start = timezone.now() - timedelta(days=2)
    question = asked(post, since=start)
    answer = CommentFactory(reply_to=question.comment)
    return questions.accept(question=question, comment=answer, by=question.asker, created_at=start + took)


def listed(user, **filters):
    return lists.open_list(user, Filters(**filters)).items


def test_list_holds_open_ones_and_filters_by_whom_they_concern():
    me, other = UserFactory(), UserFactory()
    department = DepartmentFactory()
    me.department = department
    me.save()
    to_me, to_us = asked(ask=Ask(addressee=me)), asked(ask=Ask(department=department))
    mine, done = asked(author=me), answered(timedelta(hours=1))
    assert listed(me) == [to_me, to_us, mine]
    assert listed(me, scope="me") == [to_me]
    assert listed(me, scope="department") == [to_us]
    assert listed(me, scope="mine") == [mine]
    assert listed(me, state="answered") == [done]
    assert len(listed(me, state="all")) == 4
    assert listed(me, order="newest") == [mine, to_us, to_me]
    questions.set_interest(question=to_us, user=other, on=True)
    assert listed(me, order="wanted")[0] == to_us


def test_hidden_held_deleted_and_foreign_questions_are_listed_nowhere(company, client_for):
    closed = PostFactory(audience=company.foundry, author=company.employee)
    secret = asked(closed, body="Secret thing?")
    hidden = asked(body="Hidden thing?")
    moderating.hide(comment=hidden.comment, by=company.moderator, reason="Rule 1")
    gone = asked(PostFactory(hidden_at=timezone.now()), body="Gone thing?")
    held = asked(body="Held thing?", held=True)
    withdrawn = asked(PostFactory(state="withdrawn"), body="Withdrawn thing?")
    shown = asked(body="Open thing?")
    for user in (company.outsider, gone.post.author, hidden.asker, held.asker, withdrawn.asker):
        assert listed(user, state="all") == [shown]
        assert lists.for_home(user).questions == [shown]
    assert set(listed(company.employee, state="all")) == {secret, shown}
    page = client_for(company.outsider).get(reverse("feed:questions") + "?state=all").content.decode()
    assert "Open thing?" in page
    assert not [word for word in ("Secret", "Hidden", "Gone", "Held", "Withdrawn") if f"{word} thing" in page]
    for question in (secret, hidden, gone, held):
        url = reverse("feed:question_interest", args=[question.pk])
        assert client_for(company.outsider).post(url, {"on": "yes"}).status_code == 404


def test_waiting_for_me_are_those_to_me_my_department_and_below_my_articles(company):
    department = company.employee.department
    to_us = asked(ask=Ask(department=department))
    to_him = asked(company.post, Ask(addressee=company.author))
    below = asked(company.post)
    asked()
    assert lists.waiting_for(company.employee) == [to_us]
    assert lists.waiting_for(company.author) == [to_him]
    assert below in lists.waiting_for(company.executive)
    assert to_him not in lists.waiting_for(company.executive)


def test_median_needs_five_answers_and_counts_only_what_the_reader_may_read():
    inside, outside = UserFactory(), UserFactory()
    closed = PostFactory(audience=AudienceFactory(members=[inside]), author=inside)
    for hours in (1, 2, 3, 30):
        answered(timedelta(hours=hours))
    assert lists.median(outside) is None
    cache.clear()
    answered(timedelta(hours=4), closed)
    assert lists.median(outside) is None
    assert lists.median(inside) == timedelta(hours=3)


def test_card_shows_whom_it_asks_how_long_and_then_the_answer(client_for):
    person, reader = UserFactory(first_name="Lars", last_name="Lift"), UserFactory()
    post = PostFactory(kind=Post.Kind.QUESTION, body="When does it run?")
    question = questions.open_for(
        post=post, asker=post.author, ask=Ask(addressee=person),
        created_at=timezone.now() - timedelta(hours=21),
    )  # fmt: skip
    page = client_for(reader).get(f"/posts/{post.pk}/").content.decode()
    assert "to <bdi>Lars Lift</bdi>" in page
    assert "open for 21 hours" in page
    assert "I want to know too" in page
    answer = CommentFactory(post=post, author=person, body="At five.")
    questions.mark_official(question=question, comment=answer, by=person)
    page = client_for(reader).get(f"/posts/{post.pk}/").content.decode()
    assert "Question, answered" in page
    assert 'class="post-last"' in page


@pytest.mark.parametrize(
    "query", ["state=x", "order=nonsense", "scope=%00", "community=%00", "community=absent", "after=nonsense"]
)
def test_odd_addresses_are_never_errors(query, client_for):
    asked()
    assert client_for(UserFactory()).get(reverse("feed:questions") + f"?{query}").status_code in (200, 400)


def test_lists_take_the_same_queries_for_one_and_for_twelve(client_for):
    user, lead = UserFactory(), UserFactory()
    department = DepartmentFactory(lead=lead)
    client, counts = client_for(user), []
    post = PostFactory()
    addresses = ("/questions/", f"/posts/{post.pk}/")
    for number in (1, 11):
        for _ in range(number):
            asked(ask=Ask(department=department))
            made = asked(post, ask=Ask(addressee=UserFactory()))
            answer = CommentFactory(reply_to=made.comment)
            questions.accept(question=made, comment=answer, by=made.asker)
            asked(post, ask=Ask(department=department))
        found = []
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            found.append(len(queries))
        counts.append(found)
    assert counts[0] == counts[1]
    assert counts[0][0] <= 10
