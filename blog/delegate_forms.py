"""The form by which the owner of a blog names a delegate."""

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.models import Blog
from people.forms.person_field import PersonField


class DelegateForm(forms.Form):
    """Who, where, until when."""

    delegate = PersonField(label=_("Delegate"))
    blog = forms.ModelChoiceField(label=_("Blog"), queryset=Blog.objects.none(), empty_label=None)
    last_day = forms.DateField(
        label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args, blogs, titles, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["blog"].queryset = blogs
        self.fields["blog"].label_from_instance = lambda blog: titles.get(blog.pk, str(blog))
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"
