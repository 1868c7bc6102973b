"""Questions: who asks whom, who may say that they are answered, who hears of it, and what happens at once."""

import itertools
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from feed.actions import comment_editing, communities, moderating, posting, questions
from feed.actions.questions import Ask
from feed.actions.refusals import Refused
from feed.models import Comment, Notification, Post, Question, QuestionEvent
from people.actions import privacy
from tests.factories import (
    AudienceFactory,
    CommentFactory,
    CommunityFactory,
    DepartmentFactory,
    PostFactory,
    UserFactory,
)
from tests.feed.test_concurrency import at_once

pytestmark = pytest.mark.django_db


def asked(post=None, ask=None, **comment):
    """A question that a comment asks."""
    made = CommentFactory(post=post or PostFactory(), **comment)
    return questions.open_for(post=made.post, comment=made, asker=made.author, ask=ask)


def verbs(question):
    return list(question.events.values_list("verb", flat=True))


def causes(user):
    return list(Notification.objects.filter(user=user).values_list("cause", flat=True))


def test_asker_accepts_an_answer_and_opens_the_question_again():
    question = asked()
    answer = CommentFactory(reply_to=question.comment)
    question = questions.accept(question=question, comment=answer, by=question.asker)
    assert (question.state, question.answer, question.is_official) == ("answered", answer, False)
    assert question.answered_after is not None
    question = questions.reopen(question=question, by=question.asker)
    assert (question.state, question.answer, question.settled_at) == ("open", None, None)
    assert verbs(question) == ["asked", "accepted", "reopened"]


def test_only_those_entitled_say_what_answers(company):
    lead, member, boss_of_all = UserFactory(), UserFactory(), company.executive
    department = DepartmentFactory(lead=lead)
    member.department = DepartmentFactory(parent=department)
    member.save()
    question = asked(company.post, Ask(department=department), author=company.employee)
    answer = CommentFactory(reply_to=question.comment)
    for stranger in (company.outsider, company.moderator, company.administrator, answer.author):
        for settle in (questions.accept, questions.mark_official):
            with pytest.raises(Refused):
                settle(question=question, comment=answer, by=stranger)
    for entitled in (lead, member, boss_of_all):
        marked = questions.mark_official(question=question, comment=answer, by=entitled)
        assert marked.is_official
        questions.reopen(question=question, by=entitled)
    with pytest.raises(Refused):
        questions.mark_official(question=question, comment=answer, by=question.asker)
    with pytest.raises(Refused):
        questions.accept(question=question, comment=CommentFactory(), by=question.asker)


def test_author_of_a_short_post_does_not_settle_what_others_asked_below_it():
    question = asked()
    with pytest.raises(Refused):
        questions.mark_official(
            question=question, comment=CommentFactory(reply_to=question.comment), by=question.post.author
        )


def test_official_answer_goes_before_an_accepted_one_and_not_the_other_way():
    person = UserFactory()
    question = asked(ask=Ask(addressee=person))
    first, second = CommentFactory(reply_to=question.comment), CommentFactory(reply_to=question.comment)
    before = questions.accept(question=question, comment=first, by=question.asker)
    after = questions.mark_official(question=question, comment=second, by=person)
    assert (after.answer, after.is_official) == (second, True)
    assert after.settled_at == before.settled_at
    with pytest.raises(Refused, match="answer already"):
        questions.accept(question=question, comment=first, by=question.asker)


def test_asker_withdraws_and_may_ask_again_but_nobody_else_withdraws():
    question = asked()
    with pytest.raises(Refused):
        questions.withdraw(question=question, by=question.post.author)
    assert questions.withdraw(question=question, by=question.asker).state == "withdrawn"
    with pytest.raises(Refused, match="withdrawn"):
        questions.accept(
            question=question, comment=CommentFactory(reply_to=question.comment), by=question.asker
        )
    assert questions.reopen(question=question, by=question.asker).state == "open"


