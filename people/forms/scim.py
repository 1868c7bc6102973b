"""Forms of the SCIM screen: another directory, another token."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.models import DirectorySource

DAYS = [(30, _("30 days")), (90, _("90 days")), (180, _("180 days")), (365, _("a year"))]


class SourceForm(forms.ModelForm):
    """A directory that will send people by SCIM."""

    class Meta:
        model = DirectorySource
        fields = ["name", "issuer", "contact"]
        labels = {"issuer": _("Issuer")}
        help_texts = {
            "issuer": _(
                "The address by which the directory names itself. Where people sign in through the same directory, "
                "write its OpenID Connect or SAML issuer, so that both mean the same person."
            )
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="source_%s", **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"

    def clean_issuer(self):
        """An address or a name without spaces, so that it can be compared."""
        issuer = self.cleaned_data["issuer"].strip()
        if not issuer.isascii() or any(sign.isspace() for sign in issuer):
            raise forms.ValidationError(_("Enter an address without spaces, as the directory writes it."))
        return issuer


class TokenForm(forms.Form):
    """A token for one of the directories."""

    source = forms.ModelChoiceField(
        label=_("Directory"),
        queryset=DirectorySource.objects.filter(kind="scim", is_active=True),
        empty_label=None,
    )
    label = forms.CharField(label=_("What it is for"), max_length=100)
    days = forms.TypedChoiceField(label=_("Valid for"), choices=DAYS, coerce=int, initial=180)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="token_%s", **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"

    @property
    def expires_at(self):
        """When the token ends."""
        return timezone.now() + timedelta(days=self.cleaned_data["days"])
