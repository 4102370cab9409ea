"""Colour profiles (ICC.1): the figures by which colours are reckoned, without what is told beside.

Phones, screens and scanners write into them whose they are, of which make and number, and when
they were measured. The figures stay to the bit, so that no colour changes; a standard profile in
their place would change those of every photo that is not sRGB.
"""

import struct

_HEAD = 128
_MARK, _MARK_AT = b"acsp", 36
_VERSION_AT, _FOURTH = 8, 4
# When it was made; whose device and which model; which program; a hash over all of it.
_TOLD_IN_THE_HEAD = ((24, 36), (48, 56), (80, 100))
_COUNT, _ENTRY = struct.Struct(">I"), struct.Struct(">4sII")
_MOST_TAGS = 200
# What is reckoned with (ICC.1:2022, 9.2): all the others are words, or for one device alone.
_FIGURES = frozenset(
    b"A2B0 A2B1 A2B2 A2B3 B2A0 B2A1 B2A2 B2A3 D2B0 D2B1 D2B2 D2B3 B2D0 B2D1 B2D2 B2D3 "
    b"rXYZ gXYZ bXYZ rTRC gTRC bTRC kTRC wtpt bkpt chad chrm cicp lumi gamt pre0 pre1 pre2".split()
)
_NAME = b"colours"
# A profile has to have a name and a word on rights, each as its version writes words.
_WORDS = b"mluc" + struct.pack(">IIIHHII", 0, 1, 12, 0x656E, 0x5553, 2 * len(_NAME), 28)
_WORDS += _NAME.decode().encode("utf-16-be")
_OLD_NAME = b"desc" + struct.pack(">II", 0, len(_NAME) + 1) + _NAME + bytes(1 + 8 + 3 + 67)
_OLD_RIGHTS = b"text" + bytes(4) + _NAME + bytes(1)


def bare(profile: bytes) -> bytes:
    """The same figures alone. Raises ValueError for what is no profile."""
    if profile[_MARK_AT : _MARK_AT + len(_MARK)] != _MARK:
        raise ValueError("It is no colour profile.")
    modern = profile[_VERSION_AT] >= _FOURTH
    tags = {
        b"desc": _WORDS if modern else _OLD_NAME,
        b"cprt": _WORDS if modern else _OLD_RIGHTS,
    }
    return _written(_bare_head(profile[:_HEAD]), tags | _figures(profile))


def _bare_head(head: bytes) -> bytes:
    bare = bytearray(head)
    for start, end in _TOLD_IN_THE_HEAD:
        bare[start:end] = bytes(end - start)
    return bytes(bare)


def _figures(profile: bytes) -> dict[bytes, bytes]:
    try:
        (count,) = _COUNT.unpack_from(profile, _HEAD)
        starts = range(_HEAD + _COUNT.size, len(profile), _ENTRY.size)[: min(count, _MOST_TAGS)]
        entries = [_ENTRY.unpack_from(profile, start) for start in starts]
    except struct.error as short:
        raise ValueError("It is cut off.") from short
    if any(at + size > len(profile) for _tag, at, size in entries):
        raise ValueError("It is cut off.")
    return {tag: profile[at : at + size] for tag, at, size in entries if tag in _FIGURES}


def _written(head: bytes, tags: dict[bytes, bytes]) -> bytes:
    """Equal figures are written once, as profiles do for the curves of red, green and blue."""
    at = _HEAD + _COUNT.size + len(tags) * _ENTRY.size
    places: dict[bytes, int] = {}
    body = b""
    for content in tags.values():
        if content not in places:
            places[content] = at + len(body)
            body += content + bytes(-len(content) % 4)
    table = b"".join(_ENTRY.pack(tag, places[told], len(told)) for tag, told in tags.items())
    written = head + _COUNT.pack(len(tags)) + table + body
    return _COUNT.pack(len(written)) + written[_COUNT.size :]
