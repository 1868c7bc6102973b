"""Documents, videos and captions: what they are is read from their bytes, never believed from name or header."""

import io
import secrets
import zipfile
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from people.uploads.limits import read_limited, too_heavy
from people.uploads.scanning import scan

MAX_DOCUMENT = 25 * 1024 * 1024
MAX_VIDEO = 200 * 1024 * 1024
MAX_CAPTIONS = 1024 * 1024
MAX_UNPACKED = 400 * 1024 * 1024
MAX_MEMBERS = 10_000

_OOXML = "application/vnd.openxmlformats-officedocument."
_OFFICE = {
    "word/document.xml": ("docx", f"{_OOXML}wordprocessingml.document"),
    "xl/workbook.xml": ("xlsx", f"{_OOXML}spreadsheetml.sheet"),
    "ppt/presentation.xml": ("pptx", f"{_OOXML}presentationml.presentation"),
}
_OPEN_DOCUMENT = {
    f"application/vnd.oasis.opendocument.{name}": ext
    for name, ext in (("text", "odt"), ("spreadsheet", "ods"), ("presentation", "odp"))
}
_MP4_BRANDS = (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"dash")


@dataclass(frozen=True)
class CheckedFile:
    """What an accepted file is: `content_type` to serve it with, `ext` without dot, `size` in bytes, a new `name`."""

    content_type: str
    ext: str
    size: int

    @property
    def name(self) -> str:
        """A new file name that says nothing about the uploader's."""
        return f"{secrets.token_hex(16)}.{self.ext}"


def check_document(file) -> CheckedFile:
    """Accept PDF, Word, Excel, PowerPoint, OpenDocument, plain text and CSV of at most 25 MB, without macros.

    Raises ValidationError for every other content, for archives that unpack to more than 400 MB and for damaged ones.
    """
    data = read_limited(file, MAX_DOCUMENT)
    scan(data)
    if data.startswith(b"%PDF-"):
        return CheckedFile("application/pdf", "pdf", len(data))
    if data.startswith(b"PK\x03\x04"):
        ext, content_type = _office(data)
        return CheckedFile(content_type, ext, len(data))
    if _is_text(data):
        is_csv = str(getattr(file, "name", "")).lower().endswith(".csv")
        return CheckedFile("text/csv" if is_csv else "text/plain", "csv" if is_csv else "txt", len(data))
    raise _refused()


def check_video(file) -> CheckedFile:
    """Accept an MP4 or WebM container of at most 200 MB. Raises ValidationError otherwise. Reads only the beginning."""
    size = file.size
    if size > MAX_VIDEO:
        raise too_heavy(MAX_VIDEO)
    file.seek(0)
    head = file.read(4096)
    file.seek(0)
    if head[4:8] == b"ftyp" and head[8:12] in _MP4_BRANDS:
        return CheckedFile("video/mp4", "mp4", size)
    if head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head[:64]:
        return CheckedFile("video/webm", "webm", size)
    raise ValidationError(_("Please upload an MP4 or WebM video."), code="video_type")


def check_captions(file) -> CheckedFile:
    """Accept a WebVTT file in UTF-8 of at most 1 MB. Raises ValidationError otherwise."""
    data = read_limited(file, MAX_CAPTIONS)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(_("The captions must be saved as UTF-8."), code="captions") from error
    if not text.startswith("WEBVTT") or "\x00" in text or "-->" not in text:
        raise ValidationError(_("Please upload the captions as a WebVTT file (.vtt)."), code="captions")
    return CheckedFile("text/vtt", "vtt", len(data))


def _office(data: bytes) -> tuple[str, str]:
    """Extension and content type of an office file; archives that are none are refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            names = {member.filename for member in members}
            if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
                raise _refused()
            if any(name.lower().endswith(("vbaproject.bin", ".exe", ".js", ".vbs")) for name in names):
                raise ValidationError(_("Documents with macros or programs are not accepted."), code="macros")
            if "[Content_Types].xml" in names:
                return next((_OFFICE[name] for name in _OFFICE if name in names), None) or _raise_refused()
            first = members[0] if members else None
            if first and first.filename == "mimetype" and first.file_size < 100:
                kind = archive.read(first).decode("ascii").strip()
                return (_OPEN_DOCUMENT[kind], kind) if kind in _OPEN_DOCUMENT else _raise_refused()
    except ValidationError:
        raise
    except (
        Exception
    ) as error:  # hostile archives raise BadZipFile, NotImplementedError, RuntimeError, zlib.error …
        raise ValidationError(
            _("The document is damaged and can’t be read."), code="document_broken"
        ) from error
    raise _refused()


def _is_text(data: bytes) -> bool:
    """UTF-8 or Windows-1252 text that no browser could take for a page."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    controls = sum(character < " " and character not in "\t\r\n\f" for character in text)
    return not controls and "\ufffd" not in text and not text.lstrip().startswith(("<", "{\\rtf"))


def _raise_refused():
    raise _refused()


def _refused() -> ValidationError:
    return ValidationError(
        _(
            "This kind of file is not accepted. PDF, Word, Excel, PowerPoint, OpenDocument, text and CSV are possible."
        ),
        code="document_type",
    )
