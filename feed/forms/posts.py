"""Posts: the composer's one form for all kinds, changing, scheduling, and who may read."""

from datetime import timedelta
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feed.forms.fields import KeyedForm, LocalTime, Repeated, TypedText
from feed.forms.pictures import ALT_CHARS, PictureFields
from feed.forms.post_parts import check_poll, check_thanks
from feed.forms.questions import TO_CHARS, find_asked
from feed.models import Attachment, CompanyValue, Post
from feed.models.poll import MAX_OPTIONS, MIN_OPTIONS, OPTION_CHARS
from feed.models.post import MAX_CHARS, SHARE_CHARS
from people.text import clean_line

CREDIT_CHARS, PLEDGE_CHARS = 200, 300
DAYS = ((1, _("1 day")), (3, _("3 days")), (7, _("1 week")), (14, _("2 weeks")), (30, _("30 days")))
MOST_DAYS_AHEAD = 366


def check_future(when):
    """Something that shall appear later: at most a year ahead. Raises ValidationError."""
    if when is not None and when <= timezone.now():
        raise ValidationError(
            _("This time is over. Choose a later one, or leave the field empty to post now.")
        )
    if when is not None and when > timezone.now() + timedelta(days=MOST_DAYS_AHEAD):
        raise ValidationError(_("Choose a time within the next year."))
    return when


def percent(typed, *, otherwise: int) -> int:
    """A whole number from 0 to 100 as a slider sends it; `otherwise` for anything else."""
    known = isinstance(typed, str) and typed.isascii() and typed.isdigit() and len(typed) <= 3
    return min(int(typed), 100) if known else otherwise


