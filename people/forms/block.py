"""What the forms of a profile's parts share: who sees a field beside it, what a directory locks, the version (A33)."""

from django import forms
from django.utils.translation import gettext as _

from people.field_visibility import FIELDS, choice_of
from people.models import FieldRule
from people.text import clean_line


class BlockForm(forms.Form):
    """What all parts share. `rules` are the company's, `stored` the values by column, `locked` their directories.

    `values` and `shown_to` give, once valid, what people.actions.profiles.change takes.
    """

    version = forms.CharField(max_length=20, widget=forms.HiddenInput)

    def __init__(self, data=None, *, person, block, stored, locked, rules, version="", **kwargs):
        initial = {**self.initial_from(stored, person), "version": version, **kwargs.pop("initial", {})}
        super().__init__(data, initial=initial, **kwargs)
        self.person, self.block = person, block
        for name, field in self.fields.items():
            if not field.widget.is_hidden:
                field.widget.attrs["class"] = "input"
            source = locked.get(self.column_of(name))
            if source:
                field.disabled = True
                field.help_text = lock_words(source)
        for name in block.restricted:
            self.fields[f"who_{name}"] = self._who(name, rules)
        self._mark_first()

    def _mark_first(self):
        """The field that gets the focus when the form is swapped in (focus.js)."""
        for field in self.fields.values():
            field.widget.attrs.pop("data-focus", None)
        usable = [one for one in self.fields.values() if not one.widget.is_hidden and not one.disabled]
        for field in usable[:1]:
            field.widget.attrs["data-focus"] = ""

    def _who(self, name, rules):
        allowed = rules[name].allowed
        field = forms.ChoiceField(
            label=_("Who sees “%(field)s”") % {"field": FIELDS[name]},
            choices=[(value, label) for value, label in FieldRule.Shown.choices if value in allowed],
            initial=choice_of(self.person, name, rules),
            disabled=len(allowed) == 1,
            help_text=_("Your company decided this.") if len(allowed) == 1 else "",
        )
        field.widget.attrs["class"] = "input"
        return field

    @staticmethod
    def initial_from(stored, person):
        """Initial values of the fields."""
        return stored

    @staticmethod
    def column_of(name):
        """The column whose directory locks the field."""
        return name

    @property
    def values(self):
        """Cleaned values by column."""
        return {name: self.cleaned_data[name] for name in self.block.columns}

    @property
    def shown_to(self):
        """Who sees each field, where there is something to choose."""
        chosen = [name for name in self.block.restricted if not self.fields[f"who_{name}"].disabled]
        return {name: self.cleaned_data[f"who_{name}"] for name in chosen}

    @property
    def stored_words(self):
        """Label and words of what the form starts with, to be read beside what somebody typed."""
        return [(field.label, _words(field)) for field in self.visible_fields()]

    @property
    def rows(self):
        """Bound fields as they stand: (fields, who sees them)."""
        who = {name: self[f"who_{name}"] for name in self.block.restricted}
        plain = [field for field in self.visible_fields() if not field.name.startswith("who_")]
        alone = [([field], who.pop(field.name)) for field in plain if field.name in who]
        together = [field for field in plain if field.name not in {one[0].name for one, _who in alone}]
        return [*alone, (together, next(iter(who.values())))] if who else alone


def _words(field):
    value = field.initial if field.initial is not None else ""
    return dict(getattr(field.field, "choices", ())).get(value, value)


def lock_words(source):
    """Whom to ask about what `source` owns."""
    if source.contact:
        return _("Comes from %(source)s. If something is wrong, ask %(contact)s.") % {
            "source": source.name,
            "contact": source.contact,
        }
    return _("Comes from %(source)s and is changed there.") % {"source": source.name}


class LineField(forms.CharField):
    """One line of text, cleaned (A17)."""

    def __init__(self, *, most, **kwargs):
        self.most = most
        super().__init__(required=False, **kwargs)

    def clean(self, value):
        """NFC, one line, within the limit."""
        return clean_line(super().clean(value), max_chars=self.most)


class DayField(forms.DateField):
    """A day, by the browser's own picker."""

    def __init__(self, **kwargs):
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(required=False, widget=widget, **kwargs)
