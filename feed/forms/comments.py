"""Comments: writing and changing them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from feed.forms.fields import KeyedForm, TypedText
from feed.forms.pictures import PictureFields
from feed.forms.questions import TO_CHARS, find_asked
from feed.models.comment import MAX_CHARS


class CommentForm(PictureFields, KeyedForm):
    """A comment: a text, up to four pictures each with a description, or both.

    It may `ask` (then `cleaned_data["question"]` says whom) and quote a paragraph (`cited_…`; the words are ours).
    """

    body = TypedText(most=MAX_CHARS, required=False)
    ask = forms.BooleanField(required=False)
    to = forms.CharField(max_length=TO_CHARS, required=False)
    confirm_group = forms.BooleanField(required=False)
    cited_page = forms.CharField(max_length=20, required=False)
    cited_anchor = forms.CharField(max_length=64, required=False)
    cited_words = forms.CharField(max_length=2000, required=False)

    def __init__(self, *args, user=None, **kwargs):
        """`user`: whose quota counts."""
        super().__init__(*args, **kwargs)
        self.add_picture_fields(user)

    def clean(self):
        """The pictures; something must be there."""
        data = super().clean()
        self.read_pictures(data)
        if not data.get("body") and not self.pictures and not self.errors:
            self.add_error("body", _("Write something first."))
        data["question"] = find_asked(self, data) if data.get("ask") else None
        return data


class EditForm(forms.Form):
    """Another wording of one's own comment or post; `version` is the one that was shown."""

    body = TypedText(most=MAX_CHARS)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**6)

    def __init__(self, *args, draft="", most=MAX_CHARS, **kwargs):
        """What is there now, or the `draft` that was kept while changing it. `most`: characters."""
        super().__init__(*args, **kwargs)
        self.fields["body"].most = most
        self.has_draft = bool(draft)
        if draft:
            self.initial["body"] = draft