class PostForm(PictureFields, KeyedForm):
    """Everything the composer sends; of the fields of other kinds nothing is read.

    After `is_valid`: `cleaned_data`, `pictures` (without JavaScript), `uploads` (Attachment rows in order, with
    description and credit as typed here, not yet saved), and of the kind `ask`, `poll` or `thanked` as dictionaries.
    Names of people and groups are looked up, not judged.
    """

    kind = forms.ChoiceField(choices=[(kind.value, kind.label) for kind in Post.SHORT], required=False)
    body = TypedText(most=MAX_CHARS, required=False)
    audience = forms.CharField(max_length=40, required=False)
    language = forms.ChoiceField(
        choices=[("", _("found out by itself")), *settings.LANGUAGES], required=False
    )
    attachment = Repeated(required=False)
    to = forms.CharField(max_length=TO_CHARS, required=False)
    option = Repeated(required=False)
    multiple = forms.BooleanField(required=False)
    secret = forms.BooleanField(required=False)
    hide_results = forms.BooleanField(required=False)
    ends = forms.TypedChoiceField(choices=DAYS, coerce=int, empty_value=7, initial=7, required=False)
    pledge = forms.CharField(required=False)
    thanks = Repeated(required=False)
    value = forms.ModelChoiceField(CompanyValue.objects.none(), required=False)
    when = LocalTime(required=False)
    for_company = forms.BooleanField(required=False)
    confirm_group = forms.BooleanField(required=False)

    def __init__(self, *args, user, **kwargs):
        """`user`: who writes; their quota counts."""
        super().__init__(*args, **kwargs)
        self.add_picture_fields(user)
        self.fields["value"].queryset = CompanyValue.objects.filter(is_active=True)
        self.fields["value"].choices = [("", ""), *((one.pk, one.name) for one in CompanyValue.offered())]
        self.fields["when"].validators.append(check_future)
        if not self.is_bound:
            self.initial.setdefault("kind", Post.Kind.POST)
        self.uploads, self.ask, self.poll, self.thanked = [], None, None, None

    @property
    def kept_uploads(self) -> list:
        """The uploads to show again, each with its `problem`; for the template."""
        for row in self.uploads:
            row.problem = getattr(row, "problem", "")
        return self.uploads

    @property
    def typed_options(self) -> list[str]:
        """The poll's options as typed, with empty ones up to two at least; for the template."""
        typed = list(self["option"].value() or [])[:MAX_OPTIONS]
        return typed + [""] * (MIN_OPTIONS - len(typed))

    @property
    def spare_options(self) -> range:
        """The numbers of further options; for the template."""
        return range(len(self.typed_options) + 1, MAX_OPTIONS + 1)

    @property
    def is_too_long(self) -> bool:
        """Whether the text is longer than a post may be: an article would hold it."""
        return self.is_bound and self.has_error("body", "too_long")

    def clean_kind(self):
        """A post unless said otherwise."""
        return self.cleaned_data["kind"] or Post.Kind.POST

    def clean_attachment(self):
        """Ids of uploads in order, each once."""
        try:
            return list(dict.fromkeys(UUID(one) for one in self.cleaned_data["attachment"]))
        except ValueError as error:
            raise ValidationError(_("One of the files is not known here. Add it again.")) from error

    def clean_pledge(self):
        """One line."""
        return clean_line(self.cleaned_data["pledge"], max_chars=PLEDGE_CHARS)

    def clean_option(self):
        """One line each; only a poll's count."""
        if self.cleaned_data.get("kind") != Post.Kind.POLL:
            return []
        return [clean_line(one, max_chars=OPTION_CHARS) for one in self.cleaned_data["option"]]

    def clean(self):
        """What each kind needs, files with their words, and that something is there at all."""
        data = super().clean()
        kind = data.get("kind")
        self.read_pictures(data)
        self.read_uploads(data.get("attachment", []))
        if kind == Post.Kind.QUESTION:
            self.ask = find_asked(self, data)
        elif kind == Post.Kind.POLL:
            self.poll = check_poll(self, data)
        elif kind == Post.Kind.KUDOS:
            self.thanked = check_thanks(self, data)
        has_files = self.pictures or self.uploads
        needs_text = kind != Post.Kind.POST or not has_files
        if needs_text and not data.get("body") and "body" not in self.errors:
            self.add_error("body", _("Write something first."))
        return data

    def read_uploads(self, keys):
        """The writer's own unsent files in this order; each picture needs a description. Errors go to the field."""
        rows = Attachment.objects.filter(owner=self.user, post__isnull=True).in_bulk(keys) if keys else {}
        if len(rows) < len(keys):
            self.add_error("attachment", _("One of the files is no longer here. Add it again."))
        self.uploads = [rows[key] for key in keys if key in rows]
        for row in self.uploads:
            for name, most in (("alt", ALT_CHARS), ("credit", CREDIT_CHARS)):
                try:
                    typed = self.data.get(f"{name}_{row.pk}")
                    setattr(
                        row, name, getattr(row, name) if typed is None else clean_line(typed, max_chars=most)
                    )
                except ValidationError as error:
                    self.add_error("attachment", error)
            for name in ("focal_x", "focal_y"):
                setattr(row, name, percent(self.data.get(f"{name}_{row.pk}"), otherwise=getattr(row, name)))
            if row.kind == Attachment.Kind.IMAGE and not row.alt:
                row.problem = _("Describe the picture for those who do not see it.")
                if not self.has_error("attachment"):
                    self.add_error("attachment", row.problem)


class ShareForm(KeyedForm):
    """A remark about what is shared."""

    body = TypedText(most=SHARE_CHARS)
    confirm_group = forms.BooleanField(required=False)


class WhenForm(forms.Form):
    """When a scheduled post shall appear."""

    when = LocalTime(error_messages={"required": _("Choose a time.")})

    def clean_when(self):
        """Ahead of now."""
        return check_future(self.cleaned_data["when"])


class AudienceForm(forms.Form):
    """Who may read a post from now on: "", "location:3", "department:7", "audience:9" or "community:4"."""

    audience = forms.CharField(max_length=40, required=False)
