"""Previews: pictures of the pages of PDFs and of photos, drawn once, after the upload.

Each entry is drawn for itself, also where the same content was drawn for somebody else: previews
that were there at once would tell that it was here before.
"""

import logging
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.db.models import F, QuerySet

from designation.site import clock

from . import contents
from .models import PREVIEW_SIZES, LibraryEntry, StoredFile, preview_name
from .names import JPEG, PDF, PNG
from .refusals import EvidenceRefused

logger = logging.getLogger(__name__)

DRAWN_TYPES = (PDF, JPEG, PNG)
MOST_TRIES = 3
# Our defaults: seconds on the wall, for a machine that is busy, and entries a call.
_MOST_SECONDS = 90
_AT_ONCE = 50
_SCRIPT = Path(__file__).with_name("drawing.py")
_FIGURE = struct.Struct(">I")
_WEBP_HEAD, _WEBP_KIND = b"RIFF", b"WEBP"


class NotDrawn(Exception):
    """The process that draws gave up, was ended, or wrote what it should not."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """How many pages the document has, and for those drawn their pictures, by PREVIEW_SIZES."""

    pages: int
    pictures: tuple[tuple[bytes, ...], ...]


def draw(content: bytes) -> Drawn:
    """Draw the pages in a process of their own. Raises NotDrawn."""
    with tempfile.TemporaryFile() as out:
        try:
            # Not in our environment: what it reads there is none of a document's business.
            done = subprocess.run(  # noqa: S603 - our own script, nothing of it is typed
                [sys.executable, "-I", str(_SCRIPT)],
                input=content,
                stdout=out,
                stderr=subprocess.PIPE,
                env={},
                timeout=_MOST_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as late:
            raise NotDrawn("It took too long.") from late
        if done.returncode:
            told = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
            raise NotDrawn(f"It ended with {done.returncode}: {told}")
        out.seek(0)
        return _read(out)


def _read(out: IO[bytes]) -> Drawn:
    head = out.read(_FIGURE.size)
    if len(head) < _FIGURE.size:
        raise NotDrawn("It said nothing.")
    pictures = list(_pictures(out))
    wide = len(PREVIEW_SIZES)
    if len(pictures) % wide:
        raise NotDrawn("A picture is missing.")
    pages = tuple(tuple(pictures[at : at + wide]) for at in range(0, len(pictures), wide))
    return Drawn(_FIGURE.unpack(head)[0], pages)


def _pictures(out: IO[bytes]) -> Iterator[bytes]:
    while head := out.read(_FIGURE.size):
        content = out.read(_FIGURE.unpack(head)[0])
        if not (content.startswith(_WEBP_HEAD) and content[8:12] == _WEBP_KIND):
            raise NotDrawn("What it wrote is no picture.")
        yield content


def draw_waiting() -> int:
    """Draw what waits, the oldest first; returns how many entries were drawn or given up."""
    done = 0
    for pk in list(_waiting().values_list("pk", flat=True)[:_AT_ONCE]):
        done += make(pk)
    return done


def _waiting() -> QuerySet[LibraryEntry]:
    waiting = LibraryEntry.objects.filter(previewed_at__isnull=True, taken_out_at__isnull=True)
    return waiting.filter(preview_tries__lt=MOST_TRIES).order_by("uploaded_at", "pk")


def make(pk: int) -> bool:
    """Draw one entry; False where another worker has it, or it has to be tried again.

    A try counts before it is made: a document that takes the worker with it is not met for ever.
    """
    entry = _waiting().select_related("stored").filter(pk=pk).first()
    if entry is None:
        return False
    tried = LibraryEntry.objects.filter(pk=pk, preview_tries=entry.preview_tries)
    if not tried.update(preview_tries=F("preview_tries") + 1):
        return False
    try:
        if entry.stored.media_type in DRAWN_TYPES:
            _keep(entry, draw(_content(entry)))
    except (NotDrawn, EvidenceRefused) as trouble:
        logger.warning("Previews of entry %s were not drawn: %s", pk, trouble)
        if entry.preview_tries + 1 < MOST_TRIES:
            return False
    tried = LibraryEntry.objects.filter(pk=pk)
    return bool(tried.update(previewed_at=clock.now()))


def _content(entry: LibraryEntry) -> bytes:
    with contents.opened(entry.stored, entry.title) as file:
        return file.read()


def _keep(entry: LibraryEntry, drawn: Drawn) -> None:
    """Write the pictures, then say how many there are."""
    stored = entry.stored
    with contents.kept_from_clearing(str(stored.file.name)):
        for page, pictures in enumerate(drawn.pictures, start=1):
            for size, picture in zip(PREVIEW_SIZES, pictures, strict=True):
                contents.write(preview_name(stored.sha256, page, size), picture)
        present = StoredFile.objects.filter(pk=stored.pk, erased_at__isnull=True)
        present.update(pages=drawn.pages, drawn=len(drawn.pictures))
