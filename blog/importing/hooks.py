"""Moving in in Wagtail's admin: menu entry and addresses. Imported by blog.wagtail_hooks."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from blog.importing import views

urls = (
    [
        path("", views.index, name="index"),
        path("new/", views.new, name="new"),
        path("<int:run_id>/", views.show, name="run"),
        path("<int:run_id>/go/", views.go, name="go"),
        path("<int:run_id>/stop/", views.stop, name="stop"),
        path("<int:run_id>/discard/", views.discard, name="discard"),
    ],
    "moving_in",
)


class MovingInItem(MenuItem):
    """Shown to communications and administrators."""

    def is_shown(self, request):
        return request.user.is_communications


@hooks.register("register_admin_urls")
def register_urls():
    """Below /admin/moving-in/."""
    return [path("moving-in/", include(urls))]


@hooks.register("register_admin_menu_item")
def register_menu_item():
    """Entry "Moving in"."""
    return MovingInItem(_("Moving in"), reverse("moving_in:index"), icon_name="download", order=8000)
