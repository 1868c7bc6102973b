"""One file that somebody puts into a post: read, recognised by its content, stored until the post is sent (A20)."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.utils.translation import gettext_lazy as _

from feed.actions import attaching
from feed.models import Attachment
from people.models import User
from people.text import clean_line
from people.uploads import check_captions, check_document, check_quota, check_video, process_image
from people.uploads.images import sniff
from people.uploads.scanning import scan

NAME_CHARS = 200
Kind = Attachment.Kind


def take(*, owner: User, file: File) -> Attachment:
    """Store a photo, a video or a document; its bytes decide which. Raises ValidationError in words."""
    check_quota(owner, file.size)
    name, head = file_name(name=file.name), _head(file)
    if sniff(head[:16]):
        picture = process_image(file, max_side=attaching.MAX_SIDE)
        preview = process_image(picture.content, max_side=attaching.PREVIEW_SIDE)
        picture.content.seek(0)
        return attaching.keep(owner=owner, picture=picture, preview=preview, alt="", name=name)
    if _is_video(head):
        checked = check_video(file)
        _scan(file)
        return attaching.keep_file(owner=owner, file=file, checked=checked, kind=Kind.VIDEO, name=name)
    checked = check_document(file)
    return attaching.keep_file(owner=owner, file=file, checked=checked, kind=Kind.DOCUMENT, name=name)


def take_captions(*, video: Attachment, file: File) -> Attachment:
    """Captions (.vtt) for an unsent video. Raises ValidationError in words."""
    check_quota(video.owner, file.size)
    checked = check_captions(file)
    file.seek(0)
    data = file.read().decode("utf-8-sig").encode()
    return attaching.add_captions(video=video, file=ContentFile(data), checked=checked)


def describe(*, attachment: Attachment, alt: str, credit: str) -> Attachment:
    """Set (not yet store) what was typed beside a file. Raises ValidationError for texts too long."""
    attachment.alt = clean_line(alt, max_chars=500)
    attachment.credit = clean_line(credit, max_chars=200)
    return attachment


def file_name(*, name: str) -> str:
    """What the owner called the file, without path, control characters and bidi controls; at most 200 characters."""
    last = (name or "").replace("\\", "/").rsplit("/", 1)[-1]
    try:
        return clean_line(last[:NAME_CHARS], max_chars=NAME_CHARS) or str(_("file"))
    except ValidationError:
        return str(_("file"))


def _head(file):
    file.seek(0)
    head = file.read(64)
    file.seek(0)
    return head


def _is_video(head):
    return head[4:8] == b"ftyp" or head.startswith(b"\x1a\x45\xdf\xa3")


def _scan(file):
    """The scanner, if the company has one, sees the whole video."""
    if settings.UPLOAD_SCANNER:
        file.seek(0)
        scan(file.read())
        file.seek(0)
