"""Questions: a post, or a comment asked as one, that stays visibly open until it is answered."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feed.models.comment import Comment
from feed.models.post import Post
from people.models import Department

SHOWN = Q(comment__hidden_at__isnull=True, comment__held_at__isnull=True, comment__deleted_at__isnull=True)


def departments_of(user) -> set[int]:
    """Ids of the departments `user` may answer for: those they lead, their own and those above it.

    One query, once for each request.
    """
    known = user.__dict__.get("_answers_for")
    if known is not None:
        return known
    found = set()
    rows = Department.objects.filter(Q(lead=user.pk) | Q(pk=user.department_id))
    for pk, path in rows.values_list("pk", "path"):
        found.add(pk)
        if pk == user.department_id:
            found.update(int(part) for part in path.split("/") if part)
    user.__dict__["_answers_for"] = found
    return found


class QuestionQuerySet(models.QuerySet):
    """A question is as visible as the post or comment that asks it (A5)."""

    def visible_to(self, user):
        """Questions whose post, and whose comment if one asks it, `user` may read. A withdrawn post has no thread."""
        alone = Q(comment__isnull=True)
        said = ~Q(post__state=Post.State.WITHDRAWN) & SHOWN
        return self.filter(alone | said, post__in=Post.objects.visible_to(user))

    def listed(self):
        """Asked by something that is published and neither hidden, held nor deleted: what lists and sums show."""
        where = Q(post__state=Post.State.PUBLISHED, post__hidden_at__isnull=True)
        return self.filter(where, Q(comment__isnull=True) | SHOWN)

    def for_lists(self):
        """With who asks whom, the words, and whose answer it was; no query per row."""
        people = ("asker", "addressee", "department", "answer__author")
        return self.select_related(*people, "post", "comment")

    def open(self):
        """Waiting for an answer."""
        return self.filter(state=Question.State.OPEN)


class Question(models.Model):
    """Something that waits for an answer. `state` and the times are what QuestionEvent rows say, written by
    feed.actions.questions only; the open ones are listed without reading the log."""

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", _("open")
        ANSWERED = "answered", _("answered")
        WITHDRAWN = "withdrawn", _("withdrawn")

    post = models.ForeignKey(Post, models.CASCADE, related_name="questions")
    comment = models.OneToOneField(Comment, models.CASCADE, null=True, blank=True, related_name="question")
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="questions")
    addressee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="questions_to_answer"
    )
    department = models.ForeignKey(
        "people.Department", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    answer = models.ForeignKey(Comment, models.SET_NULL, null=True, blank=True, related_name="answers")
    is_official = models.BooleanField(default=False)
    interest_count = models.PositiveIntegerField(default=0)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.UniqueConstraint(
                fields=["post"], condition=Q(comment__isnull=True), name="question_once_per_post"
            ),
            models.CheckConstraint(
                name="question_one_addressee",
                condition=Q(addressee__isnull=True) | Q(department__isnull=True),
            ),
        ]
        indexes = [
            # the list of open questions, longest waiting first
            models.Index(fields=["opened_at", "id"], name="question_open", condition=Q(state="open")),
            # the list of all, newest first; the ledger of a conversation uses the foreign key's index
            models.Index(fields=["state", "-opened_at", "-id"], name="question_list"),
            # the median time to answer of a period
            models.Index(fields=["settled_at"], name="question_settled", condition=Q(state="answered")),
        ]

    def __str__(self):
        return f"question {self.pk}"

    def acceptable_by(self, user):
        """Who asked says when they have their answer."""
        return user.pk == self.asker_id

    def markable_by(self, user, departments: set[int] | None = None):
        """The one addressed (of a department: its lead and its people), and the author of an article. Reads `post`.

        `departments`: what `departments_of(user)` said, so that a list asks once.
        """
        article = self.post.kind == Post.Kind.ARTICLE
        if user.pk == self.addressee_id or (
            article and user.pk in (self.post.author_id, self.post.posted_by_id)
        ):
            return True
        if self.department_id is None:
            return False
        return self.department_id in (departments_of(user) if departments is None else departments)

    @property
    def is_open(self):
        """Waiting."""
        return self.state == self.State.OPEN

    @property
    def is_answered(self):
        """An answer was accepted or marked official."""
        return self.state == self.State.ANSWERED

    @property
    def is_hidden(self):
        """Whether what asks it is shown nowhere now. Reads `post` and `comment`."""
        comment = self.comment
        return not self.post.is_live or (
            comment is not None and (comment.is_gone or comment.held_at is not None)
        )

    @property
    def answered_after(self):
        """Time from asking to the answer, or None."""
        answered = self.state == self.State.ANSWERED and self.settled_at
        return self.settled_at - self.opened_at if answered else None


class QuestionEvent(models.Model):
    """One row per change of state, append-only; all times come from here."""

    class Verb(models.TextChoices):
        """What happened."""

        ASKED = "asked", _("asked")
        ACCEPTED = "accepted", _("answer accepted by the asker")
        OFFICIAL = "official", _("answer marked official")
        REOPENED = "reopened", _("opened again")
        WITHDRAWN = "withdrawn", _("withdrawn")
        READDRESSED = "readdressed", _("passed on")

    question = models.ForeignKey(Question, models.CASCADE, related_name="events")
    verb = models.CharField(max_length=12, choices=Verb.choices)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    comment = models.ForeignKey(Comment, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self):
        return f"{self.verb} {self.question_id}"


class QuestionInterest(models.Model):
    """“I want to know too”; who said so hears of the answer."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="interests")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "user"], name="question_interest_once")]

    def __str__(self):
        return f"{self.user_id} wants to know {self.question_id}"
