"""Forms of the blog pages."""

from django import forms

from blog.models import BlogRequest
from people.text import clean_line, clean_text


class RequestForm(forms.ModelForm):
    """Title, purpose and language of the blog that somebody wants."""

    class Meta:
        model = BlogRequest
        fields = ["title", "purpose", "language"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.fields:
            self.fields[name].widget.attrs["class"] = "input"
        self.fields["purpose"].widget.attrs["rows"] = 5

    def clean_title(self):
        return clean_line(self.cleaned_data["title"], max_chars=120)

    def clean_purpose(self):
        return clean_text(self.cleaned_data["purpose"], max_chars=1000)
