"""Files as people and their enemies send them, each built when it is asked for."""

import io
import struct
import zipfile
import zlib
from functools import cache

import pypdf
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo
from PIL.TiffImagePlugin import IFDRational

OFFICE = "application/vnd.openxmlformats-officedocument."
WORD_MAIN = OFFICE + "wordprocessingml.document.main+xml"
EXCEL_MAIN = OFFICE + "spreadsheetml.sheet.main+xml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PLACE = "31.2304"


# Packages


def content_types(main_part="word/document.xml", main=WORD_MAIN, *, own=(), endings=()):
    overrides = [(f"/{main_part}", main), *own]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        + "".join(f'<Default Extension="{e}" ContentType="{t}"/>' for e, t in endings)
        + "".join(f'<Override PartName="{p}" ContentType="{t}"/>' for p, t in overrides)
        + "</Types>"
    )


def links(*targets):
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="r{at}" Type="{kind}" Target="{target}"/>'
            for at, (kind, target) in enumerate(targets)
        )
        + "</Relationships>"
    )


def package(parts, *, compression=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as written:
        for name, content in parts.items():
            written.writestr(name, content)
    return file.getvalue()


def office(main_part="word/document.xml", main=WORD_MAIN, *, own=(), endings=(), parts=None):
    """A document whose main part is ``main_part``, with more ``parts`` by name."""
    return package(
        {
            "[Content_Types].xml": content_types(main_part, main, own=own, endings=endings),
            "_rels/.rels": links((RELATIONS + "officeDocument", main_part)),
            main_part: "<document/>",
            **(parts or {}),
        }
    )


def docx(**more):
    return office(**more)


def xlsx(**more):
    return office("xl/workbook.xml", EXCEL_MAIN, **more)


def compound(*streams, tail=b""):
    """An old office file as far as anyone looks: its head and the names of its streams."""
    return COMPOUND + bytes(504) + b"".join(s.encode("utf-16-le") for s in streams) + tail


def flagged_as_encrypted(content):
    """Every part says that it is encrypted with a password."""
    changed = bytearray(content)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = changed.find(mark)
        while place >= 0:
            changed[place + at] |= 1
            place = changed.find(mark, place + 4)
    return bytes(changed)


def with_understated_size(content, part):
    """The directory says 10 bytes where ``part`` unpacks to far more."""
    changed = bytearray(content)
    name = part.encode()
    at = changed.rfind(b"PK\x01\x02", 0, changed.rfind(name))
    struct.pack_into("<I", changed, at + 24, 10)
    return bytes(changed)


# PDF


def pdf(*, password=None, owner=None):
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    if password is not None:
        writer.encrypt(password, owner, algorithm="AES-256")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


# Pictures


def camera_notes(*, turned=1):
    notes = Image.Exif()
    notes[0x0112] = turned
    notes[0x010F] = "SecretPhoneMaker"
    notes[0x9003] = "2026:03:01 08:00:00"
    notes.get_ifd(0x8825).update(
        {1: "N", 2: (IFDRational(31), IFDRational(13), IFDRational(49)), 29: PLACE}
    )
    return notes


def picture(size=(48, 32), mode="RGB"):
    """Left half red, right half blue: one sees how it stands."""
    made = Image.new("RGB", size, (220, 20, 20))
    made.paste((20, 20, 220), (size[0] // 2, 0, *size))
    return made.convert(mode)


@cache
def srgb():
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def jpeg(*, turned=1, mode="RGB", notes=True, colours=None, **options):
    file = io.BytesIO()
    options |= {"exif": camera_notes(turned=turned)} if notes else {}
    options |= {"icc_profile": colours} if colours else {}
    picture(mode=mode).save(file, "JPEG", quality=90, **options)
    return file.getvalue()


def segment(mark, content):
    return bytes([0xFF, mark]) + struct.pack(">H", len(content) + 2) + content


def jpeg_with_everything():
    """GPS, XMP, IPTC, a comment, an index of further pictures, and something behind the end."""
    content = jpeg()
    extras = (
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>XmpSecret</x:xmpmeta>")
        + segment(0xED, b"Photoshop 3.0\0IptcSecret")
        + segment(0xFE, b"CommentSecret")
    )
    return content[:2] + extras + content[2:] + b"BehindTheEnd" + jpeg(notes=False)


def png(*, mode="RGB", text=False, turned=1, colours=None):
    file = io.BytesIO()
    info = PngInfo()
    if text:
        info.add_text("Author", "TextSecret")
        info.add_itxt("Location", PLACE, zip=True)
    options = {"icc_profile": colours} if colours else {}
    picture(mode=mode).save(file, "PNG", pnginfo=info, exif=camera_notes(turned=turned), **options)
    return file.getvalue()


def heic(*, turned=1, mode="RGB"):
    file = io.BytesIO()
    picture((64, 48), mode).save(
        file, "HEIF", quality=90, exif=camera_notes(turned=turned).tobytes(), icc_profile=srgb()
    )
    return file.getvalue()


def png_of_claimed_size(width, height):
    """A head that promises a huge picture, with next to nothing behind it."""

    def chunk(kind, content):
        body = kind + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )


def other_picture(kind):
    file = io.BytesIO()
    picture().save(file, kind)
    return file.getvalue()


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'
HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"
