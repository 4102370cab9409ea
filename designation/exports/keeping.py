"""Where made files lie, for how long, and how they go."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import IO, Any

from django.core.files import File
from django.core.files.storage import storages

from designation.site import clock, endings

from .models import FOLDER, Export

# Our default: whoever asked for a file fetches it within a week, or has it made again.
KEPT = timedelta(days=7)
_PIECE = 1 << 20


class _Heard(File):
    """A file that gives a sign of life with each piece of it that a storage takes."""

    def __init__(self, content: IO[bytes], alive: Callable[[], object]) -> None:
        super().__init__(content)
        self.alive = alive

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        for piece in super().chunks(chunk_size or _PIECE):
            self.alive()
            yield piece


def store(
    export: Export, content: IO[bytes], *, alive: Callable[[], object] = bool
) -> dict[str, Any]:
    """Put the file where it is fetched from; gives its size and hash. A copy from before goes.

    ``alive`` is called while it is read, for a worker that is to be heard.
    """
    digest, size = hashlib.sha256(), 0
    for piece in _Heard(content, alive).chunks():
        digest.update(piece)
        size += len(piece)
    storages["exports"].save(export.file, _Heard(content, alive))
    return {"size": size, "sha256": digest.hexdigest()}


def made(export: Export, *, rows: int, stored: dict[str, Any]) -> None:
    """Say of the export that its file is there, and until when."""
    export.rows, export.size, export.sha256 = rows, stored["size"], stored["sha256"]
    export.kept_until = clock.now() + KEPT
    export.save(update_fields=["rows", "size", "sha256", "kept_until"])


def opened(export: Export) -> IO[bytes]:
    """Raises FileNotFoundError."""
    return storages["exports"].open(export.file)


def take_back(export: Export) -> None:
    """Delete what an attempt that did not end well has stored."""
    storages["exports"].delete(export.file)


@endings.act()
def forget_old() -> int:
    """Throw away what is over, and what was never made, with its rows; answers how many."""
    _clear_strays()
    old = Export.objects.filter(clock.over("kept_until"))
    left = Export.objects.filter(sha256="", asked_at__lt=clock.now() - KEPT)
    gone = 0
    for export in (old | left).iterator():
        take_back(export)
        export.delete()
        gone += 1
    return gone


def _clear_strays() -> None:
    """Files that no row names: left by an attempt whose last step the database took back."""
    storage = storages["exports"]
    try:
        names = [f"{FOLDER}/{name}" for name in storage.listdir(FOLDER)[1]]
    except FileNotFoundError:
        return
    held = {export.file for export in Export.objects.iterator()}
    # The times in a storage are the machine's own.
    limit = clock.system_now() - KEPT
    for name in names:
        if name not in held and storage.get_modified_time(name) < limit:
            storage.delete(name)
