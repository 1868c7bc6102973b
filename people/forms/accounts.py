"""Forms of people administrators: an account, its roles, its end."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people import roles
from people.actions import handles
from people.addresses import check_address
from people.forms.person_field import PersonField
from people.handles import check_handle, skeleton
from people.models import Audience, Department, Location, User
from people.text import clean_line

TEXTS = ("first_name", "last_name", "job_title", "employment")


class AccountForm(forms.Form):
    """Create (`person` None) or change an account. `locked`: fields that a directory masters; they are not changed."""

    first_name = forms.CharField(label=_("First name"), max_length=100, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=100, required=False)
    email = forms.CharField(label=_("E-mail"), max_length=254)
    handle = forms.CharField(
        label=_("Handle"), max_length=60, help_text=_("Short name in addresses and mentions.")
    )
    job_title = forms.CharField(label=_("Role"), max_length=160, required=False)
    department = forms.ModelChoiceField(
        label=_("Department"), required=False, queryset=Department.objects.all(), empty_label=_("None")
    )
    location = forms.ModelChoiceField(
        label=_("Location"), required=False, queryset=Location.objects.all(), empty_label=_("None")
    )
    manager = PersonField(label=_("Manager"), required=False)
    employment = forms.CharField(label=_("Employment kind"), max_length=40, required=False)
    joined_on = forms.DateField(
        label=_("Joined on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args, person=None, readdress=True, locked=None, **kwargs):
        self.person = person
        if person is not None:
            kwargs["initial"] = {name: getattr(person, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"
        for name, source in (locked or {}).items():
            if name in self.fields:
                self._lock(name, _("Comes from %(source)s.") % {"source": source.name})
        if person is not None and not readdress:
            self._lock("email", _("Only administrators change the address by which somebody signs in."))

    def _lock(self, name, why):
        self.fields[name].disabled, self.fields[name].help_text = True, why

    def clean_email(self):
        """One plain spelling, and nobody else's (A11)."""
        address = check_address(self.cleaned_data["email"])
        if self._others().filter(email=address).exists():
            raise forms.ValidationError(_("Somebody has this address already."))
        return address

    def clean_handle(self):
        """No handle that looks like another's (A17)."""
        handle = check_handle(self.cleaned_data["handle"])
        if self.person is not None and handle == self.person.handle:
            return handle
        if skeleton(handle) in handles.taken(but=self.person):
            raise forms.ValidationError(_("This handle looks like a colleague’s. Please choose another one."))
        return handle

    def clean_manager(self):
        """Not themselves."""
        manager = self.cleaned_data["manager"]
        if self.fields["manager"].disabled:
            return self.person.manager
        if manager is not None and self.person is not None and manager.pk == self.person.pk:
            raise forms.ValidationError(_("Nobody manages themselves."))
        return manager

    def clean(self):
        """Texts of one line, and nothing that only looks empty (A17)."""
        values = super().clean()
        for name in TEXTS:
            if name in values:
                values[name] = clean_line(values[name], max_chars=self.fields[name].max_length)
        return values

    def _others(self):
        return User.objects.exclude(pk=self.person.pk) if self.person is not None else User.objects.all()


class RolesForm(forms.Form):
    """The roles that the editor may give; those beyond are shown by the page, not by the form."""

    roles = forms.MultipleChoiceField(label=_("Roles"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, may, has, **kwargs):
        super().__init__(*args, initial={"roles": sorted(has & may)}, **kwargs)
        self.fields["roles"].choices = [(name, label) for name, label in roles.LABELS.items() if name in may]


class EndForm(forms.Form):
    """When an account ends: at once, or after a last day."""

    when = forms.ChoiceField(
        label=_("When"),
        choices=[("now", _("now")), ("later", _("after the last day"))],
        widget=forms.RadioSelect,
        initial="now",
    )
    last_day = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "input"}, format="%Y-%m-%d"),
        help_text=_("The account ends on the day after. Empty: there is no last day any more."),
    )


class RoleGrantForm(forms.Form):
    """A role for an audience; `may`: roles that the editor has, `audiences`: those that may carry one."""

    role = forms.ChoiceField(label=pgettext_lazy("right", "Role"))
    audience = forms.ModelChoiceField(
        label=_("Audience or directory group"), queryset=Audience.objects.none()
    )

    def __init__(self, *args, may, audiences, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(name, roles.NAMES[name]) for name in roles.ALL if name in may]
        self.fields["audience"].queryset = audiences
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"
