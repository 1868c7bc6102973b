"""The company's name and colour."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

DEFAULT_NAME = "Flurfunk"
DEFAULT_COLOUR = "#0b6b55"


@register_setting(icon="cog")
class Brand(BaseGenericSetting):
    """What this installation is called. The colour is clamped in tokens.css, so contrast holds for any hue."""

    site_name = models.CharField(_("name of the intranet"), max_length=60, default=DEFAULT_NAME)
    company = models.CharField(_("company"), max_length=120, blank=True)
    colour = models.CharField(
        _("brand colour"),
        max_length=7,
        default=DEFAULT_COLOUR,
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Enter a colour such as #0b6b55."))],
    )

    class Meta:
        verbose_name = _("brand")

    def __str__(self):
        return self.site_name
