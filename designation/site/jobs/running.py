"""A worker carries a job out: chunk by chunk, each in a transaction of its own with its progress.

What a chunk leaves and where to go on from are committed together, and only while the job is
still this worker's: one killed half way through loses the chunk in hand, the next goes on behind
the last one committed, and one given up for dead that comes back writes nothing.
"""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from designation.site import clock, endings
from designation.site.refusal import Refusal

from . import kinds
from .kinds import CHUNK, Chunk, Kind, Work
from .models import Job, State

logger = logging.getLogger(__name__)

# Our defaults. A worker writes after each chunk; one unheard for so long is taken for dead.
UNHEARD = timedelta(minutes=2)
# So long a job may wait for the message that was sent with it, before it is sent again.
UNSENT = timedelta(minutes=1)
# A job that costs so many workers their life is not given to another.
MOST_ATTEMPTS = 5


class NoLongerOurs(Exception):
    """The job was called off, or another worker has taken it up."""


def is_unheard(now: datetime) -> Q:
    """Jobs whose worker has not been heard for too long."""
    return Q(state=State.RUNNING, heard_at__lt=now - UNHEARD)


def run(pk: int) -> None:
    """Carry the job out if it waits, or if its worker died; any other is left alone."""
    job = _take_up(pk)
    if job is None:
        return
    try:
        kind = kinds.of(job.kind)
        _work_through(job, kind, kind.begin(job))
    except NoLongerOurs:
        logger.info("Job %s was called off or taken up by another worker.", pk)
        _end(job, State.CANCELLED, Q(cancel_asked_at__isnull=False))
    except Refusal as refused:
        _end(job, State.FAILED, reason=refused.codes[0])
    except Exception:
        logger.exception("Job %s failed.", pk)
        _end(job, State.FAILED)


def _take_up(pk: int) -> Job | None:
    """Once for each attempt: whoever comes second gets None."""
    now = clock.now()
    waiting = Q(state=State.QUEUED) | is_unheard(now)
    # A kind that this process does not know waits for a worker of the version that asked for it.
    ours = Job.objects.filter(waiting, pk=pk, kind__in=kinds.known())
    taken = ours.filter(cancel_asked_at__isnull=True).update(
        state=State.RUNNING, attempt=F("attempt") + 1, heard_at=now
    )
    return Job.objects.get(pk=pk) if taken else None


def _ours(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, state=State.RUNNING, attempt=job.attempt)


def _write(job: Job, **changes: Any) -> None:
    """Raises NoLongerOurs, so that whatever the transaction did is taken back."""
    ours = _ours(job).filter(cancel_asked_at__isnull=True)
    if not ours.update(heard_at=clock.now(), **changes):
        raise NoLongerOurs


def still_ours(job: Job) -> None:
    """Say within a long chunk that the worker lives. Raises NoLongerOurs."""
    _write(job)


def _work_through(job: Job, kind: Kind, work: Work) -> None:
    done, memo = job.done, job.memo.get("left", {})
    if job.memo.get("source", work.source) != work.source:
        with endings.act():
            kind.undo(job)
            done, memo = 0, {}
            _write(job, done=done, memo=memo)
    total = max(work.total(), done)
    _write(job, total=total)
    while chunk := work.chunk(memo):
        done, memo = done + _counted(chunk), chunk.memo
        # A row that comes in while the job runs is counted too.
        total = max(total, done)
        with endings.act():
            chunk.write()
            kept = {"source": work.source, "left": memo}
            _write(job, done=done, total=total, memo=kept)
    with endings.act():
        work.finish(memo)
        _write(job, state=State.DONE, ended_at=clock.now(), memo={})


def _counted(chunk: Chunk) -> int:
    if chunk.count > CHUNK:
        raise ValueError(f"a chunk of {chunk.count} rows; at most {CHUNK}")
    return chunk.count


def _end(job: Job, state: State, also: Q | None = None, *, reason: str = "") -> None:
    """End a job that is ours without a result, and take back what its chunks left."""
    with endings.act():
        ours = _ours(job).filter(also or Q())
        if ours.update(state=state, ended_at=clock.now(), memo={}, reason=reason):
            kinds.of(job.kind).undo(job)


def left_behind() -> list[int]:
    """Jobs to send to a worker: never taken up, or left by one that died.

    Those called off meanwhile end here, and those that no worker survives.
    """
    now = clock.now()
    for job in Job.objects.filter(is_unheard(now), kind__in=kinds.known()):
        if job.cancel_asked_at is not None:
            _end(job, State.CANCELLED)
        elif job.attempt >= MOST_ATTEMPTS:
            logger.error("Job %s was left %s times; it is given up.", job.pk, job.attempt)
            _end(job, State.FAILED)
    waiting = Q(state=State.QUEUED, asked_at__lt=now - UNSENT)
    left = Job.objects.filter(waiting | is_unheard(now)).order_by("pk")
    return list(left.values_list("pk", flat=True))
