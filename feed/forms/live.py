"""What open pages ask by themselves."""

from django import forms

STREAM = r"^[a-z-]{1,20}(:[0-9]{1,18})?$"
MOST_POSTS = 200


class MarkForm(forms.Form):
    """How far a stream was read."""

    stream = forms.RegexField(STREAM, max_length=40)
    since = forms.DateTimeField(input_formats=["%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%dT%H:%M:%S%z"])
