"""PDF: whole, open to everyone who receives it, and nothing but a PDF."""

import logging

from pypdf.errors import LimitReachedError

from . import portable_copying, portable_opening, refusals
from .foreign import begins_otherwise

_HEAD = b"%PDF-"
# Readers look so far for the head (ISO 32000-1, annex H.3.4.1).
_HEAD_WITHIN = 1024
_END = b"%%EOF"
_LAST_OBJECT = b"endobj"
_ENCRYPTED = b"/Encrypt"
# Our default: printers and scanners leave some bytes behind the end.
_LONGEST_TAIL = 1024
_BLANK = b"\0\t\r\n\f \x1a"

# What it finds odd in a file is no news of ours.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def begins(content: bytes) -> bool:
    """Whether readers take it for a PDF: its head lies within the first 1024 bytes."""
    return _HEAD in content[: _HEAD_WITHIN + len(_HEAD)]


def check(content: bytes, name: str) -> None:
    """Raises EvidenceRefused for a PDF cut off, shut by a password, or something else too."""
    head, _, _rest = content.partition(_HEAD)
    if begins_otherwise(head.lstrip(b"\xef\xbb\xbf" + _BLANK)):
        raise refusals.two_in_one(name)
    end = content.rfind(_END)
    if end < content.rfind(_LAST_OBJECT) or end < 0:
        raise refusals.damaged(name)
    tail = content[end + len(_END) :].strip(_BLANK)
    if len(tail) > _LONGEST_TAIL or begins_otherwise(tail):
        raise refusals.two_in_one(name)
    if _ENCRYPTED in content and _is_locked(_from_its_head(content), name):
        raise refusals.locked(name)


def bare(content: bytes, name: str) -> bytes:
    """The same pages without what the file says of itself: author, program, times, earlier states.

    Files within it, what it would do when opened, and what a camera wrote beside a picture go
    too. Raises EvidenceRefused for one that has no page, or cannot be written anew.
    """
    try:
        reader = portable_opening.opened(_from_its_head(content))
        with portable_opening.bounds():
            return portable_copying.bare(reader)
    except LimitReachedError as intricate:  # ours, or one of the library's own
        raise refusals.too_intricate(name) from intricate
    except Exception as damage:  # it fails anywhere in the library
        raise refusals.damaged(name) from damage


def _from_its_head(content: bytes) -> bytes:
    """Without what stands before the head, by which every place in it would be wrong."""
    return content[content.index(_HEAD) :]


def _is_locked(content: bytes, name: str) -> bool:
    """Whether it asks for a password; one that only forbids changes opens without."""
    try:
        reader = portable_opening.opened(content)
        return reader.is_encrypted and not reader.decrypt("")
    except LimitReachedError as intricate:  # ours, or one of the library's own
        raise refusals.too_intricate(name) from intricate
    except Exception:  # noqa: BLE001 - a lock that cannot be read fails anywhere in the library
        return True
