"""The search index: one row for each text that can be found, with its words as search compares them (feed.words).

The row holds words, never a right: who may find it is read from the living post, comment and version when somebody
asks (A4). Written by feed.actions.indexing only.

PostgreSQL computes the columns `de`, `en` and `plain` (tsvector, one GIN index over the three) from the text columns;
SQLite's triggers keep the FTS5 table `feed_search_fts`. Both stand in migration 0007. Changing this table on SQLite
makes it anew and loses the triggers: call `feed.models.search_match.install` in such a migration.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from feed.models.comment import Comment
from feed.models.post import Post
from feed.models.post_page import PostPage
from feed.models.search_match import Matches


class SearchEntryQuerySet(models.QuerySet):
    """Every search starts at `visible_to`."""

    def visible_to(self, user):
        """Texts of listed posts that `user` may read, of shown comments below them and of live versions.

        Holds as well while a row is older than what it is about: a comment or version that went to another post is
        found again when the row follows.
        """
        shown = Q(
            comment__post=F("post"), comment__hidden_at__isnull=True, comment__held_at__isnull=True,
            comment__deleted_at__isnull=True,
        )  # fmt: skip
        live = Q(version__post=F("post"), version__is_live=True)
        return self.filter(
            Q(comment__isnull=True) | shown,
            Q(version__isnull=True) | live,
            post__in=Post.objects.visible_to(user).listed(),
        )

    def matching(self, terms):
        """Those with the words, phrases and without what `terms` (feed.words.Terms) says; all for none."""
        return self.filter(Matches("id", terms)) if terms or terms.without else self


class SearchEntry(models.Model):
    """A short post (neither comment nor version), a comment, or one language version of an article."""

    class Kind(models.TextChoices):
        """What it is."""

        ARTICLE = "article"
        POST = "post"
        COMMENT = "comment"

    post = models.ForeignKey(Post, models.CASCADE, related_name="search_entries")
    comment = models.OneToOneField(
        Comment, models.CASCADE, null=True, blank=True, related_name="search_entry"
    )
    version = models.OneToOneField(
        PostPage, models.CASCADE, null=True, blank=True, related_name="search_entry"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    language = models.CharField(max_length=5, blank=True)
    published_at = models.DateTimeField()
    fingerprint = models.BigIntegerField()
    title = models.TextField(blank=True)
    body = models.TextField(blank=True)
    title_de = models.TextField(null=True)
    body_de = models.TextField(null=True)
    title_en = models.TextField(null=True)
    body_en = models.TextField(null=True)

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post"],
                condition=Q(comment__isnull=True, version__isnull=True),
                name="search_entry_once_per_post",
            )
        ]
        indexes = [
            # words that are everywhere: the newest ones are read until there are enough
            models.Index(fields=["-published_at", "-id"], name="search_entry_newest"),
            models.Index(fields=["author", "-published_at", "-id"], name="search_entry_by_author"),
        ]

    def __str__(self):
        return f"{self.kind} {self.version_id or self.comment_id or self.post_id}"
