"""Files before a post is sent: taken one by one, described in the composer, removed again."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from feed.actions import attaching, uploading
from feed.models import Attachment
from people import ratelimit


@require_POST
def upload(request):
    """One file: 201 with its row in the composer; 422 and 429 with the reason. With `video`: captions of that video."""
    file = request.FILES.get("file")
    if file is None:
        return _said(_("Choose a file."), status=422)
    video = _unsent(request.user, request.POST["video"]) if "video" in request.POST else None
    if video is not None and video.kind != Attachment.Kind.VIDEO:
        raise Http404
    try:
        ratelimit.check(request.user, "upload")
        row = (
            uploading.take_captions(video=video, file=file)
            if video
            else uploading.take(owner=request.user, file=file)
        )
    except ValidationError as error:
        return _said("; ".join(error.messages), status=422)
    except ratelimit.TooMany as error:
        minutes = -(-error.retry_after // 60)
        wait = ngettext(
            "That were many files. The next one can come in %(n)s minute.",
            "That were many files. The next one can come in %(n)s minutes.",
            minutes,
        )
        answer = _said(wait % {"n": minutes}, status=429)
        answer["Retry-After"] = str(error.retry_after)
        return answer
    return render(request, "feed/composer/_file.html", {"file": row}, status=201)


@require_POST
def remove(request, pk):
    """Take back one's own unsent file. 204; 404 for those of others, sent and absent ones."""
    attaching.drop(attachment=_unsent(request.user, pk))
    return HttpResponse(status=204)


def _unsent(user, pk):
    try:
        found = attaching.find_unsent(owner=user, ids=[UUID(str(pk))])
    except ValueError:
        raise Http404 from None
    if not found:
        raise Http404
    return found[0]


def _said(text, *, status):
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
