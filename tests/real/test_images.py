"""Photographs and test pictures nobody here made pass the intake and leave nothing but the picture."""

import io
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from people.uploads import process_image

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "images" / "pillow"
pytestmark = [pytest.mark.real, pytest.mark.skipif(not FOLDER.is_dir(), reason="../shared/data is not here")]
PICTURES = sorted(path for path in FOLDER.glob("*.*")) if FOLDER.is_dir() else []


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.name)
def test_picture_is_taken_and_its_metadata_dropped(path):
    picture = process_image(ContentFile(path.read_bytes(), path.name), max_side=1600)
    stored = picture.content.read()
    assert b"Exif" not in stored and b"Photoshop" not in stored
    with Image.open(io.BytesIO(stored)) as again:
        assert not again.getexif()
        assert again.size == (picture.width, picture.height)


def test_turned_photographs_look_like_the_upright_one():
    turned = [path for path in PICTURES if "orientation" in path.name]
    assert len(turned) == 7
    with Image.open(FOLDER / "hopper.webp") as upright:
        expected = upright.convert("L").resize((8, 8)).tobytes()
    for path in turned:
        picture = process_image(ContentFile(path.read_bytes()), max_side=1600)
        with Image.open(picture.content) as again:
            seen = again.convert("L").resize((8, 8)).tobytes()
        distance = sum(abs(one - other) for one, other in zip(expected, seen, strict=True)) / 64
        assert distance < 12, path.name
