"""What an archive of a round holds beside its cases: programme, table, notices, register lines."""

import tempfile
from collections.abc import Callable, Iterator
from typing import IO

from django.utils.translation import gettext as _

from designation.applications.models import Application
from designation.exports import files
from designation.exports.models import Format
from designation.organizations.models import Person
from designation.register import queries as register
from designation.register.tables import REGISTER
from designation.rounds.models import Round
from designation.site.tables import Column
from workflows.case_pages.tables import APPLICATIONS
from workflows.stages.public_notice.models import Notice

from . import folders, names, notice_record, papers_record, postings_record, rules
from .case_record import CaseRecord
from .packing import Piece, written_as_json
from .tables import moment

# What is said of the round: the columns of its row by their names.
_SAID = (
    "organizer",
    "managing_office",
    "approving_body",
    "approval_document_number",
    "legal_basis",
    "cycle",
)


class RoundRecord:
    """A round on its way into an archive, with the cases that had ended when it was begun."""

    def __init__(self, round_: Round, person: Person) -> None:
        self.round, self.person = round_, person
        ended = rules.concluded(person).filter(round=round_)
        self.cases = [
            (pk, names.folder(place, name))
            for place, (pk, name) in enumerate(
                ended.order_by("category", "area_code", "pk").values_list(
                    "pk", "organization__name_zh"
                ),
                start=1,
            )
        ]

    def pieces(self, wrote: Callable[[], bool]) -> Iterator[Piece]:
        yield self._programme()
        yield self._table(_("汇总表"), APPLICATIONS.columns, self._applications())
        titles = register.titles().filter(application__round=self.round).order_by("number")
        yield self._table(_("名册"), REGISTER.columns, titles.iterator(chunk_size=_CHUNK))
        published = Notice.objects.filter(round=self.round, published_at__isnull=False)
        for number, notice in enumerate(published.order_by("pk"), start=1):
            yield notice_record.piece(f"{folders.ROUND}/", notice, number)
            yield from postings_record.pieces(f"{folders.ROUND}/", notice, number)
        left = papers_record.of_round(self.round)
        yield from papers_record.pieces(folders.ROUND_PAPERS, left)
        for pk, folder in self.cases:
            record = CaseRecord(pk, self.person, f"{folders.CASES}/{folder}/")
            yield from record.pieces(wrote)

    def _programme(self) -> Piece:
        said = {
            "round": self.round.name_zh,
            "county": {
                "code": self.round.jurisdiction.code,
                "name": self.round.jurisdiction.name_zh,
            },
            "opens_at": moment(self.round.opens_at),
            "closes_at": moment(self.round.closes_at),
            "cases": len(self.cases),
        } | {name: getattr(self.round, name) for name in _SAID}
        return written_as_json(f"{folders.ROUND}/metadata.json", said)

    def _applications(self) -> Iterator[Application]:
        """In the order of their folders, a piece of them at a time."""
        rows = rules.concluded(self.person).select_related(
            "organization__jurisdiction", "round", "term", "holder_organization"
        )
        for begin in range(0, len(self.cases), _CHUNK):
            keys = [pk for pk, _folder in self.cases[begin : begin + _CHUNK]]
            found = rows.in_bulk(keys)
            yield from (found[pk] for pk in keys if pk in found)

    def _table(self, name: str, columns: tuple[Column, ...], rows: Iterator[object]) -> Piece:
        """A list as an office prints it, opened when it is its turn."""

        def opened() -> IO[bytes]:
            with tempfile.TemporaryFile() as spool:
                lines = files.begun(Format.XLSX, name, [self.round.name_zh], columns, spool)
                for row in rows:
                    lines.add([row])
                made = tempfile.TemporaryFile()  # noqa: SIM115 - closed by who reads it
                lines.file.write(made)
            made.seek(0)
            return made

        return Piece(f"{folders.ROUND}/{name}.xlsx", opened)


# Rows read from the database at a time.
_CHUNK = 500
