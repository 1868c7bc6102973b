"""The forms of Wagtail's image, document and video libraries: their files pass people.uploads (A20)."""

from pathlib import PurePath

from django.core.files.base import ContentFile
from django.forms.fields import FileField
from django.http import QueryDict
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.documents.fields import WagtailDocumentField
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtail.permissions import policy_registry

from people.handles import slugify_de
from people.uploads import check_captions, check_document, check_video, process_image

MAX_SIDE = 2560


class PictureField(WagtailImageField):
    """What is stored is never the upload but a picture written anew, originals included."""

    def to_python(self, data):
        """A re-encoded file with a random name; ValidationError for what is no picture."""
        file = FileField.to_python(self, data)
        return None if file is None else process_image(file, max_side=MAX_SIDE).content


class DocumentField(WagtailDocumentField):
    """Accepted by content; the name keeps the words of the upload's, the ending is that of the content."""

    def to_python(self, data):
        """The upload under its new name; ValidationError for kinds that are not accepted."""
        file = FileField.to_python(self, data)
        if file is not None:
            checked = check_document(file)
            words = slugify_de(PurePath(file.name).stem)
            file.name = f"{words}.{checked.ext}" if words else checked.name
        return file


class _NothingUnchecked:
    """Wagtail's multiple upload puts a file aside, as it came, when only another field is wrong: refuse it instead."""

    def clean(self):
        """The multiple upload is known by its plain dictionary; other forms post a QueryDict."""
        cleaned = super().clean()
        others = [message for name in self.errors if name != "file" for message in self.errors[name]]
        if others and not isinstance(self.data, QueryDict):
            self.add_error("file", others)
        return cleaned


class PictureForm(_NothingUnchecked, BaseImageForm):
    """WAGTAILIMAGES_IMAGE_FORM_BASE."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _replace(self, "file", PictureField)


class DocumentForm(_NothingUnchecked, BaseDocumentForm):
    """WAGTAILDOCS_DOCUMENT_FORM_BASE."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _replace(self, "file", DocumentField)


class VideoForm(WagtailAdminModelForm):
    """A video and its captions, recognised by content; what they are is noted for serving them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "collection" in self.fields and self.for_user is not None:
            policy = policy_registry.get_by_type(self._meta.model)
            self.fields["collection"].queryset = policy.collections_user_has_permission_for(
                self.for_user, "add"
            )

    def clean_file(self):
        """MP4 or WebM under a random name."""
        file = self.cleaned_data["file"]
        if "file" in self.changed_data:
            checked = check_video(file)
            file.name = checked.name
            self.instance.content_type, self.instance.file_size = checked.content_type, checked.size
        return file

    def clean_captions(self):
        """WebVTT, stored under a random name."""
        file = self.cleaned_data["captions"]
        if "captions" in self.changed_data:
            file = ContentFile(file.read(), name=check_captions(file).name)
        return file


def _replace(form, name, field_class):
    """Put a field of another class into its predecessor's place, with its label and widget."""
    if name in form.fields:
        old = form.fields[name]
        form.fields[name] = field_class(required=old.required, label=old.label, widget=old.widget)
