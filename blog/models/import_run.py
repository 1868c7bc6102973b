"""Moving in: what was asked for, how far it got, and which foreign thing became which of ours."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.blogs import Blog

STALE = timedelta(seconds=60)  # a running import says every few seconds that it lives


class ImportRunQuerySet(models.QuerySet):
    """Reports quote articles, so they are read only by those who may read the blog."""

    def visible_to(self, user):
        """Imports into blogs that `user` may read, ones that have no blog yet, and one's own."""
        readable = models.Q(blog_page__blog__in=Blog.objects.visible_to(user)) | models.Q(blog_page=None)
        return self.filter(readable | models.Q(started_by=user))


class ImportRun(models.Model):
    """One import of one file, from the first reading to the report. Resumable: `position` items are written."""

    class State(models.TextChoices):
        """Where it stands. `checked`: read to the end and waiting for the word to go."""

        CHECKING = "checking", _("being read")
        REFUSED = "refused", _("refused")
        CHECKED = "checked", _("ready to import")
        QUEUED = "queued", _("waiting for its turn")
        RUNNING = "running", _("importing")
        STOPPED = "stopped", _("stopped")
        DONE = "done", _("done")

    file = models.FileField(_("WordPress export"), upload_to="imports", max_length=200, blank=True)
    path = models.CharField(max_length=1000, blank=True)
    file_name = models.CharField(max_length=255)
    digest = models.CharField(max_length=64, blank=True)
    site = models.CharField(max_length=500, blank=True)
    site_url = models.CharField(max_length=500, blank=True)
    site_title = models.CharField(max_length=255, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, blank=True)
    blog_slug = models.SlugField(_("blog"), max_length=255, blank=True)
    blog_page = models.ForeignKey("blog.BlogPage", models.SET_NULL, null=True, blank=True, related_name="+")
    media = models.CharField(_("media folder on the server"), max_length=1000, blank=True)
    hosts = models.JSONField(_("hosts to fetch pictures from"), default=list, blank=True)
    schedule_future = models.BooleanField(_("schedule posts dated in the future"), default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CHECKING)
    position = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    table = models.JSONField(default=list, blank=True)
    notes = models.JSONField(default=list, blank=True)
    error_line = models.PositiveIntegerField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    active_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return f"{self.file_name} ({self.get_state_display()})"

    def open(self):
        """The file to read, uploaded or lying on the server."""
        return Path(self.path).open("rb") if self.path else self.file.open("rb")

    @property
    def is_stale(self):
        """Whether nobody seems to work on it any more."""
        return (self.active_at or self.created_at) < timezone.now() - STALE

    @property
    def is_resumable(self):
        """Whether somebody may go on with it."""
        begun = (self.State.CHECKING, self.State.QUEUED, self.State.RUNNING)
        return self.state == self.State.STOPPED or (self.state in begun and self.is_stale)

    @property
    def percent(self):
        """How much of the file is written, 0 to 100."""
        return min(100, self.position * 100 // self.total) if self.total else 0


class ImportedItem(models.Model):
    """A thing of another site and what it became here; unique, so that a second import adds nothing.

    It goes when the thing goes: who deletes an imported article can import it again.
    """

    class Kind(models.TextChoices):
        """What it was over there."""

        ARTICLE = "article", _("article")
        COMMENT = "comment", _("comment")
        PERSON = "person", _("person")
        TAG = "tag", _("tag")
        FILE = "file", _("file")

    run = models.ForeignKey(ImportRun, models.SET_NULL, null=True, related_name="items")
    site = models.CharField(max_length=500)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    key = models.CharField(max_length=500)
    created = models.BooleanField(default=True)
    reason = models.CharField(max_length=60, blank=True)
    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, null=True, related_name="+")
    comment = models.ForeignKey("feed.Comment", models.CASCADE, null=True, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    tag = models.ForeignKey("feed.Tag", models.CASCADE, null=True, related_name="+")
    picture = models.ForeignKey("people.Picture", models.CASCADE, null=True, related_name="+")
    document = models.ForeignKey("people.DocumentFile", models.CASCADE, null=True, related_name="+")
    video = models.ForeignKey("people.Video", models.CASCADE, null=True, related_name="+")

    class Meta:
        verbose_name = _("imported item")
        verbose_name_plural = _("imported items")
        constraints = [models.UniqueConstraint(fields=["site", "kind", "key"], name="imported_once")]

    def __str__(self):
        return f"{self.kind} {self.key}"
