"""JPEG and JPEG 2000 as they lie in a PDF: the picture to the bit, without what is told beside it.

They are not decoded: what a camera wrote (place, time, owner, device, remarks, previews) stands
in segments of its own, which are left out. What follows the end of the picture is left out too.
"""

import re
import struct

from . import colours

_BEGINS, _ENDS, _SCAN = 0xD8, 0xD9, 0xDA
_REMARK = 0xFE
_APPLICATIONS = range(0xE0, 0xF0)
_ALONE = {0x01, *range(0xD0, 0xD8)}
_MARKER = re.compile(rb"\xff([^\xff\x00])")
# Within a scan zeros and the signs to begin anew belong to the picture.
_AFTER_A_SCAN = re.compile(rb"\xff[^\xff\x00\xd0-\xd7]")
# Of the segments of programs, what decoding needs: density without its preview, and whether
# the colours are turned around.
_JFIF, _JFIF_LENGTH, _NO_PREVIEW = b"JFIF\0", 12, bytes(2)
_ADOBE, _ADOBE_LENGTH = b"Adobe", 12
_LENGTH = struct.Struct(">H")
# Our default: cameras write some hundred, a preview of the full size included.
_MOST_SEGMENTS = 10_000

_BOX = struct.Struct(">I4s")
_LONG = struct.Struct(">Q")
_BOXES = {b"jP  ", b"ftyp", b"jp2h", b"jp2c"}
_BOXES_OF_THE_HEAD = {b"ihdr", b"bpcc", b"colr", b"pclr", b"cmap", b"cdef", b"res "}
_BY_PROFILE = 2
_CODESTREAM, _TILE, _REMARK_2000 = b"\xff\x4f", 0x90, 0x64


def bare_jpeg(content: bytes) -> bytes:
    """Raises ValueError for what is no JPEG, or is cut off within its head."""
    start = content.find(b"\xff\xd8\xff")
    if start < 0:
        raise ValueError("It is no JPEG.")
    kept = [b"\xff\xd8"]
    segments = 0
    at = start + 2
    while found := _MARKER.search(content, at):
        mark, at = found[1][0], found.end()
        if mark == _ENDS:
            break
        if mark in _ALONE or mark == _BEGINS:
            continue
        length = _length(content, at)
        segments += 1
        if segments > _MOST_SEGMENTS:
            raise ValueError("It is nothing but segments.")
        kept.append(_segment(mark, content[at + _LENGTH.size : at + length]))
        at += length
        if mark == _SCAN:
            end = _AFTER_A_SCAN.search(content, at)
            scanned = content[at : end.start()] if end else content[at:]
            kept.append(scanned)
            at += len(scanned)
    return b"".join([*kept, b"\xff\xd9"])


def _length(content: bytes, at: int) -> int:
    try:
        (length,) = _LENGTH.unpack_from(content, at)
    except struct.error as short:
        raise ValueError("It is cut off.") from short
    if length < _LENGTH.size or at + length > len(content):
        raise ValueError("It is cut off.")
    return int(length)


def _segment(mark: int, content: bytes) -> bytes:
    """The segment as it is kept; nothing of one that only tells."""
    if mark == _APPLICATIONS[0] and content.startswith(_JFIF):
        content = content[:_JFIF_LENGTH] + _NO_PREVIEW
    elif mark == _APPLICATIONS[14] and content.startswith(_ADOBE):
        content = content[:_ADOBE_LENGTH]
    elif mark in _APPLICATIONS or mark == _REMARK:
        return b""
    return bytes([0xFF, mark]) + _LENGTH.pack(len(content) + _LENGTH.size) + content


def bare_jpeg_2000(content: bytes) -> bytes:
    """Raises ValueError for what is no JPEG 2000."""
    if content.startswith(_CODESTREAM):
        return _bare_codestream(content)
    kept = [_box(kind, _bare_box(kind, inner)) for kind, inner in _boxes(content) if kind in _BOXES]
    if not kept:
        raise ValueError("It is no JPEG 2000.")
    return b"".join(kept)


def _bare_box(kind: bytes, content: bytes) -> bytes:
    if kind == b"jp2c":
        return _bare_codestream(content)
    if kind != b"jp2h":
        return content
    inner = [(one, told) for one, told in _boxes(content) if one in _BOXES_OF_THE_HEAD]
    return b"".join(
        _box(one, _bare_colour(told) if one == b"colr" else told) for one, told in inner
    )


def _bare_colour(content: bytes) -> bytes:
    if content[:1] != bytes([_BY_PROFILE]):
        return content
    return content[:3] + colours.bare(content[3:])


def _boxes(content: bytes) -> list[tuple[bytes, bytes]]:
    found = []
    at = 0
    while at + _BOX.size <= len(content):
        length, kind = _BOX.unpack_from(content, at)
        inner = at + _BOX.size
        if length == 1 and inner + _LONG.size <= len(content):
            (length,) = _LONG.unpack_from(content, inner)
            inner += _LONG.size
        end = at + length if length else len(content)
        if end < inner:
            raise ValueError("Its parts overlap.")
        found.append((kind, content[inner:end]))
        at = end
    return found


def _box(kind: bytes, content: bytes) -> bytes:
    return _BOX.pack(len(content) + _BOX.size, kind) + content


def _bare_codestream(content: bytes) -> bytes:
    """Without the remarks in its head; tiles are the picture."""
    if not content.startswith(_CODESTREAM):
        raise ValueError("It is no JPEG 2000.")
    kept = [_CODESTREAM]
    at = len(_CODESTREAM)
    while content[at : at + 1] == b"\xff" and content[at + 1] != _TILE:
        end = at + 2 + _length(content, at + 2)
        if content[at + 1] != _REMARK_2000:
            kept.append(content[at:end])
        at = end
    return b"".join([*kept, content[at:]])
