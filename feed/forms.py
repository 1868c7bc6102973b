"""What people send: comments, edits, shares, reports, reasons. Text is cleaned here, pictures are read here."""

import secrets

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from feed import text
from feed.actions.attaching import MAX_SIDE, PREVIEW_SIDE
from feed.actions.sharing import MAX_CHARS as SHARE_CHARS
from feed.models import Reaction, Report
from feed.models.attachment import MAX_PER_COMMENT
from feed.models.comment import MAX_CHARS
from people.text import clean_line
from people.uploads import check_quota, process_image

REASON_CHARS, REPORT_CHARS, ALT_CHARS = 500, 1000, 500


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


class CommentForm(KeyedForm):
    """A comment: a text, up to four pictures each with a description, or both."""

    body = TypedText(most=MAX_CHARS, required=False)

    def __init__(self, *args, user=None, **kwargs):
        """`user`: whose quota counts."""
        super().__init__(*args, **kwargs)
        self.user, self.pictures = user, []
        for number in range(1, MAX_PER_COMMENT + 1):
            picker = forms.FileInput(attrs={"accept": "image/*", "class": "input"})
            self.fields[f"image_{number}"] = forms.FileField(required=False, widget=picker)
            self.fields[f"alt_{number}"] = forms.CharField(required=False)

    @property
    def image_rows(self):
        """Pairs of bound fields: picture and description."""
        return [(self[f"image_{number}"], self[f"alt_{number}"]) for number in range(1, MAX_PER_COMMENT + 1)]

    def clean(self):
        """Read every picture anew (A20); each needs a description; something must be there."""
        data = super().clean()
        for number in range(1, MAX_PER_COMMENT + 1):
            if data.get(f"image_{number}"):
                self._take(data, number)
        if not data.get("body") and not self.pictures and not self.errors:
            self.add_error("body", _("Write something first."))
        return data

    def _take(self, data, number):
        file, alt = data[f"image_{number}"], ""
        try:
            alt = clean_line(data.get(f"alt_{number}") or "", max_chars=ALT_CHARS)
        except ValidationError as error:
            self.add_error(f"alt_{number}", error)
        if not alt and f"alt_{number}" not in self.errors:
            self.add_error(f"alt_{number}", _("Describe the picture for those who do not see it."))
        try:
            check_quota(self.user, file.size)
            picture = process_image(file, max_side=MAX_SIDE)
            preview = process_image(picture.content, max_side=PREVIEW_SIDE)
        except ValidationError as error:
            self.add_error(f"image_{number}", error)
        else:
            self.pictures.append({"picture": picture, "preview": preview, "alt": alt, "position": number})


class EditForm(forms.Form):
    """Another wording of one's own comment; `version` is the one that was shown."""

    body = TypedText(most=MAX_CHARS)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**6)

    def __init__(self, *args, draft="", **kwargs):
        """What is there now, or the `draft` that was kept while changing it."""
        super().__init__(*args, **kwargs)
        self.has_draft = bool(draft)
        if draft:
            self.initial["body"] = draft


class ShareForm(KeyedForm):
    """A remark about what is shared."""

    body = TypedText(most=SHARE_CHARS)


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


class ReportForm(forms.Form):
    """Which house rule is meant, and what else the moderators should know."""

    rule = forms.ChoiceField(
        choices=Report.Rule.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong.")},
    )
    text = TypedText(most=REPORT_CHARS, required=False)


class ReasonForm(forms.Form):
    """Why a moderator does something."""

    reason = forms.CharField(
        max_length=4 * REASON_CHARS, error_messages={"required": _("Say why. The reason is shown.")}
    )

    def clean_reason(self):
        """One line of at most 500 characters."""
        return clean_line(self.cleaned_data["reason"], max_chars=REASON_CHARS)
