"""Packed files of office programs: what is refused before anything of them is read."""

import io
import zipfile

from django.utils.translation import gettext as _

MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_ENTRIES = 2_000
MAX_RATIO = 200
# Small parts compress well without being a trap.
RATIO_FROM_BYTES = 1024 * 1024


class Unreadable(ValueError):
    """A file that cannot be read; ``str()`` tells the person what to do, in their language."""


def check_archive(content: bytes, main_part: str) -> None:
    """Refuses what could harm before anything is unpacked: bombs, macros, entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_entries(entries)
            archive.getinfo(main_part)
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels")):
                    _check_part(archive, entry)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError) as damage:
        raise damage if isinstance(damage, Unreadable) else damaged() from damage
    except Exception as damage:  # zlib and struct errors of a truncated part
        raise damaged() from damage


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    large = [entry for entry in entries if entry.file_size > RATIO_FROM_BYTES]
    if (
        len(entries) > MAX_ENTRIES
        or sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES
        or any(entry.file_size > MAX_RATIO * max(entry.compress_size, 1) for entry in large)
    ):
        raise Unreadable(_("文件展开后过大，未予打开。请将正文复制到新文件后再上传。"))
    if any("vbaproject" in entry.filename.lower() for entry in entries):
        raise macros()


def _check_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Office parts have no document type; one that has could name entities."""
    with archive.open(entry) as part:
        head = part.read(64 * 1024).replace(b"\x00", b"")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise Unreadable(_("文件含有不允许的内容。请将正文复制到新文件后再上传。"))


def macros() -> Unreadable:
    return Unreadable(_("文件含有宏，未予打开。请另存为不含宏的 .docx 或 .xlsx 后再上传。"))


def damaged() -> Unreadable:
    return Unreadable(_("文件已损坏或与后缀名不符。请用文字处理软件打开并另存后再上传。"))
