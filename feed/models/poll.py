"""Polls. No row, time, order or transaction id joins a voter and a secret choice (A10)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feed.models.post import Post

MIN_OPTIONS, MAX_OPTIONS, OPTION_CHARS = 2, 10, 120
SHOWN_FROM = 5  # no result of a secret poll with fewer voters (A10)


class Poll(models.Model):
    """What is asked is the post's body. Options cannot change after the first vote."""

    post = models.OneToOneField(Post, models.CASCADE, related_name="poll")
    is_multiple = models.BooleanField(_("several answers"), default=False)
    is_secret = models.BooleanField(_("secret"), default=False)
    hides_results = models.BooleanField(_("results after closing only"), default=False)
    may_change = models.BooleanField(_("votes may be changed"), default=True)
    pledge = models.CharField(_("what it binds us to"), max_length=300, blank=True)
    outcome = models.CharField(_("what came of it"), max_length=500, blank=True)
    outcome_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(_("ends at"))
    closed_at = models.DateTimeField(null=True, blank=True)
    voter_count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("poll")
        verbose_name_plural = _("polls")
        constraints = [
            models.CheckConstraint(
                name="poll_secret_is_final",
                condition=Q(is_secret=False) | Q(may_change=False, hides_results=True),
            )
        ]
        indexes = [
            # what the clock closes
            models.Index(fields=["ends_at"], name="poll_to_close", condition=Q(closed_at__isnull=True))
        ]

    def __str__(self):
        return f"poll {self.pk}"

    @property
    def is_open(self):
        """Whether a vote counts now; the end is exact, whenever the clock's run closes it."""
        return self.closed_at is None and self.ends_at > timezone.now()

    @property
    def shows_results(self):
        """Whether anybody may see numbers: never below five votes of a secret poll, never early when hidden."""
        if self.is_secret and self.voter_count < SHOWN_FROM:
            return False
        return not (self.is_open and (self.hides_results or self.is_secret))


class Option(models.Model):
    """A choice. `count`: of a secret poll raised under the lock, for all options in one statement, so that no
    transaction id tells which one was meant; of a named poll recomputed from the votes."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="options")
    text = models.CharField(max_length=OPTION_CHARS)
    position = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["poll", "position"], name="option_once")]

    def __str__(self):
        return self.text


class Vote(models.Model):
    """Named: who chose what. Secret: that somebody voted (option NULL), never what and never when."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="votes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="votes")
    option = models.ForeignKey(Option, models.CASCADE, null=True, blank=True, related_name="votes")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "user", "option"], condition=Q(option__isnull=False), name="vote_named_once"
            ),
            models.UniqueConstraint(
                fields=["poll", "user"], condition=Q(option__isnull=True), name="vote_secret_once"
            ),
        ]

    def __str__(self):
        return f"vote in {self.poll_id}"
