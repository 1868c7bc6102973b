"""Where people work: departments as a tree, and locations."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Department(models.Model):
    """An organisational unit. `path` holds the ids from the top, "/3/17/", so that "and below" is one prefix query."""

    name = models.CharField(_("name"), max_length=120)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    lead = models.ForeignKey(
        "people.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("lead")
    )
    path = models.CharField(max_length=255, blank=True, editable=False, db_index=True)

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], name="department_name_once_per_parent"),
            # SQLite and PostgreSQL hold NULLs for distinct: the top needs its own
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(parent__isnull=True), name="department_name_once_at_top"
            ),
        ]

    def __str__(self):
        return self.name


class Location(models.Model):
    """A site of the company with its own time zone."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    country = models.CharField(
        _("country"), max_length=2, blank=True, help_text=_("Two letters, ISO 3166-1.")
    )
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/Berlin")

    class Meta:
        verbose_name = _("location")
        verbose_name_plural = _("locations")
        ordering = ["name"]

    def __str__(self):
        return self.name
