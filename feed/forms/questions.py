"""Asking: whom a comment's question is for, to whom one is passed on, and which ones the list shows."""

from django import forms
from django.db.models import Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from feed.forms.post_parts import check_ask
from people.models import Department, User

TO_CHARS = 160


class AskForm(forms.Form):
    """To whom: a handle, a full name, a department's name, "department:7", or nobody in particular.

    After `is_valid`: `cleaned_data["ask"]`, a dictionary for feed.actions.questions.Ask.
    """

    to = forms.CharField(max_length=TO_CHARS, required=False, label=_("To whom"))

    def __init__(self, *args, user, must=False, **kwargs):
        """`user`: who asks. `must`: somebody has to be named."""
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["to"].required = must
        self.fields["to"].error_messages["required"] = _("Say who knows the answer.")

    def clean(self):
        """Look the name up."""
        data = super().clean()
        data["ask"] = find_asked(self, data) if "to" not in self.errors else None
        return data


def find_asked(form, data) -> dict | None:
    """`check_ask`, which also finds full names of people and departments."""
    return check_ask(form, {**data, "to": known_name(data.get("to") or "")})


def known_name(typed: str) -> str:
    """A full name that exactly one colleague or department has, as `check_ask` knows it; otherwise as typed."""
    typed = " ".join(typed.split())
    if not typed:
        return ""
    whole = Concat("first_name", Value(" "), "last_name")
    named = User.objects.present().alias(whole=whole).filter(whole__iexact=typed)
    handles = list(named.values_list("handle", flat=True)[:2])
    if len(handles) == 1:
        return handles[0]
    places = list(Department.objects.filter(name__iexact=typed).values_list("pk", flat=True)[:2])
    return f"department:{places[0]}" if len(places) == 1 else typed
