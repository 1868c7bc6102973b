"""What people send about communities: words and kind, a cover, requests, invitations, roles."""

import re

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from feed.forms.fields import KeyedForm, LocalTime, Repeated, TypedText
from feed.forms.moderation import REASON_CHARS
from feed.forms.questions import known_name
from feed.models import Community, Membership
from people.models import User
from people.text import clean_line, comparison_key
from people.uploads import check_quota, process_image

NAME_CHARS, PURPOSE_CHARS, RULES_CHARS, COVER_SIDE = 80, 300, 4000, 2560
MOST_INVITED = 20


class Line(forms.CharField):
    """One line of cleaned text."""

    def __init__(self, *, most, **kwargs):
        """`most`: characters."""
        self.most = most
        super().__init__(widget=kwargs.pop("widget", forms.TextInput(attrs={"class": "input"})), **kwargs)

    def clean(self, value):
        """The cleaned line."""
        return super().clean(clean_line(value or "", max_chars=self.most))


class CommunityForm(KeyedForm):
    """A community's words, kind and cover; `confirmed` answers the question what happens to old comments."""

    name = Line(most=NAME_CHARS, label=_("Name"), error_messages={"required": _("Give it a name.")})
    purpose = Line(
        most=PURPOSE_CHARS,
        required=False,
        label=_("What is it for?"),
        help_text=_("One or two sentences. Everybody who finds the community reads them."),
        widget=forms.Textarea(attrs={"class": "input", "rows": 2}),
    )
    kind = forms.ChoiceField(
        label=_("Who may join?"), choices=Community.Kind.choices, widget=forms.RadioSelect
    )
    rules = TypedText(
        most=RULES_CHARS,
        required=False,
        label=_("Rules"),
        help_text=_("What you agreed on. Bold, lists and links work."),
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, widget=forms.Select(attrs={"class": "input"})
    )
    cover = forms.FileField(
        required=False,
        label=_("Cover picture"),
        widget=forms.FileInput(attrs={"class": "input", "accept": "image/*"}),
    )
    cover_credit = Line(most=200, required=False, label=_("Who made the picture?"))
    no_cover = forms.BooleanField(required=False, label=_("Take the picture away"))
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, user, **kwargs):
        """`user`: whose quota counts."""
        super().__init__(*args, **kwargs)
        self.user, self.picture = user, None
        self.fields["rules"].widget.attrs.update({"class": "input", "rows": 5})

    def clean(self):
        """Read the picture anew (A20)."""
        data = super().clean()
        if data.get("cover"):
            try:
                check_quota(self.user, data["cover"].size)
                self.picture = process_image(data["cover"], max_side=COVER_SIDE)
            except ValidationError as error:
                self.add_error("cover", error)
        return data

    @property
    def words(self) -> dict:
        """What `communities.change` takes."""
        return {name: self.cleaned_data[name] for name in ("name", "purpose", "rules", "language", "kind")}


class AskForm(forms.Form):
    """Why somebody wants to come in."""

    text = Line(
        most=REASON_CHARS,
        required=False,
        label=_("What should the owners know?"),
        widget=forms.Textarea(attrs={"class": "input", "rows": 2}),
    )


class DecisionForm(forms.Form):
    """Yes, or no with a reason."""

    decision = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
    reason = Line(most=REASON_CHARS, required=False, label=_("Reason"))

    def clean(self):
        """Whoever is declined reads why."""
        data = super().clean()
        if data.get("decision") == "no" and not data.get("reason") and not self.errors:
            self.add_error("reason", _("Say why. The reason is shown."))
        return data


class InviteForm(forms.Form):
    """Colleagues by handle or full name, several with commas between them."""

    handle = Repeated(
        label=_("Invite colleagues"),
        help_text=_("Names or handles such as @lena.brandt, several with commas between them."),
        error_messages={"required": _("Say whom you want to invite.")},
    )

    def clean_handle(self):
        """The people, each once."""
        typed = [
            one
            for value in self.cleaned_data["handle"]
            for one in re.split(r",|\s+(?=@)", value)
            if one.strip()
        ]
        if len(typed) > MOST_INVITED:
            raise ValidationError(_("At most twenty people can be invited at once."), code="many")
        handles = [comparison_key(known_name(one.strip().removeprefix("@"))) for one in typed]
        known = {person.handle: person for person in User.objects.present().filter(handle__in=handles)}
        for word, handle in zip(typed, handles, strict=True):
            if handle not in known:
                problem = _("Nobody here goes by the name %(name)s.") % {"name": word.strip()}
                raise ValidationError(problem, code="unknown")
        return [known[handle] for handle in dict.fromkeys(handles)]


class RoleForm(forms.Form):
    """What becomes of a member."""

    role = forms.ChoiceField(choices=[*Membership.Role.choices, ("out", "out")])
    reason = Line(most=REASON_CHARS, required=False)


class LeaveForm(forms.Form):
    """Going; the last owner names a successor."""

    successor = forms.ModelChoiceField(
        User.objects.none(),
        required=False,
        label=_("Who looks after it from now on?"),
        widget=forms.Select(attrs={"class": "input"}),
    )

    def __init__(self, *args, community, user, **kwargs):
        """Offers the other members, longest inside first."""
        super().__init__(*args, **kwargs)
        others = User.objects.present().filter(memberships__community=community).exclude(pk=user.pk)
        self.fields["successor"].queryset = others.order_by("memberships__joined_at", "pk")


class PinForm(forms.Form):
    """Until when a post stays on top, in the reader's time zone."""

    until = LocalTime(label=_("Until"))
