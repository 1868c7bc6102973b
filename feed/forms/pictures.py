"""Pictures that come with a form itself, for browsers without JavaScript and for comments."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from feed.actions.attaching import MAX_SIDE, PREVIEW_SIDE
from feed.models.attachment import MAX_PER_COMMENT
from people.text import clean_line
from people.uploads import check_quota, process_image

ALT_CHARS = 500


class PictureFields:
    """For forms: fields `image_1` … `image_4`, each with its description `alt_…`; read pictures in `pictures`."""

    def add_picture_fields(self, user):
        """`user`: whose quota counts. Called when the form is made."""
        self.user, self.pictures = user, []
        for number in range(1, MAX_PER_COMMENT + 1):
            picker = forms.FileInput(attrs={"accept": "image/*", "class": "input"})
            self.fields[f"image_{number}"] = forms.FileField(required=False, widget=picker)
            self.fields[f"alt_{number}"] = forms.CharField(required=False)

    @property
    def image_rows(self):
        """Pairs of bound fields: picture and description."""
        return [(self[f"image_{number}"], self[f"alt_{number}"]) for number in range(1, MAX_PER_COMMENT + 1)]

    def read_pictures(self, data):
        """Read every picture anew (A20); each needs a description. Errors go to the fields."""
        for number in range(1, MAX_PER_COMMENT + 1):
            if data.get(f"image_{number}"):
                self._take(data, number)

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
