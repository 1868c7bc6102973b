"""One blog with its pages, people and rules, as Communications sees it."""

import re

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from blog.actions import staffing
from blog.models import Blog
from feed.models import Post
from people.models import Audience, User
from people.text import clean_line, clean_text

SPACES = re.compile(r"[\s,;]+")


class PeopleField(forms.CharField):
    """Colleagues by e-mail address or handle, one a line; cleaned to a list of users, oldest input first."""

    widget = forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"})

    def to_python(self, value):
        """Raises ValidationError that names what is nobody's address."""
        names = [name.lstrip("@").casefold() for name in SPACES.split(value or "") if name][:200]
        found = {}
        for user in User.objects.present().filter(email__in=names) | User.objects.present().filter(
            handle__in=names
        ):
            found[user.email], found[user.handle] = user, user
        unknown = [name for name in names if name not in found]
        if unknown:
            raise ValidationError(
                _("Nobody is known as: %(names)s") % {"names": ", ".join(unknown)}, code="unknown"
            )
        return list(dict.fromkeys(found[name] for name in names))

    def validate(self, value):
        """Only asks whether something must be there."""
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value):
        """None: the lookup was the validation."""

    def prepare_value(self, value):
        """Users become their addresses again."""
        return "\n".join(user.email for user in value) if isinstance(value, list) else value


class OnePersonField(PeopleField):
    """Exactly one colleague."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})

    def to_python(self, value):
        """A list of one."""
        found = super().to_python(value)
        if len(found) > 1:
            raise ValidationError(_("Name one person."), code="several")
        return found


class BlogForm(forms.Form):
    """What staffing.create_blog and its neighbours take."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=Blog.Kind.choices,
        help_text=_("Executive blogs are followed by everybody unless they mute them."),
    )
    owner = OnePersonField(label=_("Owner"), help_text=_("E-mail address or handle."))
    authors = PeopleField(
        label=_("Authors"), required=False, help_text=_("Who else writes under their own name, one a line.")
    )
    delegates = PeopleField(
        label=_("Delegates"),
        required=False,
        help_text=_("Who drafts and publishes for the owner, one a line. Both names show."),
    )
    audience = forms.ModelChoiceField(
        Audience.objects.none(),
        label=_("Audience"),
        required=False,
        empty_label=_("everyone who is signed in"),
    )
    needs_approval = forms.BooleanField(
        label=_("Communications approves each article before it appears"), required=False
    )
    comment_rule = forms.ChoiceField(label=_("Comments"), choices=Post.CommentRule.choices)
    comments_closed_reason = forms.CharField(
        label=_("Reason for closed comments"),
        max_length=500,
        required=False,
        help_text=_("Shown where the comment field would be."),
    )
    comments_close_after_days = forms.IntegerField(
        label=_("Close comments after days"),
        required=False,
        validators=[MinValueValidator(1)],
        help_text=_("Counted from publication. Empty: never."),
    )
    confirm_widening = forms.BooleanField(
        label=_(
            "Yes, let more people read it, and start a new conversation below each article that has comments"
        ),
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args, user, blog=None, **kwargs):
        super().__init__(*args, initial=_initial(blog), **kwargs)
        self.blog = blog
        self.fields["audience"].queryset = Audience.objects.filter(pk__in=user.access.audience_ids)
        self.fields["audience"].disabled = blog is not None and blog.community_id is not None
        for code, name in settings.LANGUAGES:
            title = forms.CharField(
                label=_("Title, %(language)s") % {"language": name}, max_length=120, required=False
            )
            intro = forms.CharField(
                label=_("What it is about, %(language)s") % {"language": name},
                max_length=500,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
            self.fields[f"title_{code}"], self.fields[f"intro_{code}"] = title, intro
            page = blog.pages.filter(locale__language_code=code).first() if blog else None
            self.initial[f"title_{code}"] = page.title if page else ""
            self.initial[f"intro_{code}"] = page.intro if page else ""
        names = [f"{part}_{code}" for code, _name in settings.LANGUAGES for part in ("title", "intro")]
        self.order_fields(["kind", *names])

    def ask_about_widening(self, comments):
        """Show the question with its number; the answer is a box that must be ticked (NeedsConfirmation)."""
        self.fields["confirm_widening"].widget = forms.CheckboxInput()
        self.add_error(
            "confirm_widening",
            ngettext(
                "%(n)s comment was written for fewer people. It stays with those who could read it, locked.",
                "%(n)s comments were written for fewer people. They stay with those who could read them, locked.",
                comments,
            )
            % {"n": comments},
        )

    def clean(self):
        """A title in at least one language; a reason where comments are closed."""
        cleaned = super().clean()
        for code, _name in settings.LANGUAGES:
            cleaned[f"title_{code}"] = clean_line(cleaned.get(f"title_{code}") or "", max_chars=120)
            cleaned[f"intro_{code}"] = clean_text(cleaned.get(f"intro_{code}") or "", max_chars=500)
        if not self.titles():
            self.add_error(
                f"title_{settings.LANGUAGES[0][0]}", _("Give the blog a title in at least one language.")
            )
        if (
            cleaned.get("comment_rule") == Post.CommentRule.CLOSED
            and not cleaned.get("comments_closed_reason", "").strip()
        ):
            self.add_error("comments_closed_reason", _("Say why nobody may comment."))
        return cleaned

    def _texts(self, part):
        pairs = ((code, self.cleaned_data.get(f"{part}_{code}", "")) for code, _name in settings.LANGUAGES)
        return {code: text for code, text in pairs if text}

    def titles(self):
        """{language: title}, empty ones left out."""
        return self._texts("title")

    def intros(self):
        """{language: text}."""
        return self._texts("intro")

    def people(self):
        """Keyword arguments of staffing.set_people."""
        found = {name: self.cleaned_data[name] for name in ("authors", "delegates")}
        return {"owner": self.cleaned_data["owner"][0], **found}

    def rules(self):
        """Keyword arguments of staffing.change_rules."""
        return {name: self.cleaned_data[name] for name in staffing.RULES}


def _initial(blog):
    if blog is None:
        return {"kind": Blog.Kind.STAFF, "needs_approval": True, "comment_rule": Post.CommentRule.OPEN}
    roles = {role: [] for role in staffing.Role.values}
    for member in blog.members.select_related("user").order_by("pk"):
        roles[member.role].append(member.user)
    people = {"owner": roles["owner"], "authors": roles["author"], "delegates": roles["delegate"]}
    return {**people, "audience": blog.audience_id, **{name: getattr(blog, name) for name in staffing.RULES}}