def test_nobody_is_asked_what_they_may_not_read():
    inside, outside = UserFactory(), UserFactory(first_name="Olga", last_name="Outside")
    post = PostFactory(audience=AudienceFactory(members=[inside]), author=inside)
    empty = DepartmentFactory(name="Sales")
    for ask, reason in (
        (Ask(addressee=outside), "Olga Outside cannot"),
        (Ask(department=empty), "Nobody in Sales"),
    ):
        with pytest.raises(Refused, match=reason):
            asked(post, ask, author=inside)
    assert not Question.objects.exists()
    assert asked(post, Ask(addressee=inside), author=inside).addressee == inside


def test_person_and_lead_of_a_department_hear_of_a_question_and_of_it_passed_on():
    person, lead = UserFactory(), UserFactory()
    department = DepartmentFactory(lead=lead)
    question = asked(ask=Ask(addressee=person))
    assert causes(person) == ["question"]
    with pytest.raises(Refused):
        questions.pass_on(question=question, by=lead, ask=Ask(department=department))
    question = questions.pass_on(question=question, by=person, ask=Ask(department=department))
    assert (question.addressee, question.department) == (None, department)
    assert causes(lead) == ["question"]
    assert verbs(question) == ["asked", "readdressed"]


def test_asker_and_the_interested_hear_of_the_answer_once_and_only_if_they_may_read():
    curious, gone, person = UserFactory(), UserFactory(), UserFactory()
    question = asked(ask=Ask(addressee=person))
    for user in (curious, gone, question.asker):
        questions.set_interest(question=question, user=user, on=True)
    question = questions.set_interest(question=question, user=curious, on=True)
    assert question.interest_count == 2
    gone.is_active = False
    gone.save()
    answer = CommentFactory(reply_to=question.comment, author=person)
    questions.mark_official(question=question, comment=answer, by=person)
    questions.mark_official(question=question, comment=answer, by=person)
    assert causes(curious) == causes(question.asker) == ["answer"]
    assert causes(gone) == []
    assert "answer" not in causes(person)


def test_deleted_or_hidden_answer_opens_the_question_again_until_that_is_undone(company):
    question = asked()
    answer = CommentFactory(reply_to=question.comment)
    questions.accept(question=question, comment=answer, by=question.asker)
    comment_editing.delete(comment=answer, by=answer.author)
    question.refresh_from_db()
    assert question.state == "open"
    comment_editing.undelete(comment=answer, by=answer.author)
    question.refresh_from_db()
    assert (question.state, question.answer) == ("answered", answer)
    moderating.hide(comment=answer, by=company.moderator, reason="Rule 3")
    question.refresh_from_db()
    assert question.state == "open"
    assert verbs(question) == ["asked", "accepted", "reopened", "accepted", "reopened"]


def test_deleting_what_asks_withdraws_the_question_and_undoing_it_asks_again():
    question = asked()
    comment_editing.delete(comment=question.comment, by=question.asker)
    question.refresh_from_db()
    assert question.state == "withdrawn"
    comment_editing.undelete(comment=question.comment, by=question.asker)
    question.refresh_from_db()
    assert question.state == "open"


def test_state_and_times_are_what_the_log_says():
    start = timezone.now() - timedelta(days=3)
    comment = CommentFactory()
    question = questions.open_for(post=comment.post, comment=comment, asker=comment.author, created_at=start)
    answer = CommentFactory(reply_to=comment)
    question = questions.accept(
        question=question, comment=answer, by=comment.author, created_at=start + timedelta(hours=5)
    )
    assert question.answered_after == timedelta(hours=5)
    assert QuestionEvent.objects.count() == 2
    assert not Notification.objects.exists()


def test_post_that_appears_later_waits_from_then_on_and_tells_once():
    person = UserFactory()
    post = PostFactory(kind="question", state="scheduled", published_at=None, last_activity_at=None)
    question = questions.open_for(post=post, asker=post.author, ask=Ask(addressee=person))
    assert causes(person) == []
    post.state, post.published_at = "published", timezone.now() + timedelta(hours=1)
    post.save()
    questions.published(post=post)
    questions.published(post=post)
    question.refresh_from_db()
    assert question.opened_at == post.published_at
    assert causes(person) == ["question"]


