"""Files that a careless or hostile person may upload, made here (requirements T9). Each is (name, bytes)."""

import io
import struct
import zipfile
import zlib

import pillow_heif
from PIL import Image, PngImagePlugin

GPS = b"\x00\x00\x00\x34"
SECRET = "52.5200066, 13.4049540"


def jpeg_with_position(size=(640, 480), orientation=6) -> bytes:
    """A photo as a phone takes it: turned, with the place where it was taken and a comment."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Kamera"
    exif[0x010E] = SECRET
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0)})
    picture = Image.new("RGB", size, "red")
    picture.paste("blue", (0, 0, size[0] // 2, size[1]))
    return saved(picture, "JPEG", exif=exif, comment=SECRET.encode())


def saved(picture, kind, **options) -> bytes:
    """The bytes of a picture in a format."""
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    """One PNG chunk."""
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width, height, *, rows=b"", colour=2, depth=8, extra=b"") -> bytes:
    """A PNG whose header claims any size."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + extra
        + chunk(b"IDAT", zlib.compress(rows, 9))
        + chunk(b"IEND", b"")
    )


def gif_bomb() -> bytes:
    """A GIF whose screen is 60,000 × 60,000."""
    screen = struct.pack("<HH", 60000, 60000) + b"\x80\x00\x00\xff\xff\xff\x00\x00\x00"
    return b"GIF89a" + screen + b",\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"


def zipped(members) -> bytes:
    """An archive of (name, data)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def refused_pictures():
    """Files that no picture field may take."""
    photo = jpeg_with_position()
    drawing = saved(Image.new("RGB", (64, 64), "green"), "PNG")
    script = b"<script>window.__xss = 1</script>"
    text_bomb = PngImagePlugin.PngInfo()
    text_bomb.add_text("Comment", "A" * 80_000_000, zip=True)
    return [
        ("empty.jpg", b""),
        ("one-byte.png", b"\x89"),
        ("truncated-gif.gif", b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00,\x00"),
        ("cut-photo.jpg", photo[:200]),
        ("half-photo.jpg", photo[: len(photo) // 2]),
        ("cut-drawing.png", drawing[:60]),
        ("wrong-checksum.png", drawing[:45] + bytes([drawing[45] ^ 255]) + drawing[46:]),
        ("bomb-121-megapixels.png", png(11_000, 11_000, rows=bytes(11_000 * 3 + 1) * 40)),
        ("bomb-400-megapixels.png", png(20_000, 20_000)),
        ("bomb-negative.png", png(2**31 - 1, 2**31 - 1)),
        ("no-size.png", png(0, 0)),
        ("bomb.gif", gif_bomb()),
        ("thin.png", png(20_000, 2, rows=bytes((20_000 * 3 + 1) * 2))),
        ("text-bomb.png", saved(Image.new("RGB", (8, 8)), "PNG", pnginfo=text_bomb)),
        ("too-heavy.jpg", photo + bytes(10 * 1024 * 1024)),
        ("script.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="window.__xss=1"/>'),
        ("script.svg.png", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
        ("page.jpg", b"<!doctype html>" + script),
        ("postscript.jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) (r) file\n"),
        ("fax.tiff", saved(Image.new("RGB", (8, 8)), "TIFF")),
        ("icon.ico", saved(Image.new("RGB", (16, 16)), "ICO")),
        ("windows.bmp", saved(Image.new("RGB", (8, 8)), "BMP")),
        ("pdf.png", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"),
        ("archive.webp", zipped([("a.html", script)])),
        ("riff.webp", b"RIFF\x24\x00\x00\x00WEBPVP8 \xff\xff\xff\xff" + bytes(20)),
        ("broken.avif", b"\x00\x00\x00\x1cftypavif" + bytes(64)),
        ("broken.heic", b"\x00\x00\x00\x18ftypheic" + bytes(64)),
        (
            "frames.png",
            saved(
                Image.new("L", (2, 2)),
                "PNG",
                save_all=True,
                append_images=[Image.new("L", (2, 2), number % 2 * 200 + 9) for number in range(600)],
            ),
        ),
        ("bad-palette.png", png(4, 4, rows=bytes(20), colour=3)),
        ("unknown-depth.png", png(4, 4, rows=bytes(60), depth=7)),
    ]


def accepted_pictures():
    """Files that look odd and are pictures: they are taken, and nothing but the picture remains."""
    photo = jpeg_with_position()
    profile = PngImagePlugin.PngInfo()
    profile.add_text("Comment", SECRET)
    frames = [Image.new("P", (40, 30), number) for number in range(5)]
    heic = pillow_heif.from_pillow(Image.new("RGB", (64, 48), "red"))
    out = io.BytesIO()
    heic.save(out)
    script = b"<script>window.__xss = 1</script>"
    return [
        ("photo.jpg", photo),
        ("photo.png", photo),
        ("photo-with-page-behind.jpg", photo + b"<html>" + script),
        ("photo-with-archive-behind.jpg", photo + zipped([("a.html", script)])),
        ("comment.png", saved(Image.new("RGBA", (20, 20), (1, 2, 3, 4)), "PNG", pnginfo=profile)),
        ("script-in-comment.gif", saved(frames[0], "GIF", comment=script)),
        ("moving.gif", saved(frames[0], "GIF", save_all=True, append_images=frames[1:])),
        ("moving.webp", saved(frames[0].convert("RGB"), "WEBP", save_all=True, append_images=frames[1:])),
        ("broken-profile.jpg", saved(Image.new("RGB", (20, 20)), "JPEG", icc_profile=b"none")),
        ("print-colours.jpg", saved(Image.new("CMYK", (20, 20)), "JPEG")),
        ("grey-16-bit.png", saved(Image.new("I;16", (20, 20), 40_000), "PNG")),
        ("black-and-white.png", saved(Image.new("1", (20, 20), 1), "PNG")),
        ("palette.png", saved(Image.new("P", (20, 20), 3), "PNG", transparency=3)),
        ("phone.heic", out.getvalue()),
        ("small.avif", saved(Image.new("RGB", (20, 20), "red"), "AVIF")),
        ("wide.png", saved(Image.new("RGB", (6200, 4000), "red"), "PNG")),
    ]
