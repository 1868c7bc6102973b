"""What people may decide about each field of their profile: one row of boxes and a default for each."""

from django import forms
from django.utils.translation import gettext as _

from people.field_visibility import CHOICES, FIELDS, Rule
from people.models import FieldRule


class FieldRulesForm(forms.Form):
    """Two fields for each name in people.field_visibility.FIELDS. `wanted` gives the rules, once valid."""

    def __init__(self, *args, rules, **kwargs):
        super().__init__(*args, **kwargs)
        for name, label in FIELDS.items():
            self.fields[f"allowed_{name}"] = forms.MultipleChoiceField(
                label=_("%(field)s: may be shown to") % {"field": label}, choices=FieldRule.Shown.choices,
                widget=forms.CheckboxSelectMultiple, initial=rules[name].allowed,
            )  # fmt: skip
            self.fields[f"default_{name}"] = forms.ChoiceField(
                label=_("%(field)s: until somebody chooses") % {"field": label}, choices=FieldRule.Shown.choices,
                initial=rules[name].default, widget=forms.Select(attrs={"class": "input"}),
            )  # fmt: skip

    @property
    def rows(self):
        """(label, boxes, default) of each field."""
        return [(label, self[f"allowed_{name}"], self[f"default_{name}"]) for name, label in FIELDS.items()]

    def clean(self):
        """The default must be among what is allowed."""
        for name in FIELDS:
            allowed, default = (self.cleaned_data.get(f"{part}_{name}") for part in ("allowed", "default"))
            if allowed and default and default not in allowed:
                self.add_error(f"default_{name}", _("Choose one of those that you allow."))
        return self.cleaned_data

    @property
    def wanted(self):
        """Rules by field."""
        found = {}
        for name in FIELDS:
            allowed = self.cleaned_data[f"allowed_{name}"]
            found[name] = Rule(
                tuple(one for one in CHOICES if one in allowed), self.cleaned_data[f"default_{name}"]
            )
        return found
