"""Photographs and scans: decoded whole, and written anew from their pixels alone.

What a camera writes beside the picture (place, time, device, owner, previews, what an editor
noted) stays behind, and so does whatever else a file may carry. Colours keep the figures of
their profile, a photo taken upright stands upright, and a JPEG keeps the measure of compression
it came with.
"""

import io
import threading

from PIL import Image, ImageCms, ImageOps, JpegImagePlugin
from pillow_heif import register_heif_opener

from . import colours, refusals
from .names import JPEG, PNG

# Our default: the largest pictures of phones in ordinary use. In millions of pixels.
MOST_PIXELS = 64
_MILLION = 1_000_000
_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
# Brands of HEIF that hold a picture coded in HEVC (ISO/IEC 23008-12).
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx")
_HEIF_BRANDS = (b"mif1", b"msf1")
_BRANDS_WITHIN = 64
_QUALITY = 90
_A4_INCHES = (210 / 25.4, 297 / 25.4)
# Decoded pictures are large: one at a time in a process.
_one_at_a_time = threading.Lock()

register_heif_opener()


def kind(content: bytes) -> str | None:
    """JPEG, PNG or HEIF by how it begins; None for all others."""
    if content.startswith(_JPEG):
        return "JPEG"
    if content.startswith(_PNG):
        return "PNG"
    return "HEIF" if _is_heif(content[:_BRANDS_WITHIN]) else None


def _is_heif(head: bytes) -> bool:
    if head[4:8] != b"ftyp":
        return False
    brands = [head[at : at + 4] for at in (8, *range(16, len(head), 4))]
    if b"avif" in brands or b"avis" in brands:
        return False
    return brands[0] in (*_HEIC_BRANDS, *_HEIF_BRANDS)


def rebuilt(content: bytes, found: str, name: str) -> tuple[str, bytes]:
    """Media type and content as it is kept: a PNG stays one, all else becomes JPEG.

    Raises EvidenceRefused for a picture that cannot be decoded to its end, or is too large.
    """
    with _one_at_a_time:
        try:
            return _rebuilt(content, found, name)
        except refusals.EvidenceRefused:
            raise
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
            raise refusals.too_many_pixels(name, limit=MOST_PIXELS) from bomb
        except Exception as damage:  # it fails anywhere in the library that decodes it
            raise refusals.damaged(name) from damage


def page(content: bytes) -> bytes:
    """A picture as it is kept as a PDF of one page, as large as a sheet of A4 holds it."""
    with _one_at_a_time, Image.open(io.BytesIO(content), formats=["JPEG", "PNG"]) as picture:
        flat = _flat(picture)
        sheet = _A4_INCHES if flat.height >= flat.width else _A4_INCHES[::-1]
        dots = max(flat.width / sheet[0], flat.height / sheet[1])
        return _written(flat, "PDF", resolution=dots, quality=_QUALITY)


def _rebuilt(content: bytes, found: str, name: str) -> tuple[str, bytes]:
    formats = ["JPEG", "MPO"] if found == "JPEG" else [found]
    with Image.open(io.BytesIO(content), formats=formats) as picture:
        _check_pixels(picture, name)
        picture.load()
        turned = _turned(picture)
        if found == "PNG":
            return PNG, _as_png(turned, picture)
        return JPEG, _as_jpeg(turned, picture)


def _check_pixels(picture: Image.Image, name: str) -> None:
    if picture.width * picture.height > MOST_PIXELS * _MILLION:
        raise refusals.too_many_pixels(name, limit=MOST_PIXELS)


def _turned(picture: Image.Image) -> Image.Image:
    """The picture as it was held; a note of its turn that cannot be read turns nothing."""
    try:
        return ImageOps.exif_transpose(picture)
    except Exception:  # noqa: BLE001 - as for a damaged picture, but only the note is
        return picture.copy()


def _as_jpeg(picture: Image.Image, source: Image.Image) -> bytes:
    bare = _bare(picture)
    options = {"icc_profile": _colours(source), "progressive": "progressive" in source.info}
    tables = getattr(source, "quantization", None)
    if tables is None:
        return _written(_flat(bare), "JPEG", quality=_QUALITY, **options)
    sampling = JpegImagePlugin.get_sampling(source)
    return _written(bare, "JPEG", qtables=tables, subsampling=sampling, **options)


def _as_png(picture: Image.Image, source: Image.Image) -> bytes:
    clear = source.info.get("transparency")
    options = {} if clear is None else {"transparency": clear}
    return _written(_bare(picture), "PNG", icc_profile=_colours(source), **options)


def _bare(picture: Image.Image) -> Image.Image:
    bare = picture.copy()
    bare.info = {}
    return bare


def _flat(picture: Image.Image) -> Image.Image:
    """Without what JPEG cannot hold: transparent becomes white."""
    if "A" in picture.getbands():
        white = Image.new("RGBA", picture.size, "white")
        return Image.alpha_composite(white, picture.convert("RGBA")).convert("RGB")
    return picture if picture.mode in {"RGB", "L"} else picture.convert("RGB")


def _colours(source: Image.Image) -> bytes | None:
    """The figures of the colour profile, where it is one; whose device it is of goes."""
    profile = source.info.get("icc_profile")
    if not profile:
        return None
    try:
        bare = colours.bare(profile)
        ImageCms.ImageCmsProfile(io.BytesIO(bare))
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None
    return bare


def _written(picture: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(
        file, kind, **{name: value for name, value in options.items() if value is not None}
    )  # type: ignore[arg-type]
    return file.getvalue()
