"""Reports and the reasons of moderators."""

from django import forms
from django.utils.translation import gettext_lazy as _

from feed.forms.fields import TypedText
from feed.models import Report
from people.text import clean_line

REASON_CHARS, REPORT_CHARS = 500, 1000


class ReportForm(forms.Form):
    """Which house rule is meant, and what else the moderators should know."""

    rule = forms.ChoiceField(
        choices=Report.Rule.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong.")},
    )
    text = TypedText(most=REPORT_CHARS, required=False)


class ReasonForm(forms.Form):
    """Why a moderator does something."""

    reason = forms.CharField(
        max_length=4 * REASON_CHARS, error_messages={"required": _("Say why. The reason is shown.")}
    )

    def clean_reason(self):
        """One line of at most 500 characters."""
        return clean_line(self.cleaned_data["reason"], max_chars=REASON_CHARS)
