"""What can be asked of the list of people."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people import spoken
from people.models import Department, Location, Skill
from people.streams.facets import Chosen

LAYOUTS = ("list", "cards")


class DirectoryFilter(forms.Form):
    """Words and facets; what cannot be understood filters nothing."""

    q = forms.CharField(label=_("Find people"), required=False, max_length=200)
    department = forms.ModelMultipleChoiceField(Department.objects.all(), required=False)
    location = forms.ModelMultipleChoiceField(Location.objects.all(), required=False)
    skill = forms.ModelMultipleChoiceField(Skill.objects.all(), required=False, to_field_name="slug")
    language = forms.MultipleChoiceField(required=False, choices=[(code, code) for code in spoken.CODES])
    new = forms.BooleanField(required=False)

    def understood(self) -> tuple[str, Chosen]:
        """The words and what is chosen. A query for each facet in use."""
        self.is_valid()
        given = self.cleaned_data
        return given.get("q", ""), Chosen(
            departments=tuple(given.get("department") or ()),
            locations=tuple(given.get("location") or ()),
            languages=tuple(given.get("language") or ()),
            skills=tuple(given.get("skill") or ()),
            is_new=given.get("new", False),
        )
