"""The people screens in Wagtail's admin: our own forms, so that nobody gives more than they have (A8, A11, A12)."""

from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import CreateView, EditView, IndexView, UserViewSet

from people import roles
from people.actions import audiences, leaving
from people.addresses import check_address
from people.handles import check_handle, skeleton
from people.models import User

DIRECTORY = {"email", "first_name", "last_name", "handle", "job_title", "department", "location", "manager"}
FIELDS = DIRECTORY | {"is_superuser", "groups"}


class PersonForm:
    """What creating and editing share. `editor` is who uses the form; only administrators give every role."""

    def __init__(self, *args, editor, **kwargs):
        super().__init__(*args, **kwargs)
        self.editor = editor
        groups = Group.objects.filter(name__in=roles.ALL).order_by("name")
        if not editor.is_administrator:
            self.fields.pop("is_superuser", None)
            groups = groups.filter(name__in=editor.access.roles)
        self.fields["groups"].queryset = groups
        self.fields["groups"].label = _("Roles")
        self.fields["groups"].label_from_instance = lambda group: roles.NAMES[group.name]
        order = (
            "first_name",
            "last_name",
            "email",
            "handle",
            "job_title",
            "department",
            "location",
            "manager",
        )
        self.order_fields([*order, "password1", "password2", "is_active", "groups", "is_superuser"])
        self.fields["last_name"].required = self.fields["first_name"].required = False

    def clean_email(self):
        """One plain spelling, so that two accounts never differ in case only."""
        return check_address(self.cleaned_data["email"])

    def clean_handle(self):
        """No handle that looks like another's."""
        handle = check_handle(self.cleaned_data["handle"])
        others = User.objects.exclude(pk=self.instance.pk).values_list("handle", flat=True)
        if skeleton(handle) in {skeleton(other) for other in others}:
            raise forms.ValidationError(_("This handle looks like a colleague’s. Please choose another one."))
        return handle

    def _save_m2m(self):
        """Give the roles that this form shows; a blog's own group and roles beyond the editor's stay as they are."""
        shown = self.fields["groups"].queryset
        kept = self.instance.groups.exclude(pk__in=shown.values("pk"))
        self.cleaned_data["groups"] = [*kept, *self.cleaned_data["groups"]]
        super()._save_m2m()
        audiences.recompute_all()


class PersonEditForm(PersonForm, UserEditForm):
    """Edits a colleague. Leaving and coming back go through people.actions.leaving."""

    class Meta(UserEditForm.Meta):
        model = User
        fields = FIELDS | {"is_active"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.editor.is_administrator:
            # With another's password or address one could sign in as them.
            for name in ("email", "password1", "password2"):
                self.fields.pop(name, None)

    def clean_password2(self):
        """Wagtail's rule, for those who may set a password."""
        return super().clean_password2() if "password1" in self.fields else None

    def save(self, commit=True):
        """Deactivation ends sessions, keys and roles as well (A12)."""
        self.cleaned_data.setdefault("password1", "")
        active = self.cleaned_data.get("is_active", self.instance.is_active)
        before = User.objects.filter(pk=self.instance.pk, is_active=True).exists()
        user = super().save(commit=commit)
        if commit and before and not active:
            leaving.deactivate(user=user, by=self.editor)
        elif commit and active and not before:
            leaving.reactivate(user=user)
        return user


class PersonCreationForm(PersonForm, UserCreationForm):
    """Creates a colleague."""

    class Meta(UserCreationForm.Meta):
        model = User
        fields = FIELDS


class WithEditor:
    """Tells the form who uses it."""

    def get_form_kwargs(self):
        """Adds `editor`."""
        return {**super().get_form_kwargs(), "editor": self.request.user}


class PersonCreateView(WithEditor, CreateView):
    """Adds a colleague."""


class PersonEditView(WithEditor, EditView):
    """Administrators are changed by administrators only."""

    def setup(self, request, *args, **kwargs):
        """Nobody is deleted here: `manage.py erase_person` hands over or removes what they wrote (A34)."""
        super().setup(request, *args, **kwargs)
        if self.object.is_superuser and not request.user.is_administrator:
            raise PermissionDenied
        self.can_delete = False


class PersonIndexView(IndexView):
    """The list, without deleting and without Wagtail's bulk actions (intranet.urls refuses those)."""

    @cached_property
    def columns(self):
        """Without the boxes for bulk actions; what people sign in with is called by its name."""
        found = super().columns[1:]
        found[1].label = _("E-mail")
        return found

    def get_delete_url(self, instance):
        """None: rows of people stay, as authors of what they wrote."""
        return


def refuse(request, *args, **kwargs):
    """For deleting and Wagtail's bulk actions: they would pass by people.actions; deactivate, or erase by command."""
    raise PermissionDenied


class PersonViewSet(UserViewSet):
    """Wagtail's user screens with our forms."""

    index_view_class = PersonIndexView
    add_view_class = PersonCreateView
    edit_view_class = PersonEditView
    delete_view = staticmethod(refuse)
    create_template_name = "people/admin/person_create.html"
    edit_template_name = "people/admin/person_edit.html"

    def get_form_class(self, for_update=False):
        """Our forms."""
        return PersonEditForm if for_update else PersonCreationForm
