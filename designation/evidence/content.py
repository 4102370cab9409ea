"""What an uploaded file is by its content, and as what it is kept."""

import hashlib
from dataclasses import dataclass

from . import foreign, office, pictures, portable, refusals
from .names import PDF


@dataclass(frozen=True, slots=True)
class Received:
    """A file that may be kept. Documents are kept byte by byte, pictures without metadata.

    ``sha256_as_uploaded`` is of what the person sent, by which the same file is known again.
    """

    name: str
    media_type: str
    content: bytes
    sha256_as_uploaded: str

    @property
    def sha256(self) -> str:
        """Of the content as it is kept."""
        return sha256(self.content)


def received(content: bytes, name: str) -> Received:
    """Judge ``content``. Raises EvidenceRefused, which says why and what to do."""
    media_type, kept = _kept(content, name)
    return Received(name, media_type, kept, sha256(content))


def _kept(content: bytes, name: str) -> tuple[str, bytes]:
    if not content:
        raise refusals.empty()
    if content.startswith(office.ZIP):
        return office.media_type(content, name), content
    if picture := pictures.kind(content):
        return pictures.rebuilt(content, picture, name)
    if portable.begins(content) and not content.startswith(foreign.COMPOUND):
        portable.check(content, name)
        return PDF, content
    raise foreign.refusal(content, name)


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
