"""What leavers leave open in the conversation: questions to them, and communities that nobody owns any more."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feed.actions import announcing, counting, memberships, notifying, question_log, question_notes
from feed.actions.refusals import Refused
from feed.models import (
    Attachment,
    Comment,
    Community,
    Draft,
    Membership,
    Notification,
    Poll,
    Post,
    Question,
    QuestionEvent,
)
from people import handovers, registries
from people.models import User


def open_questions(*, viewer) -> list[handovers.Orphan]:
    """Open questions to people who left, as far as the viewer may read them."""
    rows = Question.objects.visible_to(viewer).open().listed().filter(addressee__is_active=False)
    return [
        handovers.Orphan(
            row.pk,
            " ".join((row.comment or row.post).body.split())[:120] or _("Question"),
            reverse("feed:post", args=[row.post_id]),
            row.addressee,
            row.opened_at.date(),
        )
        for row in rows.select_related("addressee", "post", "comment").order_by("opened_at", "pk")
    ]


@transaction.atomic
def readdress(*, pk: int, heir: User, by: User) -> None:
    """The question goes to `heir`, who is told. Raises LookupError when it waits for no leaver that `by` may see,
    ValidationError when `heir` cannot read it."""
    if pk not in {one.pk for one in open_questions(viewer=by) if handovers.responsible(by, one.person)}:
        raise LookupError
    question = question_log.lock(question=Question.objects.get(pk=pk))
    try:
        question_notes.refuse_if_unread(post=question.post, addressee=heir, department=None)
    except Refused as refused:
        raise ValidationError(str(refused)) from refused
    question.addressee, question.department = heir, None
    question.save(update_fields=["addressee", "department"])
    question_log.write(question=question, verb=QuestionEvent.Verb.READDRESSED, by=by)
    question_notes.tell_addressee(question=question, by=by, again=True)
    announcing.counts_changed(post=question.post)


def ownerless(*, viewer) -> list[handovers.Orphan]:
    """Communities without an owner, as far as the viewer may see them; the one who made it left."""
    owned = Membership.objects.filter(role=Membership.Role.OWNER, user__is_active=True).values("community")
    rows = Community.objects.visible_to(viewer).active().exclude(pk__in=owned)
    return [
        handovers.Orphan(
            row.pk,
            row.name,
            reverse("feed:community", args=[row.slug]),
            row.created_by,
            row.created_by.left_on,
        )
        for row in rows.select_related("created_by")
    ]


@transaction.atomic
def appoint(*, pk: int, heir: User, by: User) -> None:
    """`heir` owns the community from now on and is told. Raises LookupError unless it has no owner and `by` sees it.

    Raises ValidationError for a closed one when `heir` is not inside: an owner is not let in from outside (A5).
    """
    if pk not in {one.pk for one in ownerless(viewer=by) if handovers.responsible(by, one.person)}:
        raise LookupError
    community = counting.lock_community(pk=pk)
    if community.kind == Community.Kind.CLOSED and not community.has_member(heir):
        raise ValidationError(_("Choose somebody who is in the community."))
    memberships.admit(community=community, user=heir, role=Membership.Role.OWNER)
    Membership.objects.filter(community=community, user=heir).update(role=Membership.Role.OWNER)
    url = reverse("feed:community", args=[community.slug])
    cause = Notification.Cause.COMMUNITY
    notifying.tell(users=[heir.pk], cause=cause, community=community, actor=by, text="owner", url=url)


def owned(*, user: User) -> dict[str, int]:
    """How much of the conversation is theirs, for whoever decides about leaving or erasure."""
    posts = Post.objects.filter(author=user, kind__in=Post.SHORT).exclude(state=Post.State.DELETED)
    communities = Membership.objects.filter(user=user, role=Membership.Role.OWNER)
    return {
        _("posts"): posts.count(),
        _("comments"): Comment.objects.filter(author=user, deleted_at=None).count(),
        _("polls"): Poll.objects.filter(post__author=user).count(),
        _("pictures and files in posts"): Attachment.objects.filter(owner=user).count(),
        _("drafts"): Draft.objects.filter(user=user).count(),
        _("scheduled posts"): posts.filter(state=Post.State.SCHEDULED).count(),
        _("communities that they own"): communities.filter(community__archived_at=None).count(),
        _("open questions to them"): Question.objects.open().filter(addressee=user).count(),
    }


def register() -> None:
    """Called when the app is ready."""
    questions = gettext_lazy("Open questions")
    handovers.register(handovers.Kind("question", questions, open_questions, readdress))
    handovers.register(handovers.Kind("community", gettext_lazy("Communities"), ownerless, appoint))
    registries.owned.register("feed", owned)
