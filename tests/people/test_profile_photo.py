"""A person's photo: the square that is kept, what is refused, removing with undo, who may."""

import io

import pytest
from PIL import Image

from people.actions import faces
from people.models import User

pytestmark = pytest.mark.django_db
ADDRESS = "/people/otto/edit/photo/"


def picture(kind="PNG", size=(600, 600), exif=None, corner=None):
    """A file of one colour; `corner` is the colour of its left upper quarter."""
    image = Image.new("RGB", size, "teal")
    if corner:
        image.paste(corner, (0, 0, size[0] // 2, size[1] // 2))
    data = io.BytesIO()
    image.save(data, kind, **({"exif": exif} if exif else {}))
    data.seek(0)
    data.name = f"me.{kind.lower()}"
    return data


def served(client, size):
    answer = client.get(f"/people/otto/photo/{size}/")
    return answer, Image.open(io.BytesIO(b"".join(answer.streaming_content)))


def colour(image, x, y):
    """Red or teal at a place in percent."""
    red, green, _blue = image.convert("RGB").getpixel((image.width * x // 100, image.height * y // 100))
    return "red" if red > green else "teal"


def test_photo_is_written_anew_in_two_sizes_and_served_to_colleagues(company, client_for):
    assert client_for(company.outsider).post(ADDRESS, {"photo": picture("JPEG")}).status_code == 303
    for size, side in (("large", 512), ("small", 128)):
        answer, image = served(client_for(company.employee), size)
        assert (image.format, image.size) == ("WEBP", (side, side))
        assert "private" in answer["Cache-Control"]


def test_the_chosen_square_is_kept(company, client_for):
    client = client_for(company.outsider)
    client.post(ADDRESS, {"photo": picture(size=(800, 400), corner="red"), "size": "50", "x": "0", "y": "0"})
    image = served(client, "large")[1]
    assert {colour(image, x, y) for x in (5, 95) for y in (5, 95)} == {"red"}
    client.post(
        ADDRESS, {"photo": picture(size=(800, 400), corner="red"), "size": "50", "x": "75", "y": "50"}
    )
    image = served(client, "large")[1]
    assert {colour(image, x, y) for x in (5, 95) for y in (5, 95)} == {"teal"}
    client.post(ADDRESS, {"photo": picture(size=(800, 400), corner="red")})
    image = served(client, "large")[1]
    assert [colour(image, 20, 20), colour(image, 80, 20), colour(image, 20, 80)] == ["red", "teal", "teal"]
    client.post(ADDRESS, {"photo": picture(size=(400, 800), corner="red"), "x": "90", "y": "90"})
    assert served(client, "large")[1].size == (512, 512)


def test_the_square_counts_after_turning(company, client_for):
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: the left upper quarter becomes the right upper one
    client = client_for(company.outsider)
    turned = picture("JPEG", size=(800, 400), exif=exif, corner="red")
    client.post(ADDRESS, {"photo": turned, "size": "40", "x": "60", "y": "0"})
    assert colour(served(client, "large")[1], 50, 50) == "red"


@pytest.mark.parametrize(
    "typed", [{}, {"photo": "text"}, {"size": "5"}, {"x": "-1"}, {"y": "91"}, {"size": "nan"}, {"x": "inf"}]
)
def test_what_is_no_picture_or_no_square_is_refused_with_the_reason(company, client_for, typed):
    bad = io.BytesIO(b"<svg onload=alert(1)>")
    bad.name = "me.png"
    data = {"photo": bad} if typed == {"photo": "text"} else ({"photo": picture()} | typed if typed else {})
    answer = client_for(company.outsider).post(ADDRESS, data)
    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()
    assert not User.objects.get(pk=company.outsider.pk).photo


def test_removed_photo_is_gone_and_comes_back_by_undo(company, client_for):
    client = client_for(company.outsider)
    client.post(ADDRESS, {"photo": picture()})
    names = [User.objects.get(pk=company.outsider.pk).photo.name, company.outsider.photo.storage]
    client.post(f"{ADDRESS}remove/")
    assert client.get("/people/otto/photo/small/").status_code == 404
    assert "Bring the removed photo back" in client.get(ADDRESS).content.decode()
    client.post(f"{ADDRESS}undo/")
    assert served(client, "small")[1].size == (128, 128)
    client.post(f"{ADDRESS}remove/")
    kept = client.session["photo_aside"][0]
    assert names[0] in kept
    faces.forget.func(names=kept)
    assert not any(names[1].exists(name) for name in kept)
    client.post(f"{ADDRESS}undo/")
    assert client.get("/people/otto/photo/small/").status_code == 404


def test_forgetting_leaves_a_photo_that_was_brought_back(company, client_for):
    client = client_for(company.outsider)
    client.post(ADDRESS, {"photo": picture()})
    client.post(f"{ADDRESS}remove/")
    kept = client.session["photo_aside"][0]
    client.post(f"{ADDRESS}undo/")
    faces.forget.func(names=kept)
    assert served(client, "small")[1].size == (128, 128)
