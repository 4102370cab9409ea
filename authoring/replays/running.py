"""Carrying a replay out: in batches, each in a transaction of its own, with progress written.

Memory stays flat: a batch of submissions, and counts. Progress is written before the flips of
the batch, so that cancelling waits for the batch under way and leaves none of its rows behind.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KeyTransform

from designation.applications.models import Application
from designation.rounds.models import Veto
from designation.site import clock
from standards import catalogue, values
from standards.engine.evaluation import Stage as JudgedAt
from standards.engine.evaluation import Standard
from standards.engine.replaying import Comparison, Judged, Tally, with_thresholds
from standards.models import StandardVersion
from workflows.stages.verification.models import Measurement, Visit

from . import results
from .models import Basis, Replay, ReplayFlip, Status
from .queries import handed_in

logger = logging.getLogger(__name__)

BATCH = 500
# A worker writes several times a second; one unheard for so long is taken for dead.
UNHEARD = timedelta(minutes=10)
# So long a replay may wait for the message that was sent with it, before it is sent again.
UNSENT = timedelta(minutes=1)
_AT: dict[str, JudgedAt] = {Basis.DECLARED: "self_assessment", Basis.MEASURED: "verification"}


class NoLongerWanted(Exception):
    """The replay was cancelled, or another worker has taken it up."""


@dataclass(frozen=True, slots=True)
class Row:
    """One application with its answers by check code."""

    application_id: int
    answers: dict[str, Any]


def run(pk: int) -> None:
    """Carry out the replay if it is waiting; one that is not is left alone."""
    replay = _take_up(pk)
    if replay is None:
        return
    try:
        compared = comparison(replay)
        tally = _judge_all(replay, compared)
        _write(replay, status=Status.DONE, result=results.stored(compared, tally))
    except NoLongerWanted:
        logger.info("Replay %s was cancelled or taken up by another worker.", pk)
    except Exception:
        logger.exception("Replay %s failed.", pk)
        _ours(replay).update(status=Status.FAILED, ended_at=clock.now())


@transaction.atomic
def _take_up(pk: int) -> Replay | None:
    """Queued becomes running, once: whoever comes second gets None."""
    taken = Replay.objects.filter(pk=pk, status=Status.QUEUED).update(
        status=Status.RUNNING, attempt=F("attempt") + 1, done=0, total=0, heard_at=clock.now()
    )
    if not taken:
        return None
    ReplayFlip.objects.filter(replay_id=pk).delete()
    return Replay.objects.select_related("entry__round__jurisdiction", "version").get(pk=pk)


def _ours(replay: Replay) -> QuerySet[Replay]:
    return Replay.objects.filter(pk=replay.pk, status=Status.RUNNING, attempt=replay.attempt)


def _write(replay: Replay, **changes: Any) -> None:
    """Raises NoLongerWanted when the replay is not this worker's any more."""
    now = clock.now()
    if changes.get("status") == Status.DONE:
        changes["ended_at"] = now
    if not _ours(replay).update(heard_at=now, **changes):
        raise NoLongerWanted


def comparison(replay: Replay) -> Comparison:
    """The round's standard and the one tried, both with the round's vetoes.

    Every local term is taken as defined: what is tried may use words not yet entered.
    Raises StandardVersion.DoesNotExist when the draft was thrown away meanwhile.
    """
    entry = replay.entry
    vetoes = list(
        Veto.objects.filter(round_id=entry.round_id, is_on=True).values_list(
            "check_code", "document", "confirming_body"
        )
    )

    def as_the_round_has_it(standard: Standard) -> Standard:
        return standard.configured(
            vetoes={code: document for code, document, _body in vetoes},
            confirming={code: body for code, _document, body in vetoes},
            local_terms={check.local_term: check.local_term for check in standard.checks},
        )

    if replay.version is None:
        raise StandardVersion.DoesNotExist("the draft was thrown away")
    tried = with_thresholds(catalogue.read(replay.version), replay.thresholds)
    return Comparison(
        as_the_round_has_it(catalogue.published(entry.standard_id)),
        as_the_round_has_it(tried),
        _AT[replay.basis],
    )


def _judge_all(replay: Replay, compared: Comparison) -> Tally:
    tally, total = Tally(), applications(replay).count()
    _write(replay, total=total)
    for rows in batches(replay):
        flips = []
        for row in rows:
            judged = compared.judge(row.answers)
            tally.count(judged)
            if judged.turned_by:
                flips.append(_flip(replay, row, judged))
        with transaction.atomic():
            # One that comes in while the replay runs is judged too.
            _write(replay, done=tally.rows, total=max(total, tally.rows))
            ReplayFlip.objects.bulk_create(flips)
    return tally


def _flip(replay: Replay, row: Row, judged: Judged) -> ReplayFlip:
    return ReplayFlip(
        replay=replay,
        application_id=row.application_id,
        falls=judged.falls,
        check_codes=list(judged.turned_by),
    )


def applications(replay: Replay) -> QuerySet[Application]:
    """By declared values, what was handed in; by measured ones, what of it was visited."""
    found = handed_in(replay.entry.round_id, replay.entry.category)
    if replay.basis == Basis.DECLARED:
        return found
    return found.filter(Exists(_visits_measured()))


def _visits_measured() -> QuerySet[Visit]:
    """Those of the application around it whose record was released: the rest is still at work."""
    return Visit.objects.filter(
        application=OuterRef("pk"), measurements__isnull=False, released_at__isnull=False
    )


def batches(replay: Replay) -> Iterator[list[Row]]:
    """The applications in the order of their keys, each batch read when it is asked for."""
    read = _declared if replay.basis == Basis.DECLARED else _measured
    chosen, last = applications(replay).order_by("pk"), 0
    while rows := read(chosen.filter(pk__gt=last)):
        last = rows[-1].application_id
        yield rows


def _declared(chosen: QuerySet[Application]) -> list[Row]:
    answers = KeyTransform("answers", "submission__content")
    rows = chosen.values_list("pk", answers)[:BATCH]
    return [
        Row(pk, values.from_rows(item["values"] for item in (items or {}).values()))
        for pk, items in rows
    ]


def _measured(chosen: QuerySet[Application]) -> list[Row]:
    last = Subquery(_visits_measured().order_by("-pk").values("pk")[:1])
    visits = dict(chosen.annotate(last_visit=last).values_list("pk", "last_visit")[:BATCH])
    by_visit: dict[int, list[dict[str, Any]]] = {visit: [] for visit in visits.values()}
    found = Measurement.objects.filter(visit__in=by_visit).order_by().values_list("visit", "values")
    for visit, measured in found:
        by_visit[visit].append(measured)
    return [Row(pk, values.from_rows(by_visit[visit])) for pk, visit in visits.items()]


def left_behind() -> list[int]:
    """Replays to send to a worker again: never taken up, or left by a worker that died."""
    now = clock.now()
    Replay.objects.filter(status=Status.RUNNING, heard_at__lt=now - UNHEARD).update(
        status=Status.QUEUED
    )
    waiting = Replay.objects.filter(status=Status.QUEUED, requested_at__lt=now - UNSENT)
    return list(waiting.order_by("pk").values_list("pk", flat=True))
