"""The form of the people list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import Department


class DirectoryFilter(forms.Form):
    """Name and department of the people list; what cannot be understood filters nothing."""

    q = forms.CharField(label=_("Name or role"), required=False, max_length=100)
    department = forms.ModelChoiceField(
        label=_("Department"),
        required=False,
        queryset=Department.objects.all(),
        empty_label=_("All departments"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.input_type = "search"
        self.fields["department"].widget.attrs["class"] = self.fields["q"].widget.attrs["class"] = "input"
