"""A kind of job made for tests: it counts rows, and leaves one in the database for each."""

from datetime import UTC, datetime

from designation.site.jobs import kinds
from designation.site.jobs.kinds import CHUNK, Chunk, Kind, Words
from designation.site.models import RequestKey

KIND = "tests.counting"
WORDS = Words(
    running="点数中",
    progress="已点 %(done)d 个，共 %(total)d 个。",
    bar="点数",
    cancel="不点了",
    under_way="还在点数。",
)
NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)


def nothing(_first):
    """Nothing happens meanwhile."""


class Counting:
    """``rows`` in all; of each chunk ``reads`` is told before its transaction, ``hear`` in it."""

    source = "the numbers"

    def __init__(self, job, rows, size=CHUNK, hear=nothing, reads=nothing):
        self.job, self.rows, self.size = job, rows, size
        self.hear, self.reads = hear, reads

    def total(self):
        return self.rows

    def chunk(self, memo):
        first = memo.get("next", 0)
        numbers = range(first, min(first + self.size, self.rows))
        if not numbers:
            return None
        self.reads(first)

        def write():
            RequestKey.objects.bulk_create(row(self.job, number) for number in numbers)
            self.hear(first)

        kept = {"next": numbers.stop, "sum": memo.get("sum", 0) + sum(numbers)}
        return Chunk(len(numbers), kept, write)

    def finish(self, memo):
        RequestKey.objects.create(
            key=f"{self.job.pk} sum", content=str(memo.get("sum", 0)), used_at=NOW
        )


def row(job, number):
    return RequestKey(key=f"{job.pk} {number}", content=str(number), used_at=NOW)


def left_by(job):
    """The numbers that the chunks left, in their order."""
    found = RequestKey.objects.filter(key__startswith=f"{job.pk} ").exclude(key__endswith="sum")
    return sorted(int(content) for content in found.values_list("content", flat=True))


def result_of(job):
    found = RequestKey.objects.filter(key=f"{job.pk} sum").values_list("content", flat=True)
    return [int(content) for content in found]


def undo(job):
    RequestKey.objects.filter(key__startswith=f"{job.pk} ").delete()


def known(begin, code=KIND):
    """Register the kind as a room would when it starts."""
    kinds.register(Kind(code, WORDS, begin, undo))
