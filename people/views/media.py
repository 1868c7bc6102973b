"""Every stored byte goes through here and asks who may see it (A20). Originals and renditions alike."""

from pathlib import PurePath
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from wagtail.images import get_image_model

from people.byte_ranges import ranged
from people.models import DocumentFile, Rendition, Video

# Of what the intake stores. Python's own table knows neither WebP nor office files where /etc/mime.types is missing.
OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"
TYPES = {
    ".avif": "image/avif", ".gif": "image/gif", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png",
    ".webp": "image/webp", ".mp4": "video/mp4", ".webm": "video/webm", ".vtt": "text/vtt", ".pdf": "application/pdf",
    ".txt": "text/plain", ".csv": "text/csv", ".docx": f"{OFFICE}.wordprocessingml.document",
    ".xlsx": f"{OFFICE}.spreadsheetml.sheet", ".pptx": f"{OFFICE}.presentationml.presentation",
    ".odt": f"{OPEN}.text", ".ods": f"{OPEN}.spreadsheet", ".odp": f"{OPEN}.presentation",
}  # fmt: skip
INLINE = {
    "image/avif",
    "image/gif",
    "image/jpeg",
    "image/png",
    "image/webp",
    "video/mp4",
    "video/webm",
    "text/vtt",
}


def send_file(file, *, request=None, filename="", seconds=0):
    """A stored file as an answer: private caching for `seconds`, nosniff, no scripts, download unless known harmless.

    With X_ACCEL_PREFIX set, nginx sends the bytes; otherwise this process does, by range when asked (RFC 9110 §14).
    """
    kind = TYPES.get(PurePath(file.name).suffix.lower(), "application/octet-stream")
    attachment = kind not in INLINE
    if settings.X_ACCEL_PREFIX:
        response = HttpResponse(content_type=kind)
        response["X-Accel-Redirect"] = settings.X_ACCEL_PREFIX + quote(file.name)
    else:
        try:
            opened = file.storage.open(file.name, "rb")
        except FileNotFoundError:
            raise Http404 from None
        response = ranged(request, opened, kind) or FileResponse(opened, content_type=kind)
    disposition = content_disposition_header(attachment, filename or file.name.rsplit("/", 1)[-1])
    response["Content-Disposition"] = disposition or "inline"
    response["Cache-Control"] = f"private, max-age={seconds}" if seconds else "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response._csp_exempt = True
    return response


def _found_for(user, queryset, pk):
    """The file with `pk` if its collection's audience includes `user`; hidden and absent are the same 404 (A3)."""
    found = queryset.select_related("collection__collection_audience").filter(pk=pk).first()
    if found is None or not found.visible_to(user):
        raise Http404
    return found


@login_required
@require_safe
def rendition(request, pk, name):
    """A size of a picture, for those who may see its collection."""
    found = Rendition.objects.select_related("image__collection__collection_audience").filter(pk=pk).first()
    if found is None or not found.image.visible_to(request.user):
        raise Http404
    return send_file(found.file, request=request, seconds=3600)


@login_required
@require_safe
def picture(request, pk):
    """The original of a picture."""
    return send_file(_found_for(request.user, get_image_model().objects.all(), pk).file, request=request)


@login_required
@require_safe
def document(request, pk, name=""):
    """A document, always as a download."""
    found = _found_for(request.user, DocumentFile.objects.all(), pk)
    return send_file(found.file, request=request, filename=found.filename)


@login_required
@require_safe
def video(request, pk):
    """A video, by range."""
    return send_file(_found_for(request.user, Video.objects.all(), pk).file, request=request, seconds=3600)


@login_required
@require_safe
def captions(request, pk):
    """The captions of a video."""
    return send_file(
        _found_for(request.user, Video.objects.all(), pk).captions, request=request, seconds=3600
    )


@login_required
@require_safe
def stored(request, path):
    """A file by its stored name, for the few places of Wagtail's admin that ask for it; the same rule."""
    folder = path.split("/", 1)[0]
    models = {
        "original_images": [(get_image_model(), "file")],
        "documents": [(DocumentFile, "file")],
        "videos": [(Video, "file"), (Video, "captions")],
    }
    for model, field in models.get(folder, ()):
        found = (
            model.objects.select_related("collection__collection_audience").filter(**{field: path}).first()
        )
        if found is not None and found.visible_to(request.user):
            return send_file(getattr(found, field), request=request)
    raise Http404
