"""What people adds to Wagtail's admin: videos, audiences, departments, locations."""

from wagtail.snippets.models import register_snippet

from people.models import Video

register_snippet(Video)
