"""The pictures in an article's text, read with one query instead of one per picture."""

from wagtail.blocks import StreamValue

from blog.streams import load_renditions

BODY = ("width-1400|format-webp", "width-800|format-webp", "fill-600x450|format-webp")


def of_body(body: StreamValue) -> list:
    """Images of picture and gallery blocks in reading order."""
    found = []
    for block in body:
        if block.block_type == "image":
            found.append(block.value.get("image"))
        elif block.block_type == "gallery":
            found += [picture.get("image") for picture in block.value.get("pictures") or []]
    return [image for image in found if image is not None]


def load_body_renditions(body: StreamValue) -> None:
    """Reads the ready sizes of all pictures in `body` with one query; none when it has no picture."""
    load_renditions(of_body(body), *BODY)
