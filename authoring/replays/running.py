"""Carrying a replay out, as a job does: in chunks, with what was found so far kept between them.

Memory stays flat: a chunk of submissions, and counts.
"""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, fields
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KeyTransform
from django.utils.translation import gettext as _

from designation.applications.models import Application
from designation.rounds.models import Veto
from designation.site.jobs.kinds import CHUNK, Chunk
from designation.site.jobs.models import Job
from designation.site.refusal import Refusal
from standards import catalogue, values
from standards.engine.evaluation import Stage as JudgedAt
from standards.engine.evaluation import Standard
from standards.engine.replaying import Comparison, Judged, Tally, with_thresholds
from standards.models import StandardVersion
from standards.publishing import content_hash
from workflows.stages.verification.models import Measurement, Visit
from workflows.stages.verification.standing import released

from . import results
from .models import Basis, Replay, ReplayFlip
from .queries import handed_in

# The code of its kind of job.
KIND = "replay"
_AT: dict[str, JudgedAt] = {Basis.DECLARED: "self_assessment", Basis.MEASURED: "verification"}


@dataclass(frozen=True, slots=True)
class Row:
    """One application with its answers by check code."""

    application_id: int
    answers: dict[str, Any]


class Replaying:
    """A replay taken up by a worker; the memo holds the last application judged, and the counts."""

    def __init__(self, replay: Replay, tried: StandardVersion) -> None:
        self.replay = replay
        self.compared = comparison(replay, tried)
        self.source = source(replay, tried)

    def total(self) -> int:
        return applications(self.replay).count()

    def chunk(self, memo: dict[str, Any]) -> Chunk | None:
        """One statement, and one more of measured values."""
        rows = rows_after(self.replay, memo.get("last", 0))
        if not rows:
            return None
        tally, flips = tallied(memo), []
        for row in rows:
            judged = self.compared.judge(row.answers)
            tally.count(judged)
            if judged.turned_by:
                flips.append(_flip(self.replay, row, judged))
        kept = {"last": rows[-1].application_id, "tally": _kept(tally)}
        return Chunk(len(rows), kept, partial(ReplayFlip.objects.bulk_create, flips))

    def finish(self, memo: dict[str, Any]) -> None:
        self.replay.result = results.stored(self.compared, tallied(memo))
        self.replay.save(update_fields=["result"])


def begin(job: Job) -> Replaying:
    """Take a replay up. Raises Refusal when the draft was thrown away meanwhile."""
    replay = Replay.objects.select_related("entry__round__jurisdiction", "version").get(job=job)
    if replay.version is None:
        raise Refusal.because("draft_gone", _("试用的草稿已被放弃，不能再推演。请选择别的版本。"))
    return Replaying(replay, replay.version)


def undo(job: Job) -> None:
    ReplayFlip.objects.filter(replay__job=job).delete()


def _kept(tally: Tally) -> dict[str, Any]:
    return {one.name: getattr(tally, one.name) for one in fields(tally)}


def tallied(memo: dict[str, Any]) -> Tally:
    """The counts so far."""
    tally = Tally()
    for name, value in memo.get("tally", {}).items():
        setattr(tally, name, Counter(value) if isinstance(value, dict) else value)
    return tally


def comparison(replay: Replay, version: StandardVersion) -> Comparison:
    """The round's standard and the one tried, both with the round's vetoes.

    Every local term is taken as defined: what is tried may use words not yet entered.
    """
    entry = replay.entry
    vetoes = _vetoes(replay)

    def as_the_round_has_it(standard: Standard) -> Standard:
        return standard.configured(
            vetoes={code: document for code, document, _body in vetoes},
            confirming={code: body for code, _document, body in vetoes},
            local_terms={check.local_term: check.local_term for check in standard.checks},
        )

    tried = with_thresholds(catalogue.read(version), replay.thresholds)
    return Comparison(
        as_the_round_has_it(catalogue.published(entry.standard_id)),
        as_the_round_has_it(tried),
        _AT[replay.basis],
    )


def _vetoes(replay: Replay) -> list[tuple[str, str, str]]:
    """Check, document and confirming body of each veto of the round, in one order."""
    found = Veto.objects.filter(round_id=replay.entry.round_id, is_on=True).order_by("check_code")
    return list(found.values_list("check_code", "document", "confirming_body"))


def source(replay: Replay, version: StandardVersion) -> str:
    """Stands for all that a replay judges by: a draft may change between two workers."""
    asked = [content_hash(version), replay.entry.standard_id, _vetoes(replay)]
    return hashlib.sha256(json.dumps(asked).encode()).hexdigest()


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
    return Visit.objects.filter(released(), application=OuterRef("pk"), measurements__isnull=False)


def rows_after(replay: Replay, last: int) -> list[Row]:
    """The next applications in the order of their keys, a chunk at most."""
    read = _declared if replay.basis == Basis.DECLARED else _measured
    return read(applications(replay).order_by("pk").filter(pk__gt=last))


def _declared(chosen: QuerySet[Application]) -> list[Row]:
    answers = KeyTransform("answers", "submission__content")
    rows = chosen.values_list("pk", answers)[:CHUNK]
    return [
        Row(pk, values.from_rows(item["values"] for item in (items or {}).values()))
        for pk, items in rows
    ]


def _measured(chosen: QuerySet[Application]) -> list[Row]:
    last = Subquery(_visits_measured().order_by("-pk").values("pk")[:1])
    visits = dict(chosen.annotate(last_visit=last).values_list("pk", "last_visit")[:CHUNK])
    by_visit: dict[int, list[dict[str, Any]]] = {visit: [] for visit in visits.values()}
    found = Measurement.objects.filter(visit__in=by_visit).order_by().values_list("visit", "values")
    for visit, measured in found:
        by_visit[visit].append(measured)
    return [Row(pk, values.from_rows(by_visit[visit])) for pk, visit in visits.items()]
