"""Forms for files of people and for links by hand."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.forms.directory_sources import dressed
from people.forms.person_field import PersonField
from people.importing import columns
from people.source_words import field_label

MAX_FILE = 30 * 1024**2
KINDS_OF_FILE = (".csv", ".txt", ".tsv", ".ldif", ".ldf")


class UploadForm(forms.Form):
    """A file of people."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV or LDIF. It is read first; nothing is changed."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        dressed(self)
        self.fields["file"].widget.attrs["accept"] = ",".join(KINDS_OF_FILE)

    def clean_file(self):
        """By its name and size; what is in it is looked at next."""
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith(KINDS_OF_FILE):
            raise ValidationError(_("Choose a CSV or LDIF file."), code="invalid")
        if file.size > MAX_FILE:
            raise ValidationError(_("The file is larger than 30 MB."), code="too_large")
        return file


class ColumnsForm(forms.Form):
    """Each heading of a file and the field that it is; those that must not be read are not among them."""

    def __init__(self, *args, headings, chosen, **kwargs):
        super().__init__(*args, **kwargs)
        saved = {name.casefold(): field for name, field in chosen.items()}
        fields = sorted(((one, field_label(one)) for one in columns.FIELDS), key=lambda pair: pair[1])
        choices = [("", _("leave out")), *fields]
        self.headings = [name for name in headings if name and not columns.is_sensitive(name)]
        for number, name in enumerate(self.headings):
            initial = saved.get(name.casefold(), columns.known_field(name) or "")
            self.fields[f"column{number}"] = forms.ChoiceField(
                label=name, choices=choices, required=False, initial=initial
            )
        dressed(self)

    def clean(self):
        """Each field at most once, and an address."""
        given = [value for value in self.cleaned_data.values() if value]
        double = next((value for value in given if given.count(value) > 1), None)
        if double:
            raise ValidationError(_("“%(name)s” is chosen twice."), params={"name": field_label(double)})
        if "email" not in given:
            raise ValidationError(_("Say which column has the e-mail addresses."), code="required")
        return self.cleaned_data

    @property
    def column_map(self):
        """{heading: field}."""
        return {name: self.cleaned_data[f"column{number}"] for number, name in enumerate(self.headings)}


class LinkForm(forms.Form):
    """Whom a subject of another directory is."""

    person = PersonField(label=gettext_lazy("Person"))
    issuer = forms.CharField(label=gettext_lazy("Issuer"), max_length=255)
    subject = forms.CharField(
        label=gettext_lazy("Subject"), max_length=255,
        help_text=gettext_lazy("The person’s number there: objectGUID, entryUUID, sub, external id."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        dressed(self)
