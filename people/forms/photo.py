"""The form of a person's photo: the file and which square of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.uploads.cropping import Crop


class PhotoForm(forms.Form):
    """A picture and numbers in percent, which a script sets by dragging; without numbers the middle square is taken."""

    photo = forms.FileField(
        label=_("New photo"), help_text=_("At most 10 MB; place and camera are removed from it.")
    )
    size = forms.FloatField(
        label=_("Side, % of the shorter edge"), required=False, min_value=10, max_value=100
    )
    x = forms.FloatField(label=_("From the left, %"), required=False, min_value=0, max_value=90)
    y = forms.FloatField(label=_("From the top, %"), required=False, min_value=0, max_value=90)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["photo"].widget.attrs["accept"] = "image/*"
        for name in ("size", "x", "y"):
            self.fields[name].widget.attrs.update({"class": "input", "step": "0.1", "inputmode": "decimal"})

    @property
    def crop(self) -> Crop:
        """The chosen square."""
        chosen = self.cleaned_data
        return Crop(size=chosen["size"] or 100, x=chosen["x"], y=chosen["y"])
