"""What people send from a stream: whom they mute, and until when a post stands on the home page."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

KINDS = ("user", "tag", "community")


class MuteForm(forms.Form):
    """Exactly one of a person, a tag, a community."""

    user = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    tag = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1)
    community = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    mute = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])

    def clean(self):
        """One target, no more."""
        data = super().clean()
        given = [name for name in KINDS if data.get(name)]
        if len(given) != 1:
            raise ValidationError(_("Say what you do not want to see."))
        data["kind"], data["pk"] = given[0], data[given[0]]
        return data


class UntilForm(forms.Form):
    """Until when, in the reader's time zone."""

    until = forms.DateTimeField(
        label=gettext_lazy("Until"),
        widget=forms.DateTimeInput(
            attrs={"class": "input", "type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
        ),
    )

    def __init__(self, *args, **kwargs):
        """Name the zone, so that nobody has to guess."""
        super().__init__(*args, **kwargs)
        zone = timezone.get_current_timezone_name()
        self.fields["until"].help_text = _("Within the next 90 days. Time zone: %(zone)s") % {"zone": zone}
