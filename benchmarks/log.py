"""How long writing the log holds the head of its chain, by how many events a transaction writes.

Held is from the moment the head is locked to the end of the commit, during which every other act
of the site waits. Beside it stands the processor time that this process took meanwhile.
"""

import statistics
import time
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from designation.applications.sittings import CHUNK as SITTINGS
from designation.audit import chain, events
from designation.audit.models import WithoutSeat
from designation.organizations.models import Jurisdiction
from designation.site.jobs.kinds import CHUNK
from tests import factories

EVENTS = 10_000
TURNS = 31
RATIO_MOST = 100


@dataclass(frozen=True, slots=True)
class Held:
    """How long the head was held in one piece, and processor time of it; milliseconds."""

    wall: float
    processor: float


class Watch:
    """Reads the clocks when the statement that locks the head has come back."""

    wall = processor = 0.0

    def __call__(self, execute: Any, *statement: Any) -> Any:
        answer = execute(*statement)
        if "audit_chainhead" in statement[0]:
            self.wall, self.processor = time.perf_counter(), time.process_time()
        return answer

    def held(self) -> Held:
        wall, processor = time.perf_counter() - self.wall, time.process_time() - self.processor
        return Held(wall * 1000, processor * 1000)


def write(area: Jurisdiction, count: int) -> Held:
    """Write ``count`` events in one transaction, as the door and each chunk of long work do."""
    entry = events.Entry(
        actor=None,
        action="application.recommend",
        subject=area,
        jurisdiction_code=area.code,
        role=WithoutSeat.SYSTEM,
        details={"from": "submitted", "to": "recommended", "version": 5, "opinion": "同意推荐。"},
    )
    watch = Watch()
    with connection.execute_wrapper(watch), transaction.atomic():
        events.append_many([entry] * count)
    return watch.held()


def median(area: Jurisdiction, count: int) -> Held:
    turns = [write(area, count) for _turn in range(TURNS)]
    return Held(
        statistics.median(turn.wall for turn in turns),
        statistics.median(turn.processor for turn in turns),
    )


def longest(area: Jurisdiction, chunk: int) -> Held:
    """Of ``EVENTS`` written in chunks, the one that held the head longest."""
    return max((write(area, chunk) for _each in range(EVENTS // chunk)), key=lambda held: held.wall)


def main() -> None:
    area = factories.JurisdictionFactory()
    write(area, EVENTS)
    one = median(area, 1)
    print("The head of the log is held in one piece for, milliseconds (processor time beside):")
    print(f"  one event (median of {TURNS}) {one.wall:.2f} ({one.processor:.2f})")
    rows = {
        f"{EVENTS:,} in chunks of {CHUNK}, as jobs write them": longest(area, CHUNK),
        f"{EVENTS:,} in chunks of {SITTINGS}, as sittings are recorded": longest(area, SITTINGS),
        f"{EVENTS:,} in one transaction": write(area, EVENTS),
    }
    for name, held in rows.items():
        ratio = held.wall / one.wall
        wanted = "" if "one" in name else f" (wanted: at most {RATIO_MOST})"
        print(f"  {name} {held.wall:.1f} ({held.processor:.1f}), ratio {ratio:.0f}{wanted}")
    print(f"  the chain is whole: {chain.verify().whole}")
