"""Content in the storage: written before its row, read by its row, erased after its row.

Only Django's storage is spoken to, so that a folder and an S3 store serve alike. A lock on the
content's name (not on a row) keeps the clearing of strays and an upload apart; two who bring the
same content share it, and neither waits for the other's file.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction

from designation.site import clock

from . import refusals
from .content import Received
from .models import StoredFile, content_name, hash_in, preview_name

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Written:
    """A file that lies in the storage, and has no row yet."""

    received: Received
    name: str


@contextmanager
def written(received: Received) -> Iterator[Written]:
    """Write the content; within, its row is to be written, in a transaction of its own.

    It is written each time, be it there or not: whoever brings it learns nothing from how long it
    takes, and a copy that was cut off is whole again. Raises EvidenceRefused when it cannot be
    written. A row that fails afterwards leaves a stray (``strays``).
    """
    name = content_name(received.sha256, received.media_type)
    with kept_from_clearing(name):
        yield Written(received, write(name, received.content))


def write(name: str, content: bytes) -> str:
    """Raises EvidenceRefused when the storage does not take it."""
    try:
        return default_storage.save(name, ContentFile(content))
    except Exception as trouble:  # each storage fails in its own way
        log.exception("Evidence could not be written: %s", name)
        raise refusals.no_room() from trouble


def row_of(new: Written) -> StoredFile:
    """The content's one row, made or found in one statement; call it within ``written``."""
    received = new.received
    row = StoredFile(
        sha256=received.sha256,
        file=new.name,
        media_type=received.media_type,
        size=len(received.content),
        stored_at=clock.now(),
    )
    (row,) = StoredFile.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["sha256"],
        # Erased once, and brought again.
        update_fields=["file", "erased_at"],
    )
    return row


def preview(stored: StoredFile, page: int, size: str) -> IO[bytes] | None:
    """The picture of a page; None where it cannot be read, of which the log tells."""
    name = preview_name(stored.sha256, page, size)
    try:
        picture: IO[bytes] = default_storage.open(name)
    except Exception:  # each storage fails in its own way
        log.exception("A preview cannot be read: %s", name)
        return None
    return picture


def opened(stored: StoredFile, title: str) -> IO[bytes]:
    """The stored file. Raises EvidenceRefused when it is missing or cut off in the storage."""
    name = str(stored.file.name)
    try:
        if default_storage.size(name) == stored.size:
            file: IO[bytes] = default_storage.open(name)
            return file
    except Exception:  # each storage fails in its own way
        log.exception("Stored evidence cannot be read: %s", name)
    else:
        log.error("Stored evidence is incomplete: %s", name)
    raise refusals.lost(title)


def erase(stored: StoredFile) -> None:
    """Erase the content and its pictures once the transaction is over; the row stays.

    What cannot be erased then is a stray, and is cleared as one.
    """
    names = [str(stored.file.name), *stored.preview_names]
    stored.erased_at, stored.drawn = clock.now(), 0
    stored.save(update_fields=["erased_at", "drawn"])
    transaction.on_commit(lambda: _delete_erased(stored.pk, names), robust=True)


def _delete_erased(pk: int, names: list[str]) -> None:
    with kept_alone(names[0]) as is_alone:
        # Somebody may be bringing it again at this moment.
        if is_alone and StoredFile.objects.filter(pk=pk, erased_at__isnull=False).exists():
            for name in names:
                default_storage.delete(name)


@contextmanager
def kept_from_clearing(name: str) -> Iterator[None]:
    """Within, the content that lies under ``name`` is no stray, though no row may name it yet."""
    _statement("pg_advisory_lock_shared", name)
    try:
        yield
    finally:
        _statement("pg_advisory_unlock_shared", name)


@contextmanager
def kept_alone(name: str) -> Iterator[bool]:
    """Whether nobody is bringing the content that lies under ``name``; held while it is so."""
    is_alone = _statement("pg_try_advisory_lock", name)
    try:
        yield is_alone
    finally:
        if is_alone:
            _statement("pg_advisory_unlock", name)


def _statement(function: str, name: str) -> bool:
    key = hash_in(name)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(hashtextextended(%s, 0))", [key])
        return bool(cursor.fetchone()[0])
