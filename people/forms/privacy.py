"""Forms about personal data: asking for erasure, deciding it, handing over, searching the audit log."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people import audit
from people.forms.person_field import PersonField
from people.text import clean_line

KEEP = [
    ("keep", _("What I wrote stays, under “Former colleague”")),
    ("remove", _("What I wrote goes as well")),
]
KEEP_OTHER = [
    ("keep", _("What they wrote stays, under “Former colleague”")),
    ("remove", _("What they wrote goes as well")),
]


class ErasureForm(forms.Form):
    """The choice about content, why, and that it is understood."""

    content = forms.ChoiceField(
        label=_("Posts, comments and articles"), choices=KEEP, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Why (for whoever decides)"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"class": "input", "rows": 3}),
    )
    understood = forms.BooleanField(label=_("I know that this cannot be undone."))

    def __init__(self, *args, own, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["content"].choices = KEEP if own else KEEP_OTHER

    def clean_reason(self):
        """One line."""
        return clean_line(self.cleaned_data["reason"].replace("\n", " "), max_chars=500)


class RefusalForm(forms.Form):
    """Why not."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("The person reads it."),
        widget=forms.TextInput(attrs={"class": "input"}),
    )

    def clean_reason(self):
        """One line."""
        return clean_line(self.cleaned_data["reason"], max_chars=500)


class HeirForm(forms.Form):
    """To whom something goes."""

    heir = PersonField(label=_("New owner"))


class AuditFilter(forms.Form):
    """Who, what, when, to whom; what cannot be understood filters nothing."""

    q = forms.CharField(label=_("To whom or what"), required=False, max_length=100)
    who = forms.CharField(label=_("By whom"), required=False, max_length=100)
    what = forms.ChoiceField(label=_("What"), required=False)
    since = forms.DateField(
        label=_("First day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = [("", _("Everything")), *audit.groups()]
        self.fields["q"].widget.input_type = self.fields["who"].widget.input_type = "search"
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"
