"""Pictures in comments, through the permission check (A20)."""

from django.http import Http404
from django.views.decorators.http import require_safe

from feed.models import Attachment
from people.views.media import send_file

SECONDS = 300  # in the reader's own browser; a hidden picture is gone from there after five minutes


@require_safe
def attachment(request, pk):
    """The picture, or its small version with ?size=s; the same 404 for hidden, unsent by others and absent."""
    row = Attachment.objects.select_related("post", "comment__post").filter(pk=pk).first()
    if row is None or not row.visible_to(request.user):
        raise Http404
    small = request.GET.get("size") == "s" and row.preview
    return send_file(row.preview if small else row.file, request=request, seconds=SECONDS)
