"""What people adds to Wagtail's admin: videos, audiences, departments, locations."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from people.admin_directory import DirectoryGroup
from people.admin_jobs import failed_messages, failed_tasks
from people.file_forms import VideoForm
from people.models import Video
from people.permissions import readable_collections


class ReadableVideos:
    """The chooser's list: videos of collections that the person may read."""

    def get_object_list(self):
        return _readable(super().get_object_list(), self.request.user)


class ChooseVideo(ReadableVideos, ChooseView):
    """The chooser."""


class ChooseVideoResults(ReadableVideos, ChooseResultsView):
    """Its results."""


class VideoChooserViewSet(SnippetChooserViewSet):
    """Chooses a video for an article."""

    choose_view_class = ChooseVideo
    choose_results_view_class = ChooseVideoResults


class VideoViewSet(SnippetViewSet):
    """Videos with captions, checked when uploaded."""

    model = Video
    icon = "media"
    list_display = ["title", "captions_language", "created_at"]
    menu_order = 320
    add_to_admin_menu = True
    chooser_viewset_class = VideoChooserViewSet
    edit_handler = ObjectList(
        [FieldPanel(name) for name in ("title", "file", "captions", "captions_language", "collection")],
        base_form_class=VideoForm,
    )

    def get_queryset(self, request):
        """Videos that the person may see."""
        return _readable(Video.objects.all(), request.user)


def _readable(videos, user):
    return videos.filter(collection__in=readable_collections(user).values("pk"))


register_snippet(VideoViewSet)


@hooks.register("register_admin_viewset")
def directory():
    """Audiences, departments and locations."""
    return DirectoryGroup()


class ForAdministrators(MenuItem):
    """Shown to administrators."""

    def is_shown(self, request):
        return request.user.is_administrator


@hooks.register("register_admin_urls")
def task_urls():
    """Below /admin/reports/."""
    return [
        path("reports/failed-tasks/", failed_tasks, name="failed_tasks"),
        path("reports/failed-mails/", failed_messages, name="failed_messages"),
    ]


@hooks.register("register_reports_menu_item")
def failed_tasks_item():
    """Background tasks that failed for good."""
    return ForAdministrators(
        gettext_lazy("Failed tasks"),
        reverse("failed_tasks"),
        name="failed-tasks",
        icon_name="warning",
        order=900,
    )


@hooks.register("register_reports_menu_item")
def failed_messages_item():
    """Mails that were given up."""
    return ForAdministrators(
        gettext_lazy("Failed mails"),
        reverse("failed_messages"),
        name="failed-mails",
        icon_name="mail",
        order=910,
    )
