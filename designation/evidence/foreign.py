"""Files that are not taken, known by how they begin, so that the refusal can name a remedy."""

import re
from collections.abc import Callable
from pathlib import PurePosixPath

from . import refusals
from .names import ENDINGS

_Refusal = Callable[[str], refusals.EvidenceRefused]

# Compound files, in which office programs kept their documents until 2007.
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Streams of a compound file, named in UTF-16; an encrypted docx or xlsx is one too.
_STREAMS: tuple[tuple[str, _Refusal], ...] = (
    ("EncryptedPackage", refusals.locked),
    ("EncryptionInfo", refusals.locked),
    ("PowerPoint Document", refusals.save_as_pdf),
    ("WordDocument", refusals.save_as_docx),
    ("Workbook", refusals.save_as_xlsx),
    ("Book", refusals.save_as_xlsx),
)
_OLD_ENDINGS: dict[str, _Refusal] = {
    ".doc": refusals.save_as_docx,
    ".wps": refusals.save_as_docx,
    ".xls": refusals.save_as_xlsx,
    ".et": refusals.save_as_xlsx,
    ".msi": refusals.program,
}
_BEGINNINGS: tuple[tuple[tuple[bytes, ...], _Refusal], ...] = (
    ((b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"L\0\0\0\x01\x14\x02\0"), refusals.program),
    ((b"{\\rtf",), refusals.save_as_docx),
    ((b"II*\0", b"MM\0*"), refusals.scan),
    (
        (b"GIF8", b"BM", b"8BPS", b"\0\0\1\0", b"\xd7\xcd\xc6\x9a"),
        refusals.other_picture,
    ),
    ((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"MSCF"), refusals.archive),
    ((b"ID3", b"OggS", b"fLaC", b"\x1aE\xdf\xa3", b"#!AMR", b"FLV"), refusals.recording),
    ((b"%!PS",), refusals.save_as_pdf),
)
_MARKUP = re.compile(rb"<(?:!doctype|\?xml|html|head|body|script|svg|iframe|hta:)", re.IGNORECASE)
_WEB_MAIL = re.compile(rb"^(?:mime-version|content-type|from):", re.IGNORECASE)
# So far into a file a browser looks for markup when it guesses.
_GUESSED_FROM = 1024
_BRANDS_END = 64
_MARKED = (b"\xff\xfe", b"\xfe\xff")


def refusal(content: bytes, name: str) -> refusals.EvidenceRefused:
    """Why ``content``, which is none of the allowed kinds, is not taken, and what to do."""
    ending = PurePosixPath(name).suffix.lower()
    found = _by_beginning(content, ending)
    if found is not None:
        return found(name)
    if ending in ENDINGS.values():
        return refusals.unreadable(name)
    return refusals.plain_text(name) if _is_text(content) else refusals.not_allowed(name)


def _by_beginning(content: bytes, ending: str) -> _Refusal | None:
    if content.startswith(COMPOUND):
        return _compound(content, ending)
    head = content[:_GUESSED_FROM]
    if head.startswith(b"RIFF"):
        return refusals.other_picture if head[8:12] == b"WEBP" else refusals.recording
    if head[4:8] == b"ftyp":
        return refusals.other_picture if b"avi" in head[8:_BRANDS_END] else refusals.recording
    for beginnings, found in _BEGINNINGS:
        # A recording for phones begins like a script.
        if head.startswith(beginnings) and not head.startswith(b"#!AMR"):
            return found
    if head.startswith(b"#!AMR"):
        return refusals.recording
    return _markup(content)


def _compound(content: bytes, ending: str) -> _Refusal:
    for stream, found in _STREAMS:
        if stream.encode("utf-16-le") in content:
            return found
    return _OLD_ENDINGS.get(ending, refusals.not_allowed)


def _markup(content: bytes) -> _Refusal | None:
    head = _as_bytes(content[: 2 * _GUESSED_FROM])
    if b"<svg" in head.lower():
        return refusals.vector_picture
    if is_markup(head) or _WEB_MAIL.match(head):
        return refusals.web_page
    return None


def is_markup(head: bytes) -> bool:
    """Whether a browser that guesses could take what begins so for a page."""
    return _MARKUP.search(head) is not None


def begins_otherwise(head: bytes) -> bool:
    """Whether ``head`` begins a file of a kind of its own: a program, a picture, a page."""
    starts = [start for beginnings, _refusal in _BEGINNINGS for start in beginnings]
    others = (COMPOUND, b"PK\x03\x04", b"\xff\xd8\xff", b"\x89PNG")
    return head.startswith((*starts, *others)) or is_markup(head)


def _as_bytes(head: bytes) -> bytes:
    """UTF-16 without its zero bytes, so that markup in it is seen."""
    return head.replace(b"\0", b"") if head.startswith(_MARKED) else head


def _is_text(content: bytes) -> bool:
    if b"\0" in content:
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False
