"""What a conversation shows of its questions: at each comment, and in the ledger. Facts about loaded rows."""

from dataclasses import dataclass, field

from django.urls import reverse

from feed.models import Question
from feed.streams import questions

SHOWN_ANSWERED = 3


@dataclass
class Ledger:
    """The questions of a conversation: all open ones and the first answered, the other answered ones folded."""

    questions: list[Question] = field(default_factory=list)

    @property
    def open(self) -> list[Question]:
        """Waiting for an answer, longest first."""
        return [one for one in self.questions if one.is_open]

    @property
    def answered(self) -> list[Question]:
        """Answered, in the order in which they were asked."""
        return [one for one in self.questions if one.is_answered]

    @property
    def total(self) -> int:
        """Withdrawn ones are no longer questions."""
        return len(self.open) + len(self.answered)

    @property
    def shown(self) -> list[Question]:
        """What stands there at once."""
        return [*self.open, *self.answered[:SHOWN_ANSWERED]]

    @property
    def folded(self) -> list[Question]:
        """What one opens."""
        return self.answered[SHOWN_ANSWERED:]


def complete(comments, post, user, found=None) -> Ledger:
    """Give each comment `asked` (the question it asks), `answers_to` (which it answers), `may_answer` (the address
    and words of the button that makes it an answer), `may_ask`. Returns the ledger. One or two queries.

    `found`: the questions of the conversation when they are loaded already.
    """
    found = questions.of_conversation(post, user) if found is None else found
    asked = {one.comment_id: one for one in found if one.comment_id and one.state != Question.State.WITHDRAWN}
    answers = {one.answer_id: one for one in found if one.is_answered}
    waiting = [one for one in found if one.is_open and one.may_settle]
    ever = {one.comment_id for one in found}
    post.asked = next((one for one in found if one.comment_id is None), None)
    for comment in comments:
        gone = comment.is_gone or comment.held_at is not None
        comment.asked = None if gone else asked.get(comment.pk)
        comment.answers_to = None if gone else answers.get(comment.pk)
        comment.may_answer = None if gone or comment.answers_to else _button(comment, waiting)
        mine = comment.author_id == user.pk and comment.pk not in ever
        comment.may_ask = mine and not gone and post.comments_open
    return Ledger(found)


def _button(comment, waiting) -> dict | None:
    """Which waiting question the reader would settle with this comment: the nearest above it, else the post's own."""
    question = _nearest(comment, [one for one in waiting if one.comment_id != comment.pk])
    if question is None:
        return None
    url = reverse("feed:question_answer", args=[question.pk, comment.pk])
    return {"url": url, "official": question.may_mark, "question": question}


def _nearest(comment, waiting):
    tests = (
        lambda one: one.comment_id == comment.reply_to_id,
        lambda one: one.comment_id == comment.root_id,
        lambda one: comment.root_id and one.comment_id and one.comment.root_id == comment.root_id,
    )
    for fits in tests:
        found = next((one for one in waiting if one.comment_id and fits(one)), None)
        if found is not None:
            return found
    return next((one for one in waiting if one.comment_id is None), None)
