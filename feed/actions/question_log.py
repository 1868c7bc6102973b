"""The log of a question: one row per change, from which state, times and answer are recomputed by one function.

Lock order: post, comment, question (feed.actions.counting).
"""

from django.db.models import Q
from django.utils import timezone

from feed.actions import counting
from feed.models import Comment, Post, Question, QuestionEvent, QuestionInterest
from people.models import User

Verb, State = QuestionEvent.Verb, Question.State
SETTLING = (Verb.ACCEPTED, Verb.OFFICIAL)


def lock(*, question: Question, post: Post | None = None) -> Question:
    """The question as it is now, locked after its post."""
    post = post or counting.lock_post(pk=question.post_id)
    locked = Question.objects.select_for_update(no_key=True, of=("self",)).get(pk=question.pk)
    locked.post = post
    return locked


def write(*, question: Question, verb: str, by: User, comment: Comment | None = None, when=None) -> None:
    """One row of the log, then the state that all of them say."""
    QuestionEvent.objects.create(
        question=question, verb=verb, actor=by, comment=comment, created_at=when or timezone.now()
    )
    recompute(question=question)


def recompute(*, question: Question) -> None:
    """State, times and answer of a locked question from its log: the only place that writes them."""
    question.state, question.settled_at, question.answer, question.is_official = State.OPEN, None, None, False
    for event in question.events.select_related("comment").order_by("created_at", "pk"):
        if event.verb == Verb.ASKED:
            question.opened_at = event.created_at
        elif event.verb in SETTLING and event.comment is not None:
            if question.state != State.ANSWERED:
                question.settled_at = event.created_at
            question.state, question.answer = State.ANSWERED, event.comment
            question.is_official = event.verb == Verb.OFFICIAL
        elif event.verb == Verb.WITHDRAWN:
            question.state, question.settled_at, question.answer = State.WITHDRAWN, event.created_at, None
            question.is_official = False
        elif event.verb == Verb.REOPENED:
            question.state, question.settled_at, question.answer = State.OPEN, None, None
            question.is_official = False
    question.save(update_fields=["state", "opened_at", "settled_at", "answer", "is_official"])


def count_interest(*, question: Question) -> None:
    """Set interest_count of a locked question from its rows."""
    question.interest_count = QuestionInterest.objects.filter(question=question).count()
    question.save(update_fields=["interest_count"])


def comment_gone(*, comment: Comment, by: User) -> None:
    """A comment was deleted or hidden, its post and itself locked: what it answered is open again.

    A question that its writer takes back is withdrawn; a hidden one only waits where nobody sees it.
    """
    for question in Question.objects.filter(answer=comment, state=State.ANSWERED).order_by("pk"):
        write(question=lock(question=question, post=comment.post), verb=Verb.REOPENED, by=by, comment=comment)
    asked = Question.objects.filter(comment=comment, state=State.OPEN).first()
    if asked is not None and comment.deleted_at is not None:
        write(question=lock(question=asked, post=comment.post), verb=Verb.WITHDRAWN, by=by)


def comment_back(*, comment: Comment, by: User) -> None:
    """The deletion or hiding was undone: what it answered is answered again, unless something happened since."""
    about = Q(comment=comment) | Q(events__comment=comment)
    for question in Question.objects.filter(about, post=comment.post).distinct().order_by("pk"):
        question = lock(question=question, post=comment.post)
        before, last = (None, *question.events.all())[-2:]
        if last.verb == Verb.REOPENED and last.comment_id == comment.pk and before.verb in SETTLING:
            write(question=question, verb=before.verb, by=before.actor, comment=comment)
        elif last.verb == Verb.WITHDRAWN and question.comment_id == comment.pk and last.actor_id == by.pk:
            write(question=question, verb=Verb.REOPENED, by=by)
