"""Wagtail's own upload forms store nothing but what the intake made of a file (A20; requirements.md, facts 5 to 7)."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.models import Collection, UploadedFile

from people.models import CollectionAudience, DocumentFile, Picture, Video
from tests.people.hostile_uploads import SECRET, jpeg_with_position, refused_pictures, saved, zipped

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}


@pytest.fixture
def admin(company, client_for):
    root = Collection.get_first_root_node()
    CollectionAudience.objects.get_or_create(collection=root, defaults={"audience": None})
    return client_for(company.administrator)


def upload(admin, kind, name, data, **fields):
    """What Wagtail's multiple upload sends for one dropped file."""
    file = SimpleUploadedFile(name, data, content_type="application/octet-stream")
    address = reverse(f"wagtail{kind}:add_multiple")
    root = Collection.get_first_root_node().pk
    return admin.post(address, {"title": name, "collection": root, "files[]": file, **fields}, **HTMX)


def test_original_of_an_uploaded_photo_holds_no_position_and_stands_upright(admin):
    answer = upload(admin, "images", "urlaub in görlitz.jpg", jpeg_with_position())
    assert answer.json()["success"] is True
    picture = Picture.objects.get()
    stored = picture.file.open().read()
    assert b"Exif" not in stored and SECRET.encode() not in stored
    assert (picture.width, picture.height) == (480, 640)
    assert picture.file_size == len(stored)
    assert "urlaub" not in picture.file.name
    assert b"Exif" not in picture.get_rendition("width-100|format-jpeg").file.open().read()


def test_hostile_picture_is_refused_with_a_reason_and_nothing_is_stored(admin):
    for name, data in refused_pictures():
        answer = upload(admin, "images", name, data)
        assert answer.status_code == 200, name
        assert answer.json()["success"] is False, name
        assert answer.json()["error_message"], name
    assert not Picture.objects.exists() and not UploadedFile.objects.exists()


def test_photo_with_another_wrong_field_is_not_put_aside_unchecked(admin):
    answer = upload(admin, "images", "a.jpg", jpeg_with_position(), title="x" * 300)
    assert answer.json()["success"] is False
    assert not UploadedFile.objects.exists()


def test_other_picture_replaces_the_old_one_through_the_same_intake(admin):
    upload(admin, "images", "a.png", saved(Image.new("RGB", (50, 40)), "PNG"))
    picture = Picture.objects.get()
    address = reverse("wagtailimages:edit", args=[picture.pk])
    fields = {"title": "b", "collection": picture.collection_id, "tags": "", "description": "", "credit": ""}
    assert admin.post(address, {**fields, "focal_point_x": ""}).status_code == 302
    file = SimpleUploadedFile("b.jpg", jpeg_with_position())
    assert admin.post(address, {**fields, "file": file}).status_code == 302
    picture.refresh_from_db()
    assert b"Exif" not in picture.file.open().read()
    broken = admin.post(address, {**fields, "file": SimpleUploadedFile("b.gif", b"GIF89a\x01\x00\x01\x00")})
    assert broken.status_code == 200 and broken.context["form"].errors["file"]


def test_document_is_named_by_its_content_and_pages_are_refused(admin):
    assert upload(admin, "docs", "Preise & Maße.pdf", b"%PDF-1.7\n%%EOF").json()["success"] is True
    assert DocumentFile.objects.get().filename == "preise-und-masse.pdf"
    for name, data in (
        ("page.pdf", b"<html><script>1</script>"),
        ("page.txt", b"<html><script>1</script>"),
        (
            "macro.docx",
            zipped([("[Content_Types].xml", b""), ("word/document.xml", b""), ("word/vbaProject.bin", b"")]),
        ),
        ("program.pdf", b"MZ\x90\x00"),
    ):
        assert upload(admin, "docs", name, data).json()["success"] is False, name
    assert DocumentFile.objects.count() == 1


def test_video_needs_captions_and_is_recognised_by_content(admin):
    address = reverse(Video.snippet_viewset.get_url_name("add"))
    root = Collection.get_first_root_node().pk
    film = b"\x00\x00\x00\x18ftypisom" + bytes(100)
    captions = b"WEBVTT\n\n00:00.000 --> 00:01.000\nHallo\n"

    def send(film, captions):
        files = {"file": SimpleUploadedFile("a.mp4", film), "captions": SimpleUploadedFile("a.vtt", captions)}
        return admin.post(address, {"title": "Film", "captions_language": "de", "collection": root, **files})

    assert send(b"<html>" * 9, captions).status_code == 200
    assert send(film, b"<html>").status_code == 200
    assert not Video.objects.exists()
    assert send(film, captions).status_code == 302
    video = Video.objects.get()
    assert (video.content_type, video.file_size) == ("video/mp4", len(film))
    assert video.captions.open().read() == captions
    assert io.BytesIO(film).read() == video.file.open().read()
