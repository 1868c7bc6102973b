"""What live updates hold of a person: how far they have read. Open pages of somebody who leaves end at once."""

from feed.actions import announcing
from feed.models import LiveEvent, ReadMark
from people import registries

READ = {"feed.ReadMark.user"}


def read(*, user):
    """How far they have read each stream."""
    marks = ReadMark.objects.filter(user=user).order_by("stream")
    return [{"stream": mark.stream, "published_at": mark.published_at} for mark in marks]


def erase_read(*, user, keep_content):
    """Marks go, and what was announced minutes ago."""
    ReadMark.objects.filter(user=user).delete()
    LiveEvent.objects.filter(author_id=user.pk).delete()
    LiveEvent.objects.filter(user_id=user.pk).delete()


def register():
    """Called when the app is ready."""
    registries.export.register("read_marks", read, READ)
    registries.erasure.register("read_marks", erase_read, READ)
    registries.leaving.register("live", announcing.somebody_leaves)
