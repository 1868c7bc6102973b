"""The form of the settings page."""

from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import User
from people.text import clean_line, clean_text


def _zones():
    """Time zones that people live in, by name; no aliases such as "EST"."""
    regions = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
    return sorted(name for name in available_timezones() if name.startswith(regions))


class SettingsForm(forms.ModelForm):
    """What people say about themselves, and how pages look to them. The rest comes from the directory."""

    locale = forms.ChoiceField(
        label=_("Language of buttons and menus"), choices=[("de", "Deutsch"), ("en", "English")]
    )
    theme = forms.ChoiceField(label=_("Appearance"), choices=User.Theme.choices, widget=forms.RadioSelect)
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False)

    class Meta:
        model = User
        fields = ["pronouns", "about", "phone", "room", "locale", "time_zone", "theme"]

    def __init__(self, *args, default_zone="", **kwargs):
        super().__init__(*args, **kwargs)
        auto = _("like my location (%(zone)s)") % {"zone": default_zone}
        self.fields["time_zone"].choices = [
            ("", auto),
            *((zone, zone.replace("_", " ")) for zone in _zones()),
        ]
        for name in ("pronouns", "about", "phone", "room", "locale", "time_zone"):
            self.fields[name].widget.attrs["class"] = "input"
        self.fields["phone"].widget.input_type = "tel"
        self.fields["about"].widget.attrs["rows"] = 4

    def clean_about(self):
        return clean_text(self.cleaned_data["about"], max_chars=1000)

    def clean_pronouns(self):
        return clean_line(self.cleaned_data["pronouns"], max_chars=40)

    def clean_phone(self):
        return clean_line(self.cleaned_data["phone"], max_chars=60)

    def clean_room(self):
        return clean_line(self.cleaned_data["room"], max_chars=60)
