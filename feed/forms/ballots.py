"""Voting, and what came of it. Errors never repeat what was chosen."""

from django import forms
from django.utils.translation import gettext_lazy as _


class BallotForm(forms.Form):
    """The answers of one poll. A secret vote asks for a second yes (`final`), because nothing takes it back."""

    final = forms.BooleanField(required=False)
    key = forms.CharField(required=False, max_length=64)

    def __init__(self, data, *, is_secret: bool):
        """`data` is the request's; the ids of the answers come repeated."""
        super().__init__(data)
        self.is_secret = is_secret

    def clean(self):
        """Read the ids; what is no number is no answer."""
        data = super().clean()
        sent = self.data.getlist("option")[:20]
        data["options"] = [int(one) for one in sent if one.isascii() and one.isdigit() and len(one) < 19]
        if len(data["options"]) != len(sent):
            raise forms.ValidationError(_("This answer does not exist."))
        if self.is_secret and not data.get("final"):
            raise forms.ValidationError(_("A secret vote is final. Say that you know, then send it."))
        return data


class OutcomeForm(forms.Form):
    """What came of a binding poll."""

    text = forms.CharField(
        label=_("What came of it"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
