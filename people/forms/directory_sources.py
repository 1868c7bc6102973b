"""Forms for directory sources: what every kind has, and where an LDAP server is."""

from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import source_options
from people.importing import columns
from people.mastered_fields import FIELDS, USUAL
from people.models import DirectorySource
from people.source_options import GROUP_FILTER, PEOPLE_FILTER
from people.source_words import field_label


def dressed(form):
    """Gives the fields of a form the house's look."""
    for field in form.fields.values():
        if not isinstance(
            field.widget, forms.CheckboxInput | forms.CheckboxSelectMultiple | forms.HiddenInput
        ):
            field.widget.attrs.setdefault("class", "input")


class SourceForm(forms.ModelForm):
    """What every kind of source has."""

    OPTIONS = ("missing_leave", "sign_in_issuer", "sign_in_column")
    fields_owned = forms.MultipleChoiceField(
        label=gettext_lazy("Fields that it owns"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=gettext_lazy("Nobody changes them here. All others are filled for new people only."),
    )  # fmt: skip
    missing_leave = forms.BooleanField(label=gettext_lazy("Who is not in it any more leaves"), required=False)
    sign_in_issuer = forms.CharField(
        label=gettext_lazy("Issuer of single sign-on"), max_length=255, required=False,
        help_text=gettext_lazy("So that somebody who signs in there finds the account that came from here."),
    )  # fmt: skip
    sign_in_column = forms.CharField(
        label=gettext_lazy("Column or attribute with the subject there"), max_length=100, required=False
    )

    class Meta:
        model = DirectorySource
        fields = ["name", "issuer", "contact", "rank", "stop_above_percent", "is_active"]
        help_texts = {
            "issuer": gettext_lazy(
                "Names the source for good, such as ldap:head-office; people are found again by it."
            )
        }
        labels = {"issuer": gettext_lazy("Issuer")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:  # people are known by it
            del self.fields["issuer"]
        chosen = self.instance.fields if self.instance.pk else USUAL
        self.fields["fields_owned"].choices = [(name, field_label(name)) for name in FIELDS]
        self.initial["fields_owned"] = list(chosen)
        given = source_options.of(self.instance)
        for name in self.OPTIONS:
            self.initial[name] = getattr(given, name)
        self.fields["stop_above_percent"].max_value = 100
        dressed(self)

    def clean_stop_above_percent(self):
        """A share."""
        if self.cleaned_data["stop_above_percent"] > 100:
            raise ValidationError(_("At most 100 percent."), code="max_value")
        return self.cleaned_data["stop_above_percent"]

    def clean_sign_in_column(self):
        """No column that must not be read."""
        return not_sensitive(self.cleaned_data["sign_in_column"].strip())

    def _post_clean(self):
        super()._post_clean()
        if not self.errors:
            options = source_options.of(self.instance).as_dict()
            options |= {name: self.cleaned_data[name] for name in self.OPTIONS}
            self.instance.options, self.instance.fields = options, self.cleaned_data["fields_owned"]


class LdapForm(SourceForm):
    """With where and what to search. Name and password to bind are in the environment, never in the database."""

    field_order = (
        "name", "issuer", "contact", "url", "start_tls", "base", "people_filter", "group_base", "group_filter",
        "units_are_departments", "photos", "every_hours", "attributes",
    )  # fmt: skip
    OPTIONS = (
        *SourceForm.OPTIONS, "url", "start_tls", "base", "people_filter", "group_base", "group_filter",
        "units_are_departments", "photos", "every_hours",
    )  # fmt: skip
    url = forms.CharField(label=gettext_lazy("Address"), max_length=255, help_text="ldaps://dc1.example.com")
    start_tls = forms.BooleanField(label=gettext_lazy("Encrypt with StartTLS"), required=False)
    base = forms.CharField(
        label=gettext_lazy("People below"),
        max_length=255,
        help_text="ou=people,dc=example,dc=com",
    )
    people_filter = forms.CharField(
        label=gettext_lazy("Filter for people"), max_length=500, initial=PEOPLE_FILTER
    )
    group_base = forms.CharField(
        label=gettext_lazy("Groups below"), max_length=255, required=False,
        help_text=gettext_lazy("Each group becomes an audience. Empty: no groups."),
    )  # fmt: skip
    group_filter = forms.CharField(
        label=gettext_lazy("Filter for groups"), max_length=500, initial=GROUP_FILTER
    )
    units_are_departments = forms.BooleanField(
        label=gettext_lazy("Departments are the organisational units in which people are"), required=False
    )
    photos = forms.BooleanField(
        label=gettext_lazy("Take over photos for people who have none"), required=False
    )
    every_hours = forms.IntegerField(
        label=gettext_lazy("Every so many hours"), min_value=0, max_value=720,
        help_text=gettext_lazy("0: only when somebody starts it."),
    )  # fmt: skip
    attributes = forms.CharField(
        label=gettext_lazy("Other attributes"), required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text=gettext_lazy("One a line: extensionAttribute3 = employment. Empty on the right: leave it out."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        pairs = self.instance.column_map.items()
        self.initial["attributes"] = "\n".join(f"{name} = {field}" for name, field in pairs)

    def clean_url(self):
        """An address of a directory."""
        url = self.cleaned_data["url"].strip()
        if urlsplit(url).scheme not in ("ldap", "ldaps", "ldapi"):
            raise ValidationError(_("Begin with ldap://, ldaps:// or ldapi://."), code="invalid")
        return url

    def clean_attributes(self):
        """{attribute: field}. Raises ValidationError with the line that is none, or must not be read."""
        found = {}
        for line in self.cleaned_data["attributes"].splitlines():
            name, equals, field = (part.strip() for part in line.partition("="))
            if not line.strip():
                continue
            if not equals or (field and field not in columns.FIELDS - {"subject", "name"}):
                message = _("“%(line)s”: write attribute = field; fields are %(names)s.")
                names = ", ".join(sorted(columns.FIELDS - {"subject", "name"}))
                raise ValidationError(message, code="invalid", params={"line": line, "names": names})
            found[not_sensitive(name)] = field
        return found

    def _post_clean(self):
        super()._post_clean()
        if not self.errors:
            self.instance.column_map = self.cleaned_data["attributes"]


def not_sensitive(name):
    """`name`. Raises ValidationError when a column so called must not be read."""
    if columns.is_sensitive(name):
        message = _("“%(name)s” is nothing an intranet may know.")
        raise ValidationError(message, code="sensitive", params={"name": name})
    return name
