"""Pictures: recognised by their first bytes, decoded within limits, written anew without metadata."""

import io
import secrets
import warnings
from dataclasses import dataclass

import pillow_heif
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms

from people.uploads.cropping import Crop
from people.uploads.limits import read_limited
from people.uploads.scanning import scan

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 25_000_000
MAX_FRAMES = 500
MAX_RATIO = 40
SHARP_PIXELS = 2_000_000
LARGE_PIXELS = 3_000_000

pillow_heif.register_heif_opener()
# Pillow refuses twice this many pixels before decoding, also where others open a stored file.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS

_SIGNATURES = (
    (0, b"\xff\xd8\xff", "JPEG"),
    (0, b"\x89PNG\r\n\x1a\n", "PNG"),
    (0, b"GIF87a", "GIF"),
    (0, b"GIF89a", "GIF"),
    (8, b"WEBP", "WEBP"),
    *((4, b"ftyp" + brand, "AVIF") for brand in (b"avif", b"avis")),
    *(
        (4, b"ftyp" + brand, "HEIF")
        for brand in (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
    ),
)


@dataclass(frozen=True)
class ProcessedImage:
    """A picture that may be stored: `content` carries a random name; sizes are in pixels; `ext` has no dot."""

    content: ContentFile
    width: int
    height: int
    ext: str


def process_image(file, *, max_side: int) -> ProcessedImage:
    """Read an uploaded picture and write it anew, at most ``max_side`` pixels wide and high.

    Takes JPEG, PNG, WebP, GIF, AVIF and HEIC of at most 10 MB and 25 megapixels. The camera's rotation is applied and
    colours are converted to sRGB; all metadata is gone. Of a moving picture the first frame stays. The result is WebP,
    or PNG for drawings and screenshots of up to 2 megapixels. Raises ValidationError for anything else.
    """
    picture = _open(file, max_side)
    return _encode(picture, sharp=picture.info.get("drawn", False))


def process_face(
    file, *, sides: tuple[int, ...] = (512, 128), crop: Crop | None = None
) -> list[ProcessedImage]:
    """A person's photo, cut to ``crop`` (as seen after turning; else the middle square), as WebP in each of ``sides``.

    Errors as ``process_image``.
    """
    crop = crop or Crop()
    # a small part needs a larger picture to be sharp
    picture = _open(file, min(8 * max(sides), round(200 * max(sides) / max(crop.size, 1)))).convert("RGB")
    picture = picture.crop(crop.box(*picture.size))
    return [_encode(picture.resize((side, side), Image.Resampling.LANCZOS)) for side in sides]


def sniff(head: bytes) -> str | None:
    """Pillow's name of the format that the first bytes announce, None for all that is not taken."""
    for offset, signature, name in _SIGNATURES:
        if head.startswith(signature, offset):
            return name
    return None


def _open(file, max_side: int) -> Image.Image:
    data = read_limited(file, MAX_BYTES)
    kind = sniff(data[:16])
    if kind is None:
        raise ValidationError(
            _("This is not a picture we can show. JPEG, PNG, WebP, GIF, AVIF and HEIC are possible."),
            code="image_type",
        )
    scan(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            warnings.simplefilter("ignore", UserWarning)
            return _decode(data, kind, max_side)
    except ValidationError:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise _too_large() from error
    except (
        Exception
    ) as error:  # decoders of hostile bytes raise anything: OSError, SyntaxError, struct.error …
        raise ValidationError(_("The picture is damaged and can’t be read."), code="image_broken") from error


def _decode(data: bytes, kind: str, max_side: int) -> Image.Image:
    with Image.open(io.BytesIO(data), formats=[kind]) as source:
        width, height = source.size
        if width * height > MAX_PIXELS:
            raise _too_large()
        if max(width, height) > MAX_RATIO * min(width, height):
            raise ValidationError(_("The picture is too narrow to be shown."), code="image_ratio")
        if kind != "GIF" and getattr(source, "n_frames", 1) > MAX_FRAMES:
            raise ValidationError(_("The moving picture has too many frames."), code="image_frames")
        if kind == "JPEG":
            source.draft("RGB", (max_side, max_side))
        orientation = source.getexif().get(0x0112, 1)
        profile = source.info.get("icc_profile")
        shrunk = _colours(source)
        shrunk.thumbnail((max_side, max_side), Image.Resampling.LANCZOS, reducing_gap=2.0)
        shrunk.load()  # small enough already: nothing was read yet
    picture = _to_srgb(shrunk, profile)
    # after shrinking, because turning a copy of 25 megapixels would need twice its memory
    picture = picture.transpose(_ROTATIONS[orientation]) if orientation in _ROTATIONS else picture
    picture.info["drawn"] = kind in ("PNG", "GIF")
    return picture


_ROTATIONS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def _colours(source: Image.Image) -> Image.Image:
    """The picture in a mode that can be shrunk smoothly: palettes and 16-bit grey become RGB(A) and 8-bit grey."""
    if source.mode.startswith("I"):
        return (
            _eight_bits(source)
            if source.mode == "I;16"
            else source.point(lambda value: value / 257).convert("L")
        )
    if source.mode in ("P", "PA", "1", "F"):
        return source.convert("RGBA" if source.has_transparency_data else "RGB")
    return source


def _eight_bits(source: Image.Image) -> Image.Image:
    source.load()
    return Image.frombytes("L", source.size, source.tobytes()[1::2])


def _to_srgb(source: Image.Image, profile: bytes | None) -> Image.Image:
    """A new picture in RGB or RGBA, in the colours that screens expect, without any metadata."""
    mode = "RGBA" if source.has_transparency_data else "RGB"
    if profile and source.mode in ("RGB", "RGBA", "CMYK", "L"):
        try:
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            source = (
                ImageCms.profileToProfile(source, given, ImageCms.createProfile("sRGB"), outputMode=mode)
                or source
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a broken or unfitting profile: the plain colours are good enough
    clean = Image.new(mode, source.size)
    clean.paste(source.convert(mode))
    return clean


def _encode(picture: Image.Image, *, sharp: bool = False) -> ProcessedImage:
    out = io.BytesIO()
    if sharp and picture.width * picture.height <= SHARP_PIXELS:
        ext = "png"
        picture.save(out, "PNG", compress_level=6)
    else:
        ext = "webp"
        effort = 2 if picture.width * picture.height < LARGE_PIXELS else 0
        picture.save(out, "WEBP", quality=92 if sharp else 84, method=effort)
    content = ContentFile(out.getvalue(), name=f"{secrets.token_hex(16)}.{ext}")
    return ProcessedImage(content, picture.width, picture.height, ext)


def _too_large() -> ValidationError:
    return ValidationError(
        _("The picture is too large: at most %(limit)s megapixels."),
        code="image_pixels",
        params={"limit": MAX_PIXELS // 1_000_000},
    )