def test_comment_is_asked_with_the_tick_and_stays_typed_when_nobody_is_called_so(client_for):
    post, user = PostFactory(), UserFactory()
    client, url = client_for(user), reverse("feed:comments", args=[post.pk])
    refused = client.post(
        url, {"body": "When does the lift run?", "ask": "on", "to": "Nobody Atall", "key": "a"}
    )
    assert refused.status_code == 422
    assert "When does the lift run?" in refused.content.decode()
    assert not Comment.objects.exists()
    person = UserFactory(first_name="Lars", last_name="Lift")
    client.post(url, {"body": "When does the lift run?", "ask": "on", "to": "lars lift", "key": "a"})
    question = Question.objects.get()
    assert (question.addressee, question.asker) == (person, user)
    page = client.get(f"/posts/{post.pk}/").content.decode()
    assert "waits for <bdi>Lars Lift</bdi>" in page
    assert "1 question in this conversation" in page


def test_writer_asks_a_comment_later_and_strangers_get_404(client_for):
    comment = CommentFactory(body="What now?")
    url = reverse("feed:comment_ask", args=[comment.pk])
    assert client_for(UserFactory()).post(url).status_code == 404
    client = client_for(comment.author)
    assert client.get(url).status_code == 200
    assert client.post(url, {"to": ""}).status_code == 303
    assert Question.objects.get().comment == comment
    assert client.post(url, {"to": ""}).status_code == 422


def test_answer_is_marked_without_javascript_after_a_confirming_page(company, client_for):
    question = asked(company.post, author=company.employee, body="Who pays?")
    answer = CommentFactory(reply_to=question.comment, author=company.executive, body="We do.")
    client, url = (
        client_for(company.executive),
        reverse("feed:question_answer", args=[question.pk, answer.pk]),
    )
    assert "Mark as official answer?" in client.get(url).content.decode()
    assert client.post(url).status_code == 303
    page = client.get(company.article.url_path).content.decode()
    assert "Official answer" in page
    assert 'class="comment answer"' in page
    for other in (company.outsider, company.moderator):
        assert client_for(other).post(url).status_code == 404


def test_marking_with_htmx_swaps_comment_state_and_ledger_and_offers_undo(company, client_for):
    question = asked(company.post, author=company.employee, body="Who pays?")
    answer = CommentFactory(reply_to=question.comment, author=company.executive)
    client = client_for(company.employee, **{"HX-Request": "true"})
    done = client.post(reverse("feed:question_answer", args=[question.pk, answer.pk]))
    body = done.content.decode()
    assert done.status_code == 200
    assert f'id="question-{question.pk}" data-hx-swap-oob="true"' in body
    assert 'id="ledger" data-hx-swap-oob="true"' in body
    assert "Accepted answer" in body
    assert reverse("feed:question_reopen", args=[question.pk]) in done["HX-Trigger"]
    client.post(reverse("feed:question_reopen", args=[question.pk]))
    question.refresh_from_db()
    assert question.state == "open"
    inside = {
        "X-Inside": "stream"
    }  # a conversation in a card has no ledger and no head that could be renewed
    talk = client.get(reverse("feed:talk", args=[company.post.pk])).content.decode()
    assert """data-hx-headers='{"X-Inside": "stream"}'""" in talk
    body = client.post(reverse("feed:question_answer", args=[question.pk, answer.pk]), headers=inside).content
    assert b"Accepted answer" in body and b'id="ledger"' not in body
    typed = {"body": "And when?", "ask": "on"}
    body = client.post(reverse("feed:comments", args=[company.post.pk]), typed, headers=inside).content
    assert b"And when?" in body and b'id="ledger"' not in body and b"conversation-title" not in body


def test_marking_with_htmx_also_renews_the_head_of_a_post_that_asks(client_for):
    post = PostFactory(kind=Post.Kind.QUESTION)
    question = questions.open_for(post=post, asker=post.author, ask=None)
    answer = CommentFactory(post=post)
    client = client_for(post.author, **{"HX-Request": "true"})
    body = client.post(reverse("feed:question_answer", args=[question.pk, answer.pk])).content.decode()
    assert f'id="ask-{question.pk}" data-hx-swap-oob="true"' in body
    assert "Question, answered" in body


def test_wanting_to_know_is_counted_once_and_taken_back(client_for):
    question = asked()
    url, client = reverse("feed:question_interest", args=[question.pk]), client_for(UserFactory())
    for _ in range(2):
        client.post(url, {"on": "yes"})
    question.refresh_from_db()
    assert question.interest_count == 1
    client.post(url, {"on": "no"})
    question.refresh_from_db()
    assert question.interest_count == 0


