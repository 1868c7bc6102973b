"""What the picture intake takes, refuses and leaves of a file (requirements A20, T9)."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image

from people.uploads import process_face, process_image
from tests.people.hostile_uploads import (
    SECRET,
    accepted_pictures,
    jpeg_with_position,
    refused_pictures,
    saved,
)


def named(value):
    """The file's name in the list of tests, not its bytes."""
    return value if isinstance(value, str) else ""


@pytest.mark.parametrize(("name", "data"), refused_pictures(), ids=named)
def test_hostile_or_broken_file_is_refused(name, data):
    with pytest.raises(ValidationError):
        process_image(ContentFile(data, name), max_side=2560)


@pytest.mark.parametrize(("name", "data"), accepted_pictures(), ids=named)
def test_odd_picture_is_written_anew_without_metadata(name, data):
    picture = process_image(ContentFile(data, name), max_side=1600)
    stored = picture.content.read()
    assert picture.content.name.endswith(f".{picture.ext}") and "photo" not in picture.content.name
    assert not any(
        secret in stored for secret in (SECRET.encode(), b"script", b"Exif", b"GPS", b"PK\x03\x04", b"XMP")
    )
    with Image.open(io.BytesIO(stored)) as again:
        assert again.size == (picture.width, picture.height)
        assert not again.getexif() and "icc_profile" not in again.info and getattr(again, "n_frames", 1) == 1
        assert max(again.size) <= 1600


@pytest.mark.parametrize("orientation", range(1, 9))
def test_photo_taken_sideways_is_stored_upright(orientation):
    turned = jpeg_with_position((64, 48), orientation)
    picture = process_image(ContentFile(turned), max_side=640)
    assert (picture.width, picture.height) == ((64, 48) if orientation < 5 else (48, 64))
    with Image.open(picture.content) as again:
        corners = {
            "left": (4, again.height // 2),
            "right": (again.width - 5, again.height // 2),
            "top": (again.width // 2, 4),
            "bottom": (again.width // 2, again.height - 5),
        }
        blue = {place for place, spot in corners.items() if again.convert("RGB").getpixel(spot)[2] > 200}
    side = {1: "left", 2: "right", 3: "right", 4: "left", 5: "top", 6: "top", 7: "bottom", 8: "bottom"}[
        orientation
    ]
    assert side in blue and len(blue - {side}) <= 2


def test_transparency_is_kept():
    picture = process_image(
        ContentFile(saved(Image.new("RGBA", (9, 9), (255, 0, 0, 0)), "PNG")), max_side=100
    )
    with Image.open(picture.content) as again:
        assert again.convert("RGBA").getpixel((4, 4))[3] == 0


def test_small_picture_is_not_blown_up():
    picture = process_image(ContentFile(saved(Image.new("RGB", (30, 20)), "PNG")), max_side=1600)
    assert (picture.width, picture.height) == (30, 20)


def test_screenshot_stays_sharp_and_large_drawing_becomes_webp():
    assert process_image(ContentFile(saved(Image.new("RGB", (900, 600)), "PNG")), max_side=1600).ext == "png"
    assert (
        process_image(ContentFile(saved(Image.new("RGB", (2400, 1600)), "PNG")), max_side=2560).ext == "webp"
    )


def test_names_are_never_the_same():
    data = ContentFile(saved(Image.new("RGB", (3, 3)), "PNG"))
    assert len({process_image(data, max_side=9).content.name for _ in range(5)}) == 5


def test_face_is_cut_square_in_two_sizes():
    large, small = process_face(ContentFile(jpeg_with_position((900, 600))))
    assert [(face.width, face.height, face.ext) for face in (large, small)] == [
        (512, 512, "webp"),
        (128, 128, "webp"),
    ]


def test_virus_scanner_that_objects_or_fails_keeps_the_file_out(settings):
    data = saved(Image.new("RGB", (3, 3)), "PNG")
    for command, code in (
        (["false"], "infected"),
        (["sh", "-c", "exit 2"], "scan"),
        (["/nowhere/scanner"], "scan"),
    ):
        settings.UPLOAD_SCANNER = command
        with pytest.raises(ValidationError) as refusal:
            process_image(ContentFile(data), max_side=9)
        assert refusal.value.code == code
    settings.UPLOAD_SCANNER = ["true"]
    assert process_image(ContentFile(data), max_side=9).width == 3
