"""The drawn covers in the picture library, in the collection that everybody may see."""

from django.core.files import File
from django.db import transaction

from intranet.demo.colleagues import HERE, read
from people.models import Picture

FOCAL_SHARE = 0.3  # of width and height, around the point where the eye should land


def load(uploader, say):
    """Return {cover key: Picture}; those that are here are found by their title and credit."""
    table = read("covers.toml")
    rows = table["cover"]
    present = {picture.title: picture for picture in Picture.objects.filter(credit=table["credit_de"])}
    found = {}
    for number, row in enumerate(rows, start=1):
        found[row["key"]] = present.get(row["title"]) or _create(row, table["credit_de"], uploader)
        say(number, len(rows))
    return found


def descriptions():
    """Return {cover key: {language: what the picture shows}}."""
    return {row["key"]: {"de": row["alt_de"], "en": row["alt_en"]} for row in read("covers.toml")["cover"]}


def credits():
    """Return {language: credit line}."""
    table = read("covers.toml")
    return {"de": table["credit_de"], "en": table["credit_en"]}


@transaction.atomic
def _create(row, credit, uploader):
    picture = Picture(title=row["title"], description=row["alt_de"], credit=credit, uploaded_by_user=uploader)
    with (HERE / "covers" / f"{row['key']}.webp").open("rb") as file:
        picture.file.save(f"{row['key']}.webp", File(file), save=False)
    x, y = row["focal"]
    picture.focal_point_x = picture.width * x // 100
    picture.focal_point_y = picture.height * y // 100
    picture.focal_point_width = int(picture.width * FOCAL_SHARE)
    picture.focal_point_height = int(picture.height * FOCAL_SHARE)
    picture.file_size = picture.file.size
    picture.save()
    return picture