@pytest.mark.django_db(transaction=True)
def test_two_who_settle_at_once_make_one_state_and_a_log_that_says_it():
    person = UserFactory()
    question = asked(ask=Ask(addressee=person))
    answers = [CommentFactory(reply_to=question.comment) for _ in range(4)]
    jobs = [(questions.accept, question.asker, answer) for answer in answers]
    jobs += [(questions.mark_official, person, answer) for answer in answers]
    jobs += [(questions.reopen, question.asker, None)] * 2

    def settle(job):
        act, by, answer = job
        try:
            act(question=question, by=by, **({"comment": answer} if answer else {}))
        except Refused:
            return False
        return True

    at_once(settle, jobs, 10)
    question.refresh_from_db()
    last = list(question.events.all())[-1]
    if question.state == "answered":
        assert (question.answer_id, last.verb) == (
            last.comment_id,
            "official" if question.is_official else "accepted",
        )
    else:
        assert (question.state, last.verb, question.answer) == ("open", "reopened", None)
    settled = [event for event in question.events.all() if event.verb in ("accepted", "official")]
    for before, after in itertools.pairwise(settled):
        reopened = question.events.filter(verb="reopened", pk__gt=before.pk, pk__lt=after.pk).exists()
        assert reopened or (before.verb, after.verb) == ("accepted", "official")


@pytest.mark.django_db(transaction=True)
def test_many_who_want_to_know_at_once_are_counted_once_each():
    question, people = asked(), UserFactory.create_batch(6)
    jobs = [(user, n % 3 != 1) for n in range(5) for user in people]
    at_once(lambda job: questions.set_interest(question=question, user=job[0], on=job[1]), jobs, 10)
    question.refresh_from_db()
    assert question.interest_count == question.interests.count() <= len(people)


def test_erased_person_no_longer_waits_answers_or_wants_to_know():
    leaver = UserFactory()
    to_leaver, answered, wanted = asked(ask=Ask(addressee=leaver)), asked(), asked()
    mine = asked(author=leaver)
    answer = CommentFactory(reply_to=answered.comment, author=leaver)
    questions.accept(question=answered, comment=answer, by=answered.asker)
    questions.set_interest(question=wanted, user=leaver, on=True)
    privacy.erase(user=leaver, keep_content=False)
    found = Question.objects.in_bulk()
    assert found[to_leaver.pk].addressee is None
    assert found[answered.pk].state == "open"
    assert found[wanted.pk].interest_count == 0
    assert found[mine.pk].state == "withdrawn"


# Fewer readers


def test_question_to_somebody_who_can_no_longer_read_it_is_for_all_readers_and_its_asker_hears(
    company, client_for
):
    post = posting.add(
        author=company.employee, body="Who pays?", kind="question", ask=Ask(addressee=company.outsider)
    )
    browser = client_for(company.employee)
    narrow = {"audience": f"audience:{company.foundry.pk}"}
    page = browser.post(reverse("feed:audience", args=[post.pk]), narrow, follow=True)
    assert f"{company.outsider.name} cannot read it any more" in page.content.decode()
    question = Question.objects.get(post=post)
    assert question.addressee is None and question.is_open
    assert [event.verb for event in question.events.all()] == ["asked", "readdressed"]
    assert not Notification.objects.visible_to(company.outsider).exists()


def test_closing_a_community_rechecks_whom_its_questions_ask(company, client_for):
    place = CommunityFactory(owner=company.executive, members=[company.employee, company.moderator])
    post = PostFactory(community=place, author=company.executive)
    kept, lost = (
        asked(post, Ask(addressee=to), author=company.employee)
        for to in (company.moderator, company.outsider)
    )
    communities.change(community=place, by=company.executive, kind="closed")
    for question, addressee in ((kept, company.moderator), (lost, None)):
        question.refresh_from_db()
        assert question.addressee == addressee
    assert Notification.objects.get(user=company.employee, cause="question").comment == lost.comment
    page = client_for(company.employee).get("/notifications/").content.decode()
    assert f"<bdi>{company.outsider.name}</bdi> cannot read" in page
