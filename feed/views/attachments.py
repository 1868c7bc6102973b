"""Files in posts and comments, through the permission check (A20)."""

from django.http import Http404
from django.views.decorators.http import require_safe

from feed.models import Attachment
from people.views.media import send_file

SECONDS = 300  # in the reader's own browser; a hidden picture is gone from there after five minutes


@require_safe
def attachment(request, pk):
    """The file: pictures and videos shown (?size=s: the small picture), documents as a download under their name.

    The same 404 for hidden, unsent by others and absent.
    """
    row = _found(request.user, pk)
    if row.kind == Attachment.Kind.DOCUMENT:
        return send_file(row.file, request=request, filename=row.name)
    small = request.GET.get("size") == "s" and row.preview
    return send_file(row.preview if small else row.file, request=request, seconds=SECONDS)


@require_safe
def captions(request, pk):
    """The captions of a video, for those who may see it."""
    row = _found(request.user, pk)
    if not row.captions:
        raise Http404
    return send_file(row.captions, request=request, seconds=SECONDS)


def _found(user, pk):
    row = Attachment.objects.select_related("post", "comment__post").filter(pk=pk).first()
    if row is None or not row.visible_to(user):
        raise Http404
    return row
