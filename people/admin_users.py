"""The people screens in Wagtail's admin, with our user table's fields (A8: our own form)."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet

from people.models import User

FIELDS = {"email", "first_name", "last_name", "is_superuser", "groups", "handle", "job_title", "department", "location", "manager"}


class PersonEditForm(UserEditForm):
    """Edits a colleague."""

    handle = forms.SlugField(label=_("Handle"), max_length=60, allow_unicode=False)

    class Meta(UserEditForm.Meta):
        model = User
        fields = FIELDS | {"is_active"}


class PersonCreationForm(UserCreationForm):
    """Creates a colleague."""

    handle = forms.SlugField(label=_("Handle"), max_length=60, allow_unicode=False)

    class Meta(UserCreationForm.Meta):
        model = User
        fields = FIELDS


class PersonViewSet(UserViewSet):
    """Wagtail's user screens."""

    def get_form_class(self, for_update=False):
        """Our forms."""
        return PersonEditForm if for_update else PersonCreationForm
