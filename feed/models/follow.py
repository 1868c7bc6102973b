"""What people want to hear of: follows and watches."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from feed.models.community import Community
from feed.models.post import Post
from feed.models.tag import Tag


def exactly_one(*names: str) -> Q:
    """The condition that one of these nullable columns is filled and the others are not."""
    found = Q()
    for name in names:
        found |= Q(**{f"{other}__isnull": other != name for other in names})
    return found


TARGETS = ("user", "tag", "page", "community")


class Follow(models.Model):
    """Somebody follows (or, with `muted`, does not want) exactly one of: a person, a tag, a blog, a community.

    `page` is the blog's page in the original language; executive blogs are followed by everybody without a row.
    """

    follower = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="followers"
    )
    tag = models.ForeignKey(Tag, models.CASCADE, null=True, blank=True, related_name="followers")
    page = models.ForeignKey(
        "wagtailcore.Page", models.CASCADE, null=True, blank=True, related_name="followers"
    )
    community = models.ForeignKey(Community, models.CASCADE, null=True, blank=True, related_name="followers")
    muted = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["follower", "user"], condition=Q(user__isnull=False), name="follow_user_once"
            ),
            models.UniqueConstraint(
                fields=["follower", "tag"], condition=Q(tag__isnull=False), name="follow_tag_once"
            ),
            models.UniqueConstraint(
                fields=["follower", "page"], condition=Q(page__isnull=False), name="follow_page_once"
            ),
            models.UniqueConstraint(
                fields=["follower", "community"],
                condition=Q(community__isnull=False),
                name="follow_community_once",
            ),
            models.CheckConstraint(name="follow_exactly_one", condition=exactly_one(*TARGETS)),
            models.CheckConstraint(name="follow_not_oneself", condition=~Q(follower=models.F("user"))),
        ]

    def __str__(self):
        return f"{self.follower_id} follows"


class Watch(models.Model):
    """Somebody wants to hear of a conversation, or (level `muted`) no longer."""

    class Level(models.TextChoices):
        """How much."""

        WATCHING = "watching"
        MUTED = "muted"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="watches")
    post = models.ForeignKey(Post, models.CASCADE, related_name="watches")
    level = models.CharField(max_length=10, choices=Level.choices, default=Level.WATCHING)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "post"], name="watch_once")]

    def __str__(self):
        return f"{self.user_id} watches {self.post_id}"
