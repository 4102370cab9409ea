"""A folder as storage: files under names of their content, whole and on the disk, or not there."""

import logging
import os
import tempfile
from pathlib import Path
from typing import IO, Any

from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible

log = logging.getLogger(__name__)

# A file on its way in; one that stays behind after a crash is found by its name.
UNFINISHED = ".unfinished-"
# As Django's own setting has it: a backup may run under another account.
_READABLE = 0o644


@deconstructible(path="designation.evidence.storage.ContentStorage")
class ContentStorage(FileSystemStorage):
    """Stores under names that follow from the content; the same again replaces the old copy.

    So a copy that a full disk or a crash once left incomplete is mended too.
    """

    def get_available_name(self, name: str, max_length: int | None = None) -> str:  # noqa: ARG002 - Django's signature
        return name

    def _save(self, name: str, content: Any) -> str:
        """Raises OSError when it cannot be written whole; nothing stays behind then."""
        data = content.read()
        place = Path(self.path(name))
        place.parent.mkdir(parents=True, exist_ok=True)
        _report_damage(place, data)
        _write_whole(place, data, mode=self.file_permissions_mode or _READABLE)
        return name


def _report_damage(place: Path, data: bytes) -> None:
    if place.exists() and place.stat().st_size != len(data):
        log.warning("Evidence was incomplete on the disk and is replaced: %s", place)


def _write_whole(place: Path, data: bytes, *, mode: int) -> None:
    handle, unfinished = tempfile.mkstemp(prefix=UNFINISHED, dir=place.parent)
    try:
        with os.fdopen(handle, "w+b") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            if _read_back(file) != data:
                raise OSError("What was read back is not what was written.")
        Path(unfinished).chmod(mode)
        Path(unfinished).replace(place)
        _sync_folder(place.parent)
    finally:
        Path(unfinished).unlink(missing_ok=True)


def _read_back(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()


def _sync_folder(folder: Path) -> None:
    """A new name is on the disk only when its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
