"""Documents, videos and captions are what their bytes say (A20)."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from people.uploads import check_captions, check_document, check_quota, check_video
from tests.people.hostile_uploads import zipped

WORD = [("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>")]
TEXT = "application/vnd.oasis.opendocument.text"


@pytest.mark.parametrize(
    ("name", "data", "ext"),
    [
        ("a.exe", b"%PDF-1.7\n", "pdf"),
        ("a.bin", zipped(WORD), "docx"),
        ("a.docx", zipped([("[Content_Types].xml", b""), ("xl/workbook.xml", b"")]), "xlsx"),
        ("a", zipped([("[Content_Types].xml", b""), ("ppt/presentation.xml", b"")]), "pptx"),
        ("a.odt", zipped([("mimetype", TEXT.encode()), ("content.xml", b"")]), "odt"),
        ("a.txt", "Grüße".encode(), "txt"),
        ("a.txt", "Grüße".encode("cp1252"), "txt"),
        ("a.csv", b"a;b\n1;2\n", "csv"),
    ],
)
def test_documents_are_recognised_by_content(name, data, ext):
    checked = check_document(ContentFile(data, name))
    assert (checked.ext, checked.size) == (ext, len(data))
    assert checked.name.endswith(f".{ext}") and checked.name != checked.name.replace(name, "")


def archive_that_unpacks_to(size):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in WORD:
            archive.writestr(name, data)
        with archive.open("word/media/a.bin", "w") as member:
            for _piece in range(size // 1024 // 1024):
                member.write(bytes(1024 * 1024))
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.pdf", b""),
        ("page.pdf", b"<!doctype html><script>1</script>"),
        ("page.txt", b"  <html>"),
        ("drawing.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        ("program.pdf", b"MZ\x90\x00\x03"),
        ("rich.txt", b"{\\rtf1 \\object}"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("archive.docx", zipped([("a.html", b"<script>")])),
        ("macro.docm", zipped([*WORD, ("word/vbaProject.bin", b"")])),
        ("program.odt", zipped([("mimetype", TEXT.encode()), ("Scripts/x.js", b"")])),
        ("cut.docx", zipped(WORD)[:60]),
        ("many.docx", zipped([*WORD, *((f"{number}", b"") for number in range(10_001))])),
        ("odd.odt", zipped([("mimetype", b"\xff\xfe")])),
        ("huge.pdf", b"%PDF-1.7" + bytes(26 * 1024 * 1024)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_other_documents_are_refused(name, data):
    with pytest.raises(ValidationError):
        check_document(ContentFile(data, name))


def test_archive_bomb_is_refused_without_unpacking():
    with pytest.raises(ValidationError):
        check_document(ContentFile(archive_that_unpacks_to(450 * 1024 * 1024), "a.docx"))


def test_videos_are_recognised_by_their_container():
    assert check_video(ContentFile(b"\x00\x00\x00\x18ftypmp42" + bytes(50))).content_type == "video/mp4"
    assert check_video(ContentFile(b"\x1a\x45\xdf\xa3\x01\x42\x82\x84webm" + bytes(50))).ext == "webm"
    for data in (
        b"",
        b"<html>",
        b"\x00\x00\x00\x18ftypheic",
        b"RIFF\x00\x00\x00\x00AVI ",
        b"\x1a\x45\xdf\xa3matroska",
    ):
        with pytest.raises(ValidationError):
            check_video(ContentFile(data))


def test_captions_are_webvtt_in_utf_8():
    good = "WEBVTT\n\n00:00.000 --> 00:02.000\nGrüße\n"
    assert check_captions(ContentFile(good.encode())).content_type == "text/vtt"
    for data in (
        b"",
        b"1\n00:00:00,000 --> 00:00:02,000\nHallo",
        good.encode("cp1252"),
        b"WEBVTT",
        b"<html>-->",
    ):
        with pytest.raises(ValidationError):
            check_captions(ContentFile(data))


def test_quota_counts_what_every_package_stores(settings, monkeypatch):
    settings.UPLOAD_QUOTA_BYTES = 1000
    monkeypatch.setattr("people.uploads.quota.quota_sources", [lambda user: 600, lambda user: 300])
    check_quota(object(), 100)
    with pytest.raises(ValidationError):
        check_quota(object(), 101)
