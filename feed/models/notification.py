"""What the bell lists."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feed.models.comment import Comment
from feed.models.community import Community
from feed.models.post import Post


class NotificationQuerySet(models.QuerySet):
    """A notification shows only while its reader may read what it is about (A4)."""

    def visible_to(self, user):
        """Those of `user` whose post (and comment) they may still read; notes without a post always."""
        readable = Q(post__isnull=True) | Q(post__in=Post.objects.visible_to(user))
        place = Q(community__isnull=True) | Q(community__in=Community.objects.known_to(user))
        said = Q(comment__isnull=True) | Q(comment__in=Comment.objects.visible_to(user))
        return self.filter(readable, place, said, user=user)

    def unread(self):
        """Not yet read."""
        return self.filter(read_at__isnull=True)


class Notification(models.Model):
    """Something that concerns one person. One open row per (user, post), counting."""

    class Cause(models.TextChoices):
        """Why it was written."""

        REPLY = "reply", _("reply to me")
        COMMENT = "comment", _("new comment in what I watch")
        MODERATION = "moderation", _("moderation of mine")
        REVIEW = "review", _("review waiting")
        BLOG = "blog", _("my blog")
        MENTION = "mention", _("I am mentioned")
        QUESTION = "question", _("a question to me")
        ANSWER = "answer", _("an answer to a question")
        KUDOS = "kudos", _("thanks to me")
        SHARE = "share", _("something of mine was shared")
        POLL = "poll", _("result of a poll")
        COMMUNITY = "community", _("my communities")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    cause = models.CharField(max_length=12, choices=Cause.choices)
    post = models.ForeignKey(
        Post, models.CASCADE, null=True, blank=True, related_name="notifications", db_index=False
    )
    community = models.ForeignKey(
        Community, models.CASCADE, null=True, blank=True, related_name="+", db_index=False
    )
    comment = models.ForeignKey(
        Comment, models.CASCADE, null=True, blank=True, related_name="+", db_index=False
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+"
    )
    count = models.PositiveIntegerField(default=1)
    text = models.CharField(max_length=500, blank=True)
    url = models.CharField(max_length=1000, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "post", "cause"],
                condition=Q(read_at__isnull=True, post__isnull=False, cause__in=("comment", "reply")),
                name="notification_open_once",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-updated_at", "-id"], name="notification_list"),
            models.Index(fields=["user"], name="notification_unread", condition=Q(read_at__isnull=True)),
            models.Index(fields=["post"], name="notification_post", condition=Q(post__isnull=False)),
            models.Index(fields=["comment"], name="notification_comment", condition=Q(comment__isnull=False)),
            models.Index(
                fields=["community"], name="notification_community", condition=Q(community__isnull=False)
            ),
        ]

    def __str__(self):
        return f"{self.cause} for {self.user_id}"
