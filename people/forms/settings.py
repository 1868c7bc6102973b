"""The form of the settings page."""

from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import User


def _zones():
    """Time zones that people live in, by name; no aliases such as "EST"."""
    regions = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
    return sorted(name for name in available_timezones() if name.startswith(regions))


class SettingsForm(forms.ModelForm):
    """How pages look to somebody. What colleagues see of them is the profile's (people.forms.profile)."""

    locale = forms.ChoiceField(
        label=_("Language of buttons and menus"), choices=[("de", "Deutsch"), ("en", "English")]
    )
    theme = forms.ChoiceField(label=_("Appearance"), choices=User.Theme.choices, widget=forms.RadioSelect)
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False)

    class Meta:
        model = User
        fields = ["locale", "time_zone", "theme"]

    def __init__(self, *args, default_zone="", **kwargs):
        super().__init__(*args, **kwargs)
        auto = _("like my location (%(zone)s)") % {"zone": default_zone}
        self.fields["time_zone"].choices = [
            ("", auto),
            *((zone, zone.replace("_", " ")) for zone in _zones()),
        ]
        for name in ("locale", "time_zone"):
            self.fields[name].widget.attrs["class"] = "input"
