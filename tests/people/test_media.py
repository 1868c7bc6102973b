"""Files: originals and renditions obey their collection's audience; nothing runs in the browser (A20)."""

import io

import pytest
from django.core.files.base import ContentFile
from PIL import Image as Pillow
from wagtail.models import Collection

from people.models import CollectionAudience, DocumentFile, Picture, Video

pytestmark = pytest.mark.django_db


@pytest.fixture
def restricted(company):
    """A collection that only the foundry may see."""
    collection = Collection.get_first_root_node().add_child(instance=Collection(name="Foundry only"))
    CollectionAudience.objects.create(collection=collection, audience=company.foundry)
    return collection


def picture_in(collection):
    buffer = io.BytesIO()
    Pillow.new("RGB", (400, 300), "red").save(buffer, "PNG")
    file = ContentFile(buffer.getvalue(), name="a.png")
    return Picture.objects.create(title="a", file=file, width=400, height=300, collection=collection)


def addresses(collection):
    picture = picture_in(collection)
    document = DocumentFile.objects.create(
        title="d", file=ContentFile(b"%PDF-1.4", name="d.pdf"), collection=collection
    )
    video = Video.objects.create(
        title="v", collection=collection,
        file=ContentFile(b"0123456789", name="v.mp4"), captions=ContentFile(b"WEBVTT", name="v.vtt"),
    )  # fmt: skip
    return {
        "rendition": picture.get_rendition("width-100").url,
        "original": f"/media/pictures/{picture.pk}/",
        "stored original": f"/stored/{picture.file.name}",
        "document": document.url,
        "stored document": f"/stored/{document.file.name}",
        "video": video.url,
        "captions": video.captions_url,
    }


def test_files_of_an_audience_are_absent_for_everybody_else(company, restricted, client_for):
    inside, outside = client_for(company.employee), client_for(company.outsider)
    administrator = client_for(company.administrator)
    for name, address in addresses(restricted).items():
        assert inside.get(address).status_code == 200, name
        assert outside.get(address).status_code == 404, name
        assert administrator.get(address).status_code == 404, name


def test_files_need_a_sign_in(company, client):
    for name, address in addresses(Collection.get_first_root_node()).items():
        assert client.get(address).status_code == 302, name


def test_files_are_never_sniffed_or_run(company, client_for):
    browser = client_for(company.outsider)
    for name, address in addresses(Collection.get_first_root_node()).items():
        answer = browser.get(address)
        assert answer["X-Content-Type-Options"] == "nosniff", name
        assert "sandbox" in answer["Content-Security-Policy"], name
        assert "private" in answer["Cache-Control"], name
        if "document" in name:
            assert answer["Content-Disposition"].startswith("attachment"), name


def test_a_video_is_served_by_range(company, client_for):
    browser, address = client_for(company.outsider), addresses(Collection.get_first_root_node())["video"]
    part = browser.get(address, headers={"Range": "bytes=2-4"})
    assert (part.status_code, b"".join(part.streaming_content), part["Content-Range"]) == (
        206,
        b"234",
        "bytes 2-4/10",
    )
    tail = browser.get(address, headers={"Range": "bytes=-3"})
    assert b"".join(tail.streaming_content) == b"789"
    assert browser.get(address, headers={"Range": "bytes=50-"}).status_code == 416


def test_types_are_known_on_a_machine_without_a_table_of_them(company, client_for, monkeypatch):
    monkeypatch.setattr("mimetypes.guess_type", lambda *args, **options: (None, None))
    browser = client_for(company.employee)
    shown = {
        name: browser.get(address) for name, address in addresses(Collection.get_first_root_node()).items()
    }
    kinds = {
        name: (answer["Content-Type"], answer["Content-Disposition"][:6]) for name, answer in shown.items()
    }
    assert kinds["original"] == ("image/png", "inline")
    assert kinds["video"] == ("video/mp4", "inline") and kinds["captions"] == ("text/vtt", "inline")
    assert kinds["document"] == ("application/pdf", "attach")
