"""A worker makes the file of a long list, a piece at a time: memory stays flat.

The rows are read by one cursor, so that the file is the list of one moment. A file half written is
worth nothing: whoever takes the job up anew begins anew.
"""

import tempfile
from itertools import islice
from typing import IO, Any

from django.http import Http404
from django.utils.translation import gettext as _

from designation.organizations.models import Person
from designation.site.jobs.kinds import Chunk
from designation.site.jobs.models import Job
from designation.site.refusal import Refusal

from . import asking, keeping, rules
from .models import Export

# The code of the refusal.
RIGHT_LOST = "right_lost"


class Making:
    """The file of a list under way; what it was begun by is this attempt, and no other."""

    def __init__(self, export: Export, spool: IO[bytes]) -> None:
        self.export, self.spool = export, spool
        self.source = f"attempt {export.job.attempt}" if export.job else ""
        self.table = asking.list_of(export)
        self.filters = self.table.narrowed(asking.asked(export, export.maker))
        self.lines = asking.begun(export, self.table, self.filters, spool)
        self.rows = self.filters.qs.iterator(chunk_size=asking.CHUNK)
        self.stored: dict[str, Any] = {}

    def total(self) -> int:
        return self.filters.qs.count()

    def chunk(self, memo: dict[str, Any]) -> Chunk | None:
        """The next rows; behind the last the file is put where it is fetched from."""
        rows = list(islice(self.rows, asking.CHUNK))
        if not rows:
            self._store()
            return None
        self.lines.add(rows)
        return Chunk(len(rows), {"rows": memo.get("rows", 0) + len(rows)})

    def _store(self) -> None:
        with tempfile.TemporaryFile() as file:
            self.lines.file.write(file)
            self.stored = keeping.store(self.export, file)
        self.spool.close()

    def finish(self, memo: dict[str, Any]) -> None:  # noqa: ARG002 - its shape is the job's
        still_may(self.export)
        asking.finished(
            self.export, self.table, self.filters, rows=self.lines.count, stored=self.stored
        )


def begin(job: Job) -> Making:
    """Raises Refusal where the maker lost the right meanwhile."""
    export = Export.objects.select_related("job").get(job=job)
    still_may(export)
    try:
        rules.table_or_404(export.maker, export.subject)
        return Making(export, tempfile.TemporaryFile())
    except Http404 as gone:
        raise lost() from gone


def still_may(export: Export) -> None:
    """Asks anew, also behind the last row. Raises Refusal where a seat was lost meanwhile."""
    export.maker = Person.objects.get(pk=export.maker_id)
    if rules.has_lost_a_seat(export.maker, export.seats):
        raise lost()


def lost() -> Refusal:
    """For who may not have it any more."""
    return Refusal.because(RIGHT_LOST, _("您的岗位已变动，没有导出。请重新打开列表再导出。"))


def undo(job: Job) -> None:
    for export in Export.objects.filter(job=job):
        keeping.take_back(export)
