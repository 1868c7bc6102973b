from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class IntranetConfig(AppConfig):
    name = "intranet"
    default_auto_field = "django.db.models.BigAutoField"


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's user screens, with our form (people.admin_users)."""

    user_viewset = "people.admin_users.PersonViewSet"
