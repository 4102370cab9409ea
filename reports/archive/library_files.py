"""Files of the library on their way into an archive."""

from typing import IO, Any

from designation.evidence import contents, refusals
from designation.evidence.models import LibraryEntry


def opened(entry: LibraryEntry) -> IO[bytes]:
    """Raises EvidenceRefused for what was taken out of the library: nobody reads it any more."""
    if entry.taken_out_at is not None:
        raise refusals.lost(entry.title)
    return contents.opened(entry.stored, entry.title)


def about(entry: LibraryEntry) -> dict[str, Any]:
    """What the manifest says beside the hash."""
    return {"retention": entry.retention} | ({"personal": True} if entry.is_personal else {})
