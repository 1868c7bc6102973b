"""The pictures of an article and the sizes in which its page shows them."""

from wagtail.blocks import StreamValue

COVER = ("width-1600|format-webp", "width-900|format-webp")
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


def focal(image) -> str:
    """Where the eye should land as CSS position, "45% 60%"; the middle unless the editor marked something. No query."""
    point = image.get_focal_point() if image else None
    if point is None or not image.width or not image.height:
        return "50% 50%"
    x, y = point.centroid
    return f"{100 * x / image.width:.0f}% {100 * y / image.height:.0f}%"
