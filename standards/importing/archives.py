"""Packed files of office programs: what is refused before anything of them is read.

Everything is unpacked once, counted as it comes, so that what a file says of its own sizes does
not matter; every part that is XML is gone through whole, in whatever encoding it is written.
"""

import io
import xml.sax
import zipfile
from typing import Any

import defusedxml.sax
from defusedxml import DefusedXmlException
from django.utils.translation import gettext as _

MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_ENTRIES = 2_000
MAX_RATIO = 200
# Small parts compress well without being a trap.
RATIO_FROM_BYTES = 1024 * 1024
# No office program nests so deep or writes so much into one part.
MAX_DEPTH = 200
MAX_ELEMENTS = 5_000_000
_CHUNK = 256 * 1024
_XML_ENDINGS = (".xml", ".rels", ".vml")


class Unreadable(ValueError):
    """A file that cannot be read; ``str()`` tells the person what to do, in their language."""


def check_archive(content: bytes, main_part: str) -> None:
    """Refuses what could harm before anything of it is read: bombs, macros, entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_entries(entries)
            archive.getinfo(main_part)
            unpacked = 0
            for entry in entries:
                unpacked += _check_part(archive, entry, most=MAX_UNPACKED_BYTES - unpacked)
    except Unreadable:
        raise
    except Exception as damage:  # zlib and struct errors of a truncated part among others
        raise damaged() from damage


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES or sum(part.file_size for part in entries) > MAX_UNPACKED_BYTES:
        raise _too_large()
    if any("vbaproject" in entry.filename.lower() for entry in entries):
        raise macros()


def _check_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, *, most: int) -> int:
    """How many bytes the part has, unpacked. Raises Unreadable for one that could harm."""
    with archive.open(entry) as part:
        size, head = 0, b""
        while chunk := part.read(_CHUNK):
            size += len(chunk)
            head = head or chunk
            if size > most or size > max(RATIO_FROM_BYTES, MAX_RATIO * entry.compress_size):
                raise _too_large()
    if entry.filename.lower().endswith(_XML_ENDINGS) or _looks_like_xml(head):
        with archive.open(entry) as part:
            _check_xml(part)
    return size


def _looks_like_xml(head: bytes) -> bool:
    """A part may be XML under any name."""
    return head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")


class _Bounds(xml.sax.ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.depth = self.elements = 0

    def startElement(self, _name: str, _attributes: Any) -> None:  # noqa: N802 - the reader's word
        self.depth += 1
        self.elements += 1
        if self.depth > MAX_DEPTH or self.elements > MAX_ELEMENTS:
            raise _too_large()

    def endElement(self, _name: str) -> None:  # noqa: N802 - the reader's word
        self.depth -= 1


def _check_xml(part: Any) -> None:
    """Office parts have no document type; one that has could name entities or other files."""
    try:
        defusedxml.sax.parse(part, _Bounds(), forbid_dtd=True)
    except DefusedXmlException as forbidden:
        raise Unreadable(_("文件含有不允许的内容。请将正文复制到新文件后再上传。")) from forbidden


def _too_large() -> Unreadable:
    return Unreadable(_("文件展开后过大，未予打开。请将正文复制到新文件后再上传。"))


def macros() -> Unreadable:
    return Unreadable(_("文件含有宏，未予打开。请另存为不含宏的 .docx 或 .xlsx 后再上传。"))


def damaged() -> Unreadable:
    return Unreadable(_("文件已损坏或与后缀名不符。请用文字处理软件打开并另存后再上传。"))
