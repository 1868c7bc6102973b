"""Tags, shared by articles and posts."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from people.handles import tag_slug


class Tag(TagBase):
    """A hashtag: shown as typed first, compared by its slug (`people.handles.tag_slug`, A17)."""

    description = models.CharField(_("description"), max_length=300, blank=True)
    free_tagging = True

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]

    def slugify(self, tag, i=None):
        """What taggit asks for where it makes a tag itself."""
        return tag_slug(tag) if i is None else f"{tag_slug(tag, max_chars=94)}-{i}"


class TaggedPost(ItemBase):
    """A tag on a post; for articles the union over its published language versions."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="tagged_posts")
    content_object = models.ForeignKey("feed.Post", models.CASCADE, related_name="tagged_posts")

    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="tagged_post_once")]
        indexes = [
            # a tag's stream and the week's topics; `published_at` is the post's
            models.Index(fields=["tag", "-published_at", "-content_object"], name="tagged_post_stream"),
            models.Index(fields=["published_at"], name="tagged_post_week"),
        ]


class TagAlias(models.Model):
    """An earlier slug of a tag that was merged or renamed; its address leads on."""

    slug = models.SlugField(max_length=100, unique=True, allow_unicode=True)
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="aliases")

    def __str__(self):
        return self.slug
