"""What people adds to Wagtail's admin: videos, audiences, departments, locations."""

from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from people.file_forms import VideoForm
from people.models import Video


class VideoViewSet(SnippetViewSet):
    """Videos with captions, checked when uploaded."""

    model = Video
    icon = "media"
    list_display = ["title", "captions_language", "created_at"]
    edit_handler = ObjectList(
        [FieldPanel(name) for name in ("title", "file", "captions", "captions_language", "collection")],
        base_form_class=VideoForm,
    )


register_snippet(VideoViewSet)
