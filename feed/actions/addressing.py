"""Whether those whom questions are addressed to may still read them, after the readers became fewer (A4)."""

from django.db.models import Q

from feed.actions import announcing, notifying, question_log, question_notes
from feed.actions.refusals import Refused
from feed.models import Notification, Question, QuestionEvent
from people.models import User


def recheck(*, posts, by: User) -> int:
    """Open questions in these posts to somebody who cannot read them now are for everybody who can.

    One row of the log each, and who asked is told. Call it in the transaction that changed the readers; returns how
    many questions. A query for all, and a few for each question that has an address.
    """
    asked = Question.objects.open().filter(Q(addressee__isnull=False) | Q(department__isnull=False))
    found = (
        asked.filter(post__in=posts).select_related("post", "addressee", "department").order_by("post", "pk")
    )
    return sum(_recheck(question, by) for question in found)


def _recheck(question, by) -> bool:
    addressee, department = question.addressee, question.department
    try:
        question_notes.refuse_if_unread(post=question.post, addressee=addressee, department=department)
    except Refused:
        locked = question_log.lock(question=question)
        locked.addressee = locked.department = None
        locked.save(update_fields=["addressee", "department"])
        question_log.write(question=locked, verb=QuestionEvent.Verb.READDRESSED, by=by)
        text = f"unread|{(addressee or department).name}"
        notifying.tell(
            users=[locked.asker_id], cause=Notification.Cause.QUESTION, post=locked.post, comment=locked.comment,
            actor=by, text=text,
        )  # fmt: skip
        announcing.counts_changed(post=locked.post)
        return True
    return False
