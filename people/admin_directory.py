"""Departments, locations and audiences in Wagtail's admin. Who is in an audience is computed at once (A4)."""

from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from people import audit, roles
from people.actions import audiences, departments
from people.actions.folding import refold
from people.models import Audience, Department, Location, RoleGrant


class AudienceForm(WagtailAdminModelForm):
    """A rule over the directory, named people, or both."""

    def save(self, commit=True):
        """The membership follows before anybody asks for it."""
        audience = super().save(commit=commit)
        if commit:
            added, removed = audiences.recompute(audience=audience)
            detail = {"added": added, "removed": removed}
            audit.record(action="people.audience.members", by=None, target=audience, detail=detail)
        return audience


class DepartmentForm(WagtailAdminModelForm):
    """Its place in the tree decides who belongs to audiences."""

    def clean_parent(self):
        """Not below itself."""
        parent = self.cleaned_data["parent"]
        if (
            parent is not None
            and self.instance.pk
            and f"/{self.instance.pk}/" in f"{parent.path}{parent.pk}/"
        ):
            raise ValidationError(_("A department cannot be part of itself."))
        return parent

    def save(self, commit=True):
        """Paths below and audiences follow."""
        department = super().save(commit=False)
        if commit:
            departments.place(department=department, parent=self.cleaned_data["parent"])
            audiences.recompute_all()
        return department


class LocationForm(WagtailAdminModelForm):
    """Its people are found by its name."""

    def save(self, commit=True):
        """What the directory finds follows."""
        location = super().save(commit=commit)
        if commit:
            refold(users=location.people.all())
        return location


class OwnAudiences:
    """Administrators see all audiences, Communications those they are in: otherwise they could let themselves in.

    Those that the program keeps (departments, communities) are edited by nobody, and a closed community is not listed.
    """

    def get_base_queryset(self):
        """For the list."""
        return _manageable(super().get_base_queryset(), self.request.user)

    def get_object(self, queryset=None):
        """For one: what is not theirs is absent."""
        return get_object_or_404(
            _manageable(Audience.objects.all(), self.request.user), pk=unquote(str(self.kwargs["pk"]))
        )


class AudienceIndexView(OwnAudiences, generic.IndexView):
    """The list."""


class AudienceEditView(OwnAudiences, generic.EditView):
    """One audience."""


class AudienceDeleteView(OwnAudiences, generic.DeleteView):
    """An audience that nothing uses."""


class AudienceUsageView(OwnAudiences, generic.UsageView):
    """What an audience is used for."""


def _manageable(found, user):
    found = found.filter(is_kept=False)
    if user.is_administrator:
        return found
    # Whoever edits an audience that carries a role gives the role (A8).
    beyond = RoleGrant.objects.exclude(role__in=roles.grantable(user)).values("audience")
    return found.filter(pk__in=user.access.audience_ids).exclude(pk__in=beyond)


class AudienceViewSet(ModelViewSet):
    """Who may read restricted blogs and articles."""

    model = Audience
    index_view_class = AudienceIndexView
    edit_view_class = AudienceEditView
    delete_view_class = AudienceDeleteView
    usage_view_class = AudienceUsageView
    icon = "group"
    menu_label = _("Audiences")
    list_display = [
        "name",
        Column("size", label=_("People"), accessor=lambda audience: audience.members.count()),
    ]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel(name)
            for name in ("name", "departments", "locations", "employment", "language", "extra_members")
        ],
        base_form_class=AudienceForm,
    )


class DepartmentViewSet(ModelViewSet):
    """The tree of departments."""

    model = Department
    icon = "list-ul"
    menu_label = _("Departments")
    list_display = ["name", "parent", "lead"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [FieldPanel(name) for name in ("name", "parent", "lead")], base_form_class=DepartmentForm
    )


class LocationViewSet(ModelViewSet):
    """Where people work."""

    model = Location
    icon = "site"
    menu_label = _("Locations")
    list_display = ["name", "country", "time_zone"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [FieldPanel(name) for name in ("name", "country", "time_zone")], base_form_class=LocationForm
    )


class DirectoryGroup(ModelViewSetGroup):
    """One menu entry for the three."""

    menu_label = _("Directory")
    menu_icon = "group"
    menu_order = 350
    items = (AudienceViewSet("audiences"), DepartmentViewSet("departments"), LocationViewSet("locations"))
