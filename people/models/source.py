"""Where people come from: directories that create, change and end accounts, and what they disagreed about."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DirectorySource(models.Model):
    """A directory that provisions people. `issuer` keys its rows in Identity (A11).

    `fields`: the columns of User that it owns; nobody edits them here. Where two sources own one field, the lower
    `rank` wins and the other's differing value becomes a FieldConflict.
    """

    class Kind(models.TextChoices):
        """By which road it comes."""

        SCIM = "scim", _("SCIM")
        LDAP = "ldap", _("LDAP or Active Directory")
        FILE = "file", _("file")

    name = models.CharField(_("name"), max_length=100, unique=True)
    kind = models.CharField(_("kind"), max_length=4, choices=Kind.choices)
    issuer = models.CharField(_("issuer"), max_length=255, unique=True)
    fields = models.JSONField(_("fields it owns"), default=list, blank=True)
    rank = models.PositiveSmallIntegerField(_("rank"), default=10, help_text=_("The lower number wins."))
    contact = models.CharField(
        _("whom to ask"), max_length=200, blank=True, help_text=_("Shown beside fields that the source owns.")
    )
    column_map = models.JSONField(_("column map"), default=dict, blank=True)
    # Where and what to search, how often, how it links to sign-in: people/source_options.py
    options = models.JSONField(default=dict, blank=True, editable=False)
    stop_above_percent = models.PositiveSmallIntegerField(
        _("stop when more than this share would leave"), default=10, help_text=_("Percent.")
    )
    is_active = models.BooleanField(_("switched on"), default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("directory source")
        verbose_name_plural = _("directory sources")
        ordering = ["rank", "name"]

    def __str__(self):
        return self.name


class SyncRun(models.Model):
    """One run of a source, or its dry run: what it counted and, line by line, what it would change or refused."""

    class State(models.TextChoices):
        """How it ended. `waiting`: an uploaded file whose columns are being looked at, or a place in the queue."""

        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        STOPPED = "stopped", _("stopped")
        FAILED = "failed", _("failed")

    source = models.ForeignKey(DirectorySource, models.CASCADE, related_name="runs")
    state = models.CharField(max_length=8, choices=State.choices, default=State.RUNNING)
    is_dry = models.BooleanField(default=False)
    counts = models.JSONField(default=dict)
    changes = models.JSONField(default=list)
    reason = models.CharField(max_length=500, blank=True)
    # An uploaded file; deleted when it was imported, a day later otherwise.
    file = models.FileField(upload_to="imports", max_length=200, blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    # {"adopt": true, "many_may_leave": true}: what whoever started it allowed
    options = models.JSONField(default=dict)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-started_at", "-pk"]

    def __str__(self):
        return f"{self.source_id} {self.started_at:%Y-%m-%d %H:%M}"


class FieldConflict(models.Model):
    """Two sources own one field of a person and disagree; the value of the lower rank stands."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="field_conflicts")
    source = models.ForeignKey(DirectorySource, models.CASCADE, related_name="conflicts")
    field = models.CharField(max_length=40)
    value = models.CharField(max_length=255, blank=True)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "source", "field"], name="field_conflict_once")
        ]

    def __str__(self):
        return f"{self.field} of user {self.user_id}"


class DirectoryGroup(models.Model):
    """A group of a source (LDAP, SCIM) and the audience whose named members it decides."""

    source = models.ForeignKey(DirectorySource, models.CASCADE, related_name="groups")
    external_id = models.CharField(max_length=255)
    name = models.CharField(max_length=255)
    audience = models.OneToOneField(
        "people.Audience", models.CASCADE, related_name="directory_group", null=True, blank=True
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "external_id"], name="directory_group_once")]

    def __str__(self):
        return self.name


class ScimToken(models.Model):
    """A bearer token of a SCIM client; only its SHA-256 is kept. Belongs to one source."""

    source = models.ForeignKey(DirectorySource, models.CASCADE, related_name="tokens")
    label = models.CharField(_("label"), max_length=100)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("valid until"))
    last_used_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("SCIM token")
        verbose_name_plural = _("SCIM tokens")

    def __str__(self):
        return self.label
