"""The name under which a file is given out: its ending comes from its type alone."""

import re
from typing import IO
from urllib.parse import quote

from django.http import FileResponse

from designation.site.text import file_name

PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"
# Of previews; nothing is taken in it.
WEBP = "image/webp"
_OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX = _OFFICE + "wordprocessingml.document"
XLSX = _OFFICE + "spreadsheetml.sheet"
ENDINGS = {PDF: ".pdf", JPEG: ".jpg", PNG: ".png", DOCX: ".docx", XLSX: ".xlsx"}
# A name without anything left of it.
_NAMELESS = "file"
# Endings that say what a file is; all that stand at the end go, and "v2.1" stays.
_KNOWN_ENDING = re.compile(
    r"(?:^|\.)(?:pdf|jpe?g|jfif|png|hei[cf]|docx?|docm|dot[xm]?|xlsx?|xlsm|xlsb|xlt[xm]?|pptx?|pptm|wps|et"
    r"|exe|com|scr|pif|bat|cmd|msi|msp|cpl|dll|lnk|url|hta|html?|xhtml|mht|mhtml|svg|xml|js|jse|vbs"
    r"|vbe|wsf|wsh|ps1|sh|jar|app|apk|dmg|reg|inf|iso|zip|rar|7z|php|asp|aspx|jsp)$",
    re.IGNORECASE,
)
_BLANKS = " ."
# Names that Windows keeps for its devices, whatever their ending.
_DEVICES = re.compile(r"^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
# File systems take 255 bytes; what browsers add for a second copy needs room.
_LONGEST_BYTES = 180


def served_name(name: str, media_type: str) -> str:
    """``name`` as a file of ``media_type`` is called: no path, no control or direction marks."""
    stem = file_name(name).encode()[:_LONGEST_BYTES].decode(errors="ignore").strip(_BLANKS)
    while _KNOWN_ENDING.search(stem):
        stem = _KNOWN_ENDING.sub("", stem).strip(_BLANKS)
    if _DEVICES.match(stem):
        stem = f"_{stem}"
    return (stem or _NAMELESS) + ENDINGS.get(media_type, "")


def disposition(name: str, *, plain: str) -> str:
    """A Content-Disposition (RFC 6266) that saves under ``name``.

    ``plain`` is an ASCII name without an ending for programs that know no other; the ending is
    that of ``name``.
    """
    ending = re.search(r"\.[a-z]+$", name)
    fallback = plain + (ending.group() if ending else "")
    return f"attachment; filename=\"{fallback}\"; filename*=UTF-8''{quote(name, safe='')}"


def as_attachment(file: IO[bytes], name: str, media_type: str, *, plain: str) -> FileResponse:
    """``file`` to be saved, never shown: nothing in it can act as a page of this site."""
    response = FileResponse(file, content_type=media_type)
    response["Content-Disposition"] = disposition(served_name(name, media_type), plain=plain)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def as_picture(picture: IO[bytes]) -> FileResponse:
    """A picture that we drew ourselves, shown in its place and as nothing but a picture."""
    response = FileResponse(picture, content_type=WEBP)
    response["Content-Disposition"] = "inline"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response
