"""Fields that several forms use: typed text, repeated values, a local time, and the key against double sending."""

import secrets

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feed import text

MOST_REPEATED = 50


class TypedText(forms.CharField):
    """Several lines as they are stored: cleaned by feed.text; keeps what was typed when it is refused."""

    widget = forms.Textarea

    def __init__(self, *, most, **kwargs):
        """`most`: characters."""
        self.most = most
        super().__init__(strip=False, error_messages={"required": _("Write something first.")}, **kwargs)

    def clean(self, value):
        """The cleaned text."""
        return super().clean(text.clean_source(value or "", max_chars=self.most))


class Repeated(forms.Field):
    """The same name several times, in the order of the page: a list of strings, without empty ones."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value):
        """The filled ones, outer space cut; at most fifty are looked at."""
        return [one.strip() for one in (value or [])[:MOST_REPEATED] if one.strip()]


class LocalTime(forms.DateTimeField):
    """A date and time in the reader's own zone. Summer time skips an hour and repeats another: both are refused."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "class": "input"}, format="%Y-%m-%dT%H:%M")

    def to_python(self, value):
        """With zone; an impossible or doubled hour is asked about instead of guessed (A35)."""
        try:
            return super().to_python(value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            zone = timezone.get_current_timezone_name().replace("_", " ")
            message = _(
                "The clocks change on this day: this time does not exist or exists twice in %(zone)s. "
                "Choose another time."
            )
            raise ValidationError(message, code="ambiguous_timezone", params={"zone": zone}) from error


class KeyedForm(forms.Form):
    """A form that makes something: its key lets a second sending of the same form make nothing more (A27)."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)

    def __init__(self, *args, draft="", **kwargs):
        """An unsent form gets a fresh key, and the `draft` that was kept for its place."""
        super().__init__(*args, **kwargs)
        self.has_draft = bool(draft)
        if draft:
            self.initial["body"] = draft
        if not self.is_bound:
            self.initial.setdefault("key", secrets.token_urlsafe(16))
