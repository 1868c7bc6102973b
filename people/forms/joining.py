"""The form behind an invitation's link, and the first page."""

from allauth.mfa.webauthn.forms import SignupWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.utils.translation import gettext_lazy as _


class JoinForm(forms.Form):
    """A first password."""

    password1 = forms.CharField(label=_("Password"), max_length=128, strip=False)
    password2 = forms.CharField(label=_("Password, once more"), max_length=128, strip=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["password1"].help_text = password_validators_help_text_html()

    def clean_password1(self):
        """By the company's rules."""
        validate_password(self.cleaned_data["password1"], self.user)
        return self.cleaned_data["password1"]

    def clean(self):
        """Both alike."""
        data = super().clean()
        if data.get("password1") and data.get("password2") and data["password1"] != data["password2"]:
            self.add_error("password2", forms.ValidationError(_("The two passwords differ.")))
        return data


class JoinByPasskey(SignupWebAuthnForm):
    """A passkey instead."""
