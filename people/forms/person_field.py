"""A field in which one names a colleague by handle or e-mail address; works without any script."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people.models import User


class PersonField(forms.CharField):
    """Cleans to a present User, or None when it is left empty and not required."""

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", _("Handle or e-mail address."))
        super().__init__(max_length=254, **kwargs)
        self.widget.attrs |= {"class": "input", "autocomplete": "off", "spellcheck": "false"}

    def prepare_value(self, value):
        """A person as their handle."""
        return value.handle if isinstance(value, User) else value

    def clean(self, value):
        """Raises ValidationError for nobody, and for somebody who left."""
        text = super().clean(value).removeprefix("@").casefold()
        if not text:
            return None
        found = User.objects.present().filter(Q(handle=text) | Q(email=text)).first()
        if found is None:
            raise ValidationError(_("Nobody here has this handle or address."), code="absent")
        return found
