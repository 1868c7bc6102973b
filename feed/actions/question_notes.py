"""Who may be asked, and who hears of a question and its answer. Only those who may read it (A4)."""

from django.db.models import Q
from django.utils.translation import gettext as _

from feed.actions import notifying
from feed.actions.refusals import Refused
from feed.models import Comment, Notification, Question
from people.models import AudienceMember, Department, User

Cause = Notification.Cause


def refuse_if_unread(*, post, addressee: User | None, department: Department | None) -> None:
    """Nobody can be asked something that they may not read."""
    if addressee is not None and department is not None:
        raise Refused(_("Ask a person or a department, not both."))
    if addressee is not None and not _reading(post, User.objects.filter(pk=addressee.pk)):
        name = addressee.name
        raise Refused(_("%(name)s cannot read this, so the question would not reach them.") % {"name": name})
    if department is not None:
        below = Department.objects.filter(path__startswith=department.path).values("pk")
        people = User.objects.filter(Q(department__in=below) | Q(pk=department.lead_id))
        if not _reading(post, people):
            name = department.name
            raise Refused(_("Nobody in %(name)s can read this.") % {"name": name})


def _reading(post, people) -> bool:
    people = people.present()
    if post.audience_id is not None:
        members = AudienceMember.objects.filter(audience=post.audience_id)
        people = people.filter(pk__in=members.values("user"))
    return people.exists()


def tell_addressee(*, question: Question, by: User, again: bool = False) -> None:
    """The person, or the department's lead; each question once, unless it is passed on or opened again."""
    user_id = question.addressee_id or (question.department and question.department.lead_id)
    if user_id is None or question.is_hidden:
        return
    told = Notification.objects.filter(
        user=user_id, cause=Cause.QUESTION, post=question.post, comment=question.comment
    )
    if again or not told.unread().exists():
        _tell({user_id}, Cause.QUESTION, question.post, question.comment, by)


def tell_answer(*, question: Question, answer: Comment, by: User) -> None:
    """Who asked and who wants to know too hear of the answer; its writer hears that it was taken as one."""
    waiting = set(question.interests.values_list("user_id", flat=True)) | {question.asker_id}
    _tell(waiting, Cause.ANSWER, question.post, answer, by)
    if answer.author_id not in waiting:
        _tell({answer.author_id}, Cause.ANSWER, question.post, answer, by)


def _tell(users, cause, post, comment, by):
    notifying.tell(users=users, cause=cause, post=post, comment=comment, actor=by)


def comment_shown(*, comment: Comment) -> None:
    """A held comment was let through: if it asks somebody, they hear of it now."""
    question = Question.objects.filter(comment=comment).first()
    if question is not None:
        question.comment, question.post = comment, comment.post
        tell_addressee(question=question, by=question.asker)
