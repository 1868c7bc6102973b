"""What the admin offers: only what this product uses, in the order of a working day."""

from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.signals import workflow_approved, workflow_rejected, workflow_submitted

from blog.admin import blogs, featuring
from blog.models import ArticlePage
from people.models import User

HIDDEN = {"forms", "redirects", "snippets", "styleguide", "locales", "sites", "groups", "collections", "workflows",
    "help",
          "workflow-tasks"}  # fmt: skip
REPORTS = {"locked-pages", "workflows", "site-history", "aging-pages", "failed-tasks"}


class ForCommunications(MenuItem):
    """Shown to Communications and administrators."""

    def is_shown(self, request):
        return request.user.is_communications


class ForModerators(MenuItem):
    """Shown to moderators."""

    def is_shown(self, request):
        return request.user.is_moderator


@hooks.register("register_admin_urls")
def register_urls():
    """Below /admin/blogs/, /admin/blog-requests/ and /admin/feature/."""
    own = [
        path("", blogs.index, name="index"),
        path("new/", blogs.new, name="new"),
        path("<int:blog_id>/", blogs.edit, name="edit"),
        path("<int:blog_id>/archive/", blogs.archive, name="archive"),
    ]
    wishes = [
        path("", blogs.requests, name="index"),
        path("<int:request_id>/", blogs.decide, name="decide"),
    ]
    return [
        path("blogs/", include((own, "blog_admin"))),
        path("blog-requests/", include((wishes, "blog_requests"))),
        path("feature/<int:page_id>/", featuring.feature, name="blog_feature"),
    ]


@hooks.register("register_admin_menu_item")
def write_item():
    """From anywhere in the admin to a new article."""
    return MenuItem(gettext_lazy("Write"), reverse("blog:write"), icon_name="edit", order=50)


@hooks.register("register_admin_menu_item")
def blogs_item():
    """The blogs, their people and rules."""
    return ForCommunications(
        gettext_lazy("Blogs"), reverse("blog_admin:index"), icon_name="list-ul", order=90
    )


@hooks.register("register_admin_menu_item")
def requests_item():
    """Who wants one."""
    return ForCommunications(
        gettext_lazy("Requests"), reverse("blog_requests:index"), icon_name="help", order=95
    )


@hooks.register("register_admin_menu_item")
def moderation_item():
    """The queue is a page of the intranet itself."""
    return ForModerators(
        gettext_lazy("Moderation"), reverse("feed:moderation"), icon_name="warning", order=96
    )


@hooks.register("construct_main_menu")
@hooks.register("construct_settings_menu")
def hide_what_is_not_used(request, items):
    """Wagtail registers these by itself; their addresses are closed by blog.admin.door."""
    items[:] = [item for item in items if item.name not in HIDDEN]


@hooks.register("construct_reports_menu")
def only_useful_reports(request, items):
    """Each of these lists only what the person reaches."""
    items[:] = [item for item in items if item.name in REPORTS]


@hooks.register("register_page_listing_more_buttons")
def feature_in_listing(page, user, next_url=None):
    """Beside each published article."""
    yield from _feature(page, user)


@hooks.register("register_page_header_buttons")
def feature_in_editor(page, user, view_name, next_url=None):
    """In the menu at the top of the editor."""
    yield from _feature(page, user)


def _feature(page, user):
    if user.is_communications and page.live and page.specific_class is ArticlePage:
        yield Button(
            _("Feature on home"), reverse("blog_feature", args=[page.pk]), icon_name="pick", priority=55
        )


@hooks.register("get_avatar_url")
def own_face(user, size):
    """The photo that colleagues see; nothing is asked from a third party (fact 19)."""
    if isinstance(user, User) and user.photo_small:
        return reverse("people:photo", args=[user.handle, "small"])
    return None


@hooks.register("insert_global_admin_css")
def own_colours():
    """The wordmark beside the menu."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


# Decisions about articles are told by the bell (blog.actions.approving); mail comes through one door only.
for signal, name in (
    (workflow_submitted, "submitted"),
    (workflow_rejected, "rejected"),
    (workflow_approved, "approved"),
):
    signal.disconnect(dispatch_uid=f"workflow_state_{name}_email_notification")
