"""What the administrator says about communities."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="group")
class CommunityRules(BaseGenericSetting):
    """Who may create communities. One row for the installation."""

    class Creators(models.TextChoices):
        """Everybody, or only groups with the permission "Can create communities"."""

        EVERYONE = "everyone", _("everyone")
        PERMITTED = "permitted", _("groups with the permission for it")

    creators = models.CharField(
        _("who may create communities"),
        max_length=10,
        choices=Creators.choices,
        default=Creators.EVERYONE,
    )

    class Meta:
        verbose_name = _("communities")

    def __str__(self):
        return str(_("communities"))

    def allow(self, user):
        """Whether `user` may create one now."""
        if not (user.is_authenticated and user.is_active):
            return False
        return self.creators == self.Creators.EVERYONE or user.has_perm("feed.create_community")
