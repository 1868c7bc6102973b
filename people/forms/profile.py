"""Forms of the parts of a profile (people.profile_blocks), one class each."""

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import spoken
from people.forms.block import BlockForm, DayField, LineField, lock_words
from people.handles import check_handle
from people.models import User
from people.text import clean_line, clean_text

MOST_SKILLS, SKILL_CHARS, MOST_LANGUAGES = 30, 60, 6
FEWEST_SHOWN = 3  # lists for languages; one more than somebody speaks


class NameForm(BlockForm):
    """How the name is said, and pronouns."""

    pronunciation = LineField(
        label=gettext_lazy("Pronunciation"),
        most=100,
        help_text=gettext_lazy("How your name is said, “CHEH-lik”."),
    )
    pronouns = LineField(label=gettext_lazy("Pronouns"), most=40)


class AboutForm(BlockForm):
    """Words about oneself."""

    about = forms.CharField(
        label=gettext_lazy("About me"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )

    def clean_about(self):
        """Several lines, at most 1,000 characters."""
        return clean_text(self.cleaned_data["about"], max_chars=1000)


class SkillsForm(BlockForm):
    """Skills, separated by commas."""

    skills = forms.CharField(
        label=gettext_lazy("Ask me about"),
        required=False,
        help_text=gettext_lazy("What colleagues may ask you about, separated by commas. At most 30."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        address = {"data-words": reverse("people:suggest_skills"), "data-many": "", "autocomplete": "off"}
        self.fields["skills"].widget.attrs.update(address)

    @staticmethod
    def initial_from(stored, person):
        """As one line."""
        return {"skills": ", ".join(stored["skills"])}

    def clean_skills(self):
        """A list of cleaned words; commas part them."""
        typed = clean_text(self.cleaned_data["skills"], max_chars=MOST_SKILLS * SKILL_CHARS)
        words = [clean_line(word, max_chars=SKILL_CHARS) for word in typed.replace("\n", ",").split(",")]
        words = [word.lstrip("#").strip() for word in words]
        words = list(dict.fromkeys(filter(None, words)))
        if len(words) > MOST_SKILLS:
            raise forms.ValidationError(
                _("These are %(count)s; at most %(most)s fit.") % {"count": len(words), "most": MOST_SKILLS}
            )
        return words


class LanguagesForm(BlockForm):
    """Languages, best first: one list each."""

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        given = self.initial.get("languages", [])
        choices = [("", "–"), *spoken.choices()]
        known = {code for code, _name in choices}
        choices += [(code, spoken.name_of(code)) for code in given if code not in known]
        who = self.fields.pop("who_languages")
        source = kwargs["locked"].get("languages")
        for number in range(max(len(given), min(MOST_LANGUAGES, max(FEWEST_SHOWN, len(given) + 1)))):
            label = _("Best language") if number == 0 else _("Language %(number)s") % {"number": number + 1}
            initial = given[number] if number < len(given) else ""
            field = forms.ChoiceField(label=label, choices=choices, required=False, initial=initial)
            field.widget.attrs["class"] = "input"
            if source:
                field.disabled, field.help_text = True, lock_words(source)
            self.fields[f"language_{number}"] = field
        self.fields["who_languages"] = who
        self._mark_first()

    @property
    def values(self):
        """Codes in order, each once."""
        chosen = [self.cleaned_data[name] for name in self.fields if name.startswith("language_")]
        return {"languages": list(dict.fromkeys(filter(None, chosen)))}


class ContactForm(BlockForm):
    """Phone numbers and room; the address is what one signs in with."""

    phone = LineField(label=gettext_lazy("Phone"), most=60, widget=forms.TextInput(attrs={"type": "tel"}))
    mobile = LineField(label=gettext_lazy("Mobile"), most=60, widget=forms.TextInput(attrs={"type": "tel"}))
    room = LineField(label=gettext_lazy("Room"), most=60)


class AbsenceForm(BlockForm):
    """From when until when somebody is away, and who stands in."""

    absent_from = DayField(label=gettext_lazy("First day away"))
    absent_until = DayField(label=gettext_lazy("Last day away"))
    deputy = forms.CharField(
        label=gettext_lazy("Deputy"),
        required=False,
        max_length=70,
        help_text=gettext_lazy("Who stands in for you: their handle, such as lena.brandt."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        address = {"data-words": reverse("people:suggest_deputies"), "autocomplete": "off"}
        self.fields["deputy"].widget.attrs.update(address)

    @staticmethod
    def initial_from(stored, person):
        """The deputy by handle."""
        deputy = person.deputy if person.deputy_id and person.deputy.is_active else None
        return {**stored, "deputy": deputy.handle if deputy else ""}

    def clean_deputy(self):
        """A present colleague, not oneself."""
        typed = self.cleaned_data["deputy"].strip().removeprefix("@")
        if not typed:
            return None
        found = User.objects.present().filter(handle=check_handle(typed)).first()
        if found is None:
            raise forms.ValidationError(_("There is nobody with this handle."))
        if found.pk == self.person.pk:
            raise forms.ValidationError(_("Somebody else must stand in for you."))
        return found

    def clean(self):
        """Both days or none, in their order."""
        first, last = self.cleaned_data.get("absent_from"), self.cleaned_data.get("absent_until")
        if first and not last and "absent_until" not in self.errors:
            self.add_error("absent_until", _("Say until when."))
        elif last and not first and "absent_from" not in self.errors:
            self.add_error("absent_from", _("Say from when."))
        elif first and last and last < first:
            self.add_error("absent_until", _("This day is before the first one."))
        return self.cleaned_data

    @property
    def values(self):
        """Days, and the deputy's id."""
        deputy = self.cleaned_data["deputy"]
        days = {name: self.cleaned_data[name] for name in ("absent_from", "absent_until")}
        return {**days, "deputy_id": deputy.pk if deputy else None}


class TeamForm(BlockForm):
    """Who sees since when somebody is here; the rest of the team comes from the directory."""


FORMS = {
    "name": NameForm,
    "absence": AbsenceForm,
    "about": AboutForm,
    "skills": SkillsForm,
    "languages": LanguagesForm,
    "contact": ContactForm,
    "team": TeamForm,
}
