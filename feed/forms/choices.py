"""What a person chooses about something that exists: a stance, keeping, watching, following."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from feed.models import Reaction


class ReactForm(forms.Form):
    """One stance."""

    kind = forms.ChoiceField(choices=Reaction.Kind.choices)
    comment = forms.IntegerField(required=False, min_value=1, max_value=2**62)


class TargetForm(forms.Form):
    """A post, or one of its comments; `on` says what shall be from now on."""

    comment = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    on = forms.ChoiceField(choices=[(name, name) for name in ("yes", "no", "muted", "unmute")])


class FollowForm(forms.Form):
    """Exactly one of a page (blog), a person, a tag."""

    page = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1)
    user = forms.IntegerField(required=False, min_value=1, max_value=2**62)
    tag = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1)
    follow = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])

    def clean(self):
        """One target, no more."""
        data = super().clean()
        given = [name for name in ("page", "user", "tag") if data.get(name)]
        if len(given) != 1:
            raise ValidationError(_("Say what you want to follow."))
        data["kind"], data["pk"] = given[0], data[given[0]]
        return data
