"""The company's values in Wagtail's admin: communications keeps the list that thanks may name."""

from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.viewsets.model import ModelViewSet

from feed.models import CompanyValue


class CompanyValueViewSet(ModelViewSet):
    """Names in both languages, their order, and which are offered. One that is not offered stays on older thanks."""

    model = CompanyValue
    icon = "pick"
    menu_label = gettext_lazy("Company values")
    menu_order = 340
    add_to_settings_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    list_display = ["name_de", "name_en", "position", "is_active"]
    panels = [
        MultiFieldPanel([FieldPanel("name_de"), FieldPanel("name_en")]),
        FieldPanel("position"),
        FieldPanel("is_active"),
    ]


@hooks.register("register_admin_viewset")
def company_values():
    """In the settings menu."""
    return CompanyValueViewSet("company_values")
