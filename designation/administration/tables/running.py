"""A worker judges a long table, or enters a part of one that was accepted, a chunk at a time.

Rows are read a chunk at a time; one that is killed goes on behind the last chunk that was kept.
"""

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils import translation

from designation.site.jobs.kinds import Chunk
from designation.site.jobs.models import Job

from ...organizations.models import Person
from ..models import CountyTable, TableRow
from . import accepting
from .judging import Judging
from .parts import PARTS

# Our default: what one transaction enters, so that nobody waits long for the head of the log.
ROWS_A_CHUNK = 100


class _Walking:
    """The rows one after the other; the memo holds the last one's key."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.table = CountyTable.objects.select_related("jurisdiction").get(job=job)
        self.source = f"{job.kind} {self.table.pk}"

    def rows(self) -> QuerySet[TableRow]:
        raise NotImplementedError

    def work(self, rows: list[TableRow], judging: Judging) -> None:
        raise NotImplementedError

    def finish(self, memo: dict[str, Any]) -> None:
        raise NotImplementedError

    def total(self) -> int:
        return self.rows().count()

    def chunk(self, memo: dict[str, Any]) -> Chunk | None:
        rows = list(self.rows().filter(pk__gt=memo.get("last", 0)).order_by("pk")[:ROWS_A_CHUNK])
        if not rows:
            return None
        return Chunk(len(rows), {"last": rows[-1].pk}, partial(self._write, rows))

    def actor(self) -> Person:
        """Who asked, read anew: their rights are asked when they are used."""
        return Person.objects.get(pk=str(self.job.asked_by_id))

    def _write(self, rows: list[TableRow]) -> None:
        actor = self.actor()
        # What is said at a row is read by who asked.
        with translation.override(actor.language):
            self.work(rows, Judging(self.table, actor))


class Checking(_Walking):
    """Judges every row."""

    def rows(self) -> QuerySet[TableRow]:
        return self.table.rows.all()

    def work(self, rows: list[TableRow], judging: Judging) -> None:
        accepting.judge(rows, judging)

    def finish(self, memo: dict[str, Any]) -> None:  # noqa: ARG002 - as jobs ask for it
        accepting.settle(self.table)


class Entering(_Walking):
    """Enters the rows of a part that are as they were shown."""

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self.part = PARTS[job.kind]

    def rows(self) -> QuerySet[TableRow]:
        # Of a row that another one needed, and that was entered with it, nothing is left to do.
        return self.part.rows(self.table)

    def work(self, rows: list[TableRow], judging: Judging) -> None:
        left = self.part.left(self.table).filter(pk__in=[row.pk for row in rows])
        accepting.enter(left.order_by("pk"), judging)

    def finish(self, memo: dict[str, Any]) -> None:  # noqa: ARG002 - as jobs ask for it
        accepting.finish(self.table, self.part, actor=self.actor())


def keep_what_was_done(job: Job) -> None:
    """Nothing is taken back: a row that was entered is on record, and the preview says so."""
    for table in CountyTable.objects.filter(job=job):
        accepting.settle(table)
