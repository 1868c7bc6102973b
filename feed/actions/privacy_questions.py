"""What questions hold of a person: their export, and erasure (A34)."""

from django.db import transaction
from django.db.models import Q

from feed.actions import counting, question_log
from feed.models import Comment, Question, QuestionEvent, QuestionInterest
from people import registries

COVERS = {
    "feed.Question.asker",
    "feed.Question.addressee",
    "feed.QuestionEvent.actor",
    "feed.QuestionInterest.user",
}


def asked(*, user):
    """Questions the person asked, those addressed to them, their steps in others, and what they want to know."""
    mine, to_me = Question.objects.filter(asker=user), Question.objects.filter(addressee=user)
    steps, interests = QuestionEvent.objects.filter(actor=user), QuestionInterest.objects.filter(user=user)
    times = ("pk", "post_id", "comment_id", "state", "opened_at", "settled_at")
    return {
        "asked": list(mine.values(*times, "addressee__handle", "department__name")),
        "addressed_to_me": list(to_me.values(*times)),
        "steps": list(steps.values("question_id", "verb", "created_at")),
        "want_to_know": list(interests.values("question_id", "created_at")),
    }


@transaction.atomic
def erase(*, user, keep_content):
    """Interest goes and counts follow; nobody waits for them any more. The log stays under the anonymous row.

    When their words were taken away: what these answered is open again, what these asked is withdrawn.
    """
    wanted = Question.objects.filter(interests__user=user).order_by("post_id", "pk")
    Question.objects.filter(addressee=user).update(addressee=None)
    for question in list(wanted):
        locked = question_log.lock(question=question)
        QuestionInterest.objects.filter(question=locked, user=user).delete()
        question_log.count_interest(question=locked)
    if keep_content:
        return
    said = Q(pk__in=Question.objects.exclude(comment=None).values("comment"))
    said |= Q(pk__in=Question.objects.exclude(answer=None).values("answer"))
    concerned = Comment.objects.filter(said, author=user, deleted_at__isnull=False)
    for comment in concerned.order_by("post_id", "pk"):
        comment.post = counting.lock_post(pk=comment.post_id)
        question_log.comment_gone(comment=comment, by=user)


def register():
    """Called when the app is ready, after what people wrote (feed.actions.privacy)."""
    registries.export.register("questions", asked, COVERS)
    registries.erasure.register("questions", erase, COVERS)
