"""Language versions of articles, as lists and conversations know them: Page → PostPage → Post."""

from django.conf import settings
from django.db import models

from feed.models.post import Post


class PostPageQuerySet(models.QuerySet):
    """Language versions of articles."""

    def live(self):
        """Versions whose page is published."""
        return self.filter(is_live=True)

    def visible_to(self, user):
        """Versions of posts that `user` may read; starts from the one rule."""
        return self.filter(post__in=Post.objects.visible_to(user))


class PostPage(models.Model):
    """One language version of an article: Page → PostPage → Post. Written only by blog.actions at publishing.

    Holds copies of what lists show, so that a list never hydrates a page.
    """

    page = models.OneToOneField("wagtailcore.Page", models.CASCADE, related_name="post_page")
    post = models.ForeignKey(Post, models.PROTECT, related_name="pages")
    blog_page = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="+")
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)
    title = models.CharField(max_length=255)
    summary = models.TextField(blank=True)
    text = models.TextField(blank=True)
    url = models.CharField(max_length=1000)
    blog_title = models.CharField(max_length=255)
    blog_url = models.CharField(max_length=1000)
    cover = models.ForeignKey("people.Picture", models.SET_NULL, null=True, blank=True, related_name="+")
    reading_minutes = models.PositiveSmallIntegerField(default=1)
    is_live = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = PostPageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "language"], name="post_page_once_per_language")
        ]
        indexes = [
            # a blog's articles, newest first
            models.Index(fields=["blog_page", "-published_at", "-id"], name="post_page_by_blog"),
        ]

    def __str__(self):
        return self.title
