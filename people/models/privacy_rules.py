"""The company's rules about personal data: under which name leavers' words stay, and how long what is kept."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


def _days(label, default, *, least=1, most=3650):
    return models.PositiveIntegerField(
        label, default=default, validators=[MinValueValidator(least), MaxValueValidator(most)]
    )


@register_setting(icon="lock")
class PrivacyRules(BaseGenericSetting):
    """Changed by administrators in the settings; people.actions.retention obeys it, /about-my-data/ tells everybody."""

    class LeaverName(models.TextChoices):
        """How the words of somebody who left are signed."""

        NAME = "name", _("their name")
        FORMER = "former", _("“Former colleague”")

    leaver_name = models.CharField(
        _("posts and comments of leavers stay under"),
        max_length=6,
        choices=LeaverName.choices,
        default=LeaverName.NAME,
    )
    audit_days = _days(_("audit log: days"), 730, least=30)
    session_days = _days(_("signed-in devices: days after the last visit"), 30)
    notification_days = _days(_("notifications: days"), 180)
    draft_days = _days(_("drafts that nobody touched: days"), 90)
    sync_days = _days(_("runs of directories: days"), 90)
    message_days = _days(_("list of sent mails: days"), 30)
    export_days = _days(_("copies of personal data: days"), 7, most=7)
    request_days = _days(_("requests about personal data: days after the decision"), 1095, least=30)

    class Meta:
        verbose_name = _("privacy and retention")

    def __str__(self):
        return str(self._meta.verbose_name)
