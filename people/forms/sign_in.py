"""Forms of signing in that differ from allauth's: asking for a new password, adding a passkey."""

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from people.actions import passwords
from people.addresses import check_address
from people.text import clean_line


class ResetForm(forms.Form):
    """Takes an address and never says whether it belongs to somebody (A14)."""

    email = forms.CharField(label=_("E-mail address"), max_length=254)

    def clean_email(self):
        """Plain spelling."""
        return check_address(self.cleaned_data["email"])

    def save(self, request, **kwargs):
        """allauth's view calls this and shows the same page afterwards."""
        passwords.ask_for_link(address=self.cleaned_data["email"])
        return self.cleaned_data["email"]


class PasskeyForm(AddWebAuthnForm):
    """Every key that is added here may sign in by itself."""

    name = forms.CharField(label=_("Name of this device"), required=False, max_length=100)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True
        self.fields["name"].widget.attrs |= {"class": "input", "autocomplete": "off"}

    def clean_name(self):
        """Short and plain."""
        return clean_line(super().clean_name(), max_chars=100)
