"""A worker writes an archive, a file at a time: memory stays flat, and it is heard between two.

An archive half written is worth nothing: whoever takes the job up anew begins anew.
"""

import tempfile
from collections.abc import Iterator
from typing import IO, Any

from designation.applications.models import Application
from designation.audit import events
from designation.exports import keeping
from designation.exports import running as exports
from designation.exports.models import Export
from designation.rounds.models import Round
from designation.site import clock
from designation.site.jobs import running as jobs
from designation.site.jobs.kinds import Chunk
from designation.site.jobs.models import Job
from standards.language import of_the_record

from ..models import Archive
from . import rules
from .asking import CASE
from .case_record import CaseRecord
from .packing import FORMAT, Package, Piece
from .round_record import RoundRecord
from .tables import moment


class Archiving:
    """An archive under way; what it was begun by is this attempt, and no other."""

    def __init__(self, export: Export, file: IO[bytes]) -> None:
        self.export, self.file = export, file
        self.source = f"attempt {export.job.attempt}" if export.job else ""
        self.subject = _subject(export)
        self.began_at = clock.now()
        self.package = Package(file, dated=self.began_at)
        self.cases = 1
        self.is_written = False
        self.pieces = self._pieces()
        self.manifest_sha256 = ""
        self.stored: dict[str, Any] = {}

    def _pieces(self) -> Iterator[Piece]:
        if isinstance(self.subject, Application):
            record = CaseRecord(self.subject.pk, self.export.maker)
            return record.pieces(lambda: self.is_written)
        round_record = RoundRecord(self.subject, self.export.maker)
        self.cases = len(round_record.cases)
        return round_record.pieces(lambda: self.is_written)

    def total(self) -> int:
        return self.cases

    @of_the_record()
    def chunk(self, memo: dict[str, Any]) -> Chunk | None:
        """The next file; behind the last the ZIP is put where it is fetched from."""
        piece = next(self.pieces, None)
        if piece is None:
            self._store()
            return None
        self.is_written = self.package.add(piece)
        return Chunk(int(piece.ends_case), {"files": memo.get("files", 0) + 1})

    def _store(self) -> None:
        self.manifest_sha256 = self.package.close(self._heads())
        with self.file:
            self.stored = keeping.store(self.export, self.file, alive=self._alive)

    def _alive(self) -> None:
        """A big ZIP takes longer to be stored than a worker may be silent."""
        if self.export.job is not None:
            jobs.still_ours(self.export.job)

    def _heads(self) -> dict[str, Any]:
        """What the manifest says of the whole."""
        return {
            "format": FORMAT,
            "title": self.export.title,
            "archived_at": moment(self.began_at),
            "archived_by": self.export.maker.full_name,
            "cases": self.cases,
            "file_count": self.package.files,
            "absent_count": self.package.absent,
        }

    def finish(self, memo: dict[str, Any]) -> None:  # noqa: ARG002 - its shape is the job's
        exports.still_may(self.export)
        keeping.made(self.export, rows=self.package.files, stored=self.stored)
        archive = self._kept()
        self._on_record(archive)

    def _kept(self) -> Archive:
        role = rules.coordinating_role(_place(self.subject), self.export.maker)
        if role is None:
            raise exports.lost()
        subject = self.subject
        return Archive.objects.create(
            application=subject if isinstance(subject, Application) else None,
            round=subject if isinstance(subject, Round) else None,
            made_by=self.export.maker,
            role=role,
            made_at=clock.now(),
            cases=self.cases,
            files=self.package.files,
            absent=self.package.absent,
            size=self.stored["size"],
            sha256=self.export.sha256,
            manifest_sha256=self.manifest_sha256,
        )

    def _on_record(self, archive: Archive) -> None:
        is_case = archive.application is not None
        events.append(
            events.Entry(
                actor=archive.made_by,
                action="application.archive" if is_case else "round.archive",
                subject=self.subject,
                jurisdiction_code=_place(self.subject),
                role=archive.role,
                details={
                    "cases": archive.cases,
                    "files": archive.files,
                    "absent": archive.absent,
                    "sha256": archive.sha256,
                    "manifest": archive.manifest_sha256,
                },
            )
        )


def _subject(export: Export) -> Application | Round:
    """Raises Refusal where it is no more the maker's to archive."""
    what, _blank, pk = export.subject.partition(" ")
    rows: Any = rules.concluded if what == CASE else rules.rounds
    found: Application | Round | None = rows(export.maker).filter(pk=pk).first()
    if found is None:
        raise exports.lost()
    return found


def _place(subject: Application | Round) -> str:
    if isinstance(subject, Application):
        return subject.area_code
    return subject.jurisdiction.code


def begin(job: Job) -> Archiving:
    """Raises Refusal where the maker lost the right meanwhile."""
    export = Export.objects.select_related("job").get(job=job)
    export.job = job
    exports.still_may(export)
    return Archiving(export, tempfile.TemporaryFile())
