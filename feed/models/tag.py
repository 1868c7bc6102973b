"""Tags, shared by articles and posts."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase


class Tag(TagBase):
    """A hashtag: shown as typed first, compared by NFKC and case folding (A17)."""

    free_tagging = True

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]


class TaggedPost(ItemBase):
    """A tag on a post; for articles the union over its published language versions."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="tagged_posts")
    content_object = models.ForeignKey("feed.Post", models.CASCADE, related_name="tagged_posts")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="tagged_post_once")]
