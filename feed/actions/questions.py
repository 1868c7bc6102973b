"""Questions: asked, answered, opened again, withdrawn, passed on. Each change is one QuestionEvent row, append-only.

State, times and answer are recomputed from those rows (feed.actions.question_log); locked: post, comment, question.
Raises Refused and changes nothing then.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from feed.actions import announcing, counting, question_log, question_notes
from feed.actions.refusals import Refused
from feed.models import Comment, Post, Question, QuestionEvent, QuestionInterest
from people.models import Department, User

Verb, State = QuestionEvent.Verb, Question.State


@dataclass(frozen=True)
class Ask:
    """To whom a question goes: a person, a department, or (neither) everybody who reads it."""

    addressee: User | None = None
    department: Department | None = None


@transaction.atomic
def open_for(*, post: Post, asker: User, ask: Ask | None = None, comment: Comment | None = None,
             created_at=None) -> Question:  # fmt: skip
    """Open a question: the post's own, or one of its comments. The one addressed is told once it can be read.

    `created_at`: of an old one that is brought here; nobody is told. Raises Refused when the one addressed may not
    read it, or for a comment that asks already.
    """
    ask, when = ask or Ask(), created_at or timezone.now()
    if created_at is None:
        _refuse_if_unread(post, ask)
    if comment is not None and Question.objects.filter(comment=comment).exists():
        raise Refused(_("This is asked as a question already."))
    question = Question.objects.create(
        post=post, comment=comment, asker=asker, addressee=ask.addressee, department=ask.department, opened_at=when
    )  # fmt: skip
    question_log.write(question=question, verb=Verb.ASKED, by=asker, when=when)
    if created_at is None:
        question_notes.tell_addressee(question=question, by=asker)
    return question


@transaction.atomic
def ask_comment(*, comment: Comment, by: User, ask: Ask | None = None) -> Question:
    """Its writer says later that their comment is a question."""
    post = counting.lock_post(pk=comment.post_id)
    locked = counting.lock_comment(pk=comment.pk)
    locked.post = post
    if locked.author_id != by.pk or locked.is_gone or not post.comments_open or not post.visible_to(by):
        raise Refused(_("This comment cannot be asked as a question."))
    question = open_for(post=post, asker=by, ask=ask, comment=locked)
    announcing.counts_changed(post=post)
    return question


@transaction.atomic
def published(*, post: Post) -> None:
    """The post appeared : its question waits from now on, and the one addressed is told once."""
    question = Question.objects.filter(post=post, comment=None).first()
    if question is None:
        return
    question = question_log.lock(question=question)
    asked = question.events.filter(verb=Verb.ASKED)
    if post.published_at and not question.events.exclude(verb=Verb.ASKED).exists():
        asked.update(created_at=post.published_at)
        question_log.recompute(question=question)
    question_notes.tell_addressee(question=question, by=question.asker)


@transaction.atomic
def accept(*, question: Question, comment: Comment, by: User, created_at=None) -> Question:
    """The asker says that `comment` answers it. An official answer stays; another accepted one asks to reopen first."""
    return _settle(question, comment, by, Verb.ACCEPTED, created_at)


@transaction.atomic
def mark_official(*, question: Question, comment: Comment, by: User, created_at=None) -> Question:
    """The one addressed, or the article's author, says that `comment` is the answer; goes before an accepted one."""
    return _settle(question, comment, by, Verb.OFFICIAL, created_at)


@transaction.atomic
def reopen(*, question: Question, by: User) -> Question:
    """It was not answered after all: by the asker, or by who may mark answers."""
    question = question_log.lock(question=question)
    if not _may(question, by, question.acceptable_by(by) or question.markable_by(by)):
        raise Refused(_("Only who asked or who was asked can open this question again."))
    if not question.is_open:
        answer = question.answer if question.is_answered else None
        question_log.write(question=question, verb=Verb.REOPENED, by=by, comment=answer)
        announcing.counts_changed(post=question.post)
        if answer is None:
            question_notes.tell_addressee(question=question, by=by)
    return question


@transaction.atomic
def withdraw(*, question: Question, by: User) -> Question:
    """The asker no longer needs an answer."""
    question = question_log.lock(question=question)
    if not _may(question, by, question.acceptable_by(by)):
        raise Refused(_("Only who asked can withdraw a question."))
    if question.is_answered:
        raise Refused(_("This question is answered already."))
    if question.is_open:
        question_log.write(question=question, verb=Verb.WITHDRAWN, by=by)
        announcing.counts_changed(post=question.post)
    return question


@transaction.atomic
def pass_on(*, question: Question, by: User, ask: Ask) -> Question:
    """The one addressed (or the asker) names somebody who knows better; they are told."""
    question = question_log.lock(question=question)
    if not _may(question, by, question.markable_by(by) or question.acceptable_by(by)) or not question.is_open:
        raise Refused(_("Only who was asked can pass this question on, and only while it is open."))
    if ask == Ask():
        raise Refused(_("Say who knows the answer."))
    _refuse_if_unread(question.post, ask)
    if (ask.addressee, ask.department) != (question.addressee, question.department):
        question.addressee, question.department = ask.addressee, ask.department
        question.save(update_fields=["addressee", "department"])
        question_log.write(question=question, verb=Verb.READDRESSED, by=by)
        question_notes.tell_addressee(question=question, by=by, again=True)
        announcing.counts_changed(post=question.post)
    return question


@transaction.atomic
def set_interest(*, question: Question, user: User, on: bool) -> Question:
    """“I want to know too”, or no longer; the count is right when it returns."""
    question = question_log.lock(question=question)
    if question.is_hidden or not question.post.visible_to(user):
        raise Refused(_("This is no longer there."))
    if on and question.asker_id != user.pk:
        QuestionInterest.objects.get_or_create(question=question, user=user)
    elif not on:
        QuestionInterest.objects.filter(question=question, user=user).delete()
    question_log.count_interest(question=question)
    announcing.counts_changed(post=question.post)
    return question


def _settle(question, comment, by, verb, created_at):
    post = counting.lock_post(pk=question.post_id)
    answer = counting.lock_comment(pk=comment.pk)
    if answer.post_id != post.pk:
        raise Refused(_("This comment is no longer there."))
    answer.post = post
    question = question_log.lock(question=question, post=post)
    if created_at is None:
        _refuse_unless_answer(question, answer, by, verb)
    official = verb == Verb.OFFICIAL
    if question.is_answered and (question.answer_id, question.is_official) == (answer.pk, official):
        return question
    if created_at is None and question.is_answered and (question.is_official or not official):
        raise Refused(_("This question has an answer already. Open it again first."))
    question_log.write(question=question, verb=verb, by=by, comment=answer, when=created_at)
    if created_at is None:
        question_notes.tell_answer(question=question, answer=answer, by=by)
        announcing.counts_changed(post=post)
    return question


def _refuse_unless_answer(question, answer, by, verb):
    allowed = question.markable_by(by) if verb == Verb.OFFICIAL else question.acceptable_by(by)
    if not _may(question, by, allowed):
        raise Refused(_("Only who asked or who was asked can say what answers this question."))
    if question.state == State.WITHDRAWN:
        raise Refused(_("This question was withdrawn."))
    if answer.pk == question.comment_id or answer.is_gone or answer.held_at is not None:
        raise Refused(_("This comment is no longer there."))


def _may(question, by, allowed) -> bool:
    """Rights count only where the reader may read the question now (A6)."""
    return allowed and not question.is_hidden and question.post.visible_to(by)


def _refuse_if_unread(post, ask):
    question_notes.refuse_if_unread(post=post, addressee=ask.addressee, department=ask.department)
