"""What the company allows people to decide about who sees a field of their profile."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FieldRule(models.Model):
    """The company's word about one field of `people.field_visibility.FIELDS`; no row: the default given there."""

    class Shown(models.TextChoices):
        """Who sees a field of a profile."""

        EVERYONE = "everyone", _("everyone")
        DEPARTMENT = "department", _("my department")
        NOBODY = "nobody", _("nobody")

    field = models.CharField(max_length=40, unique=True, editable=False)
    # choices that a person has; never empty
    allowed = models.JSONField(default=list)
    # what counts until the person chooses; one of `allowed`
    default = models.CharField(max_length=10, choices=Shown.choices, default=Shown.EVERYONE)

    class Meta:
        verbose_name = _("rule for a profile field")
        verbose_name_plural = _("rules for profile fields")

    def __str__(self):
        return self.field
