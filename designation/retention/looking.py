"""The daily look: what is due no more is withdrawn, what is due announced, what was announced goes.

May run twice, late, or at once with itself: whoever settles a thing holds its row, and asks its
room anew whether it is due. Nothing goes that was not announced, that is held, or on which
something open or valid rests.
"""

import logging
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import islice

from designation.audit import events
from designation.audit.models import WithoutSeat
from designation.site import clock, endings

from . import announcements, classes, ends
from .models import Disposal, Outcome
from .rules import NOTICE

log = logging.getLogger(__name__)

# Our defaults: how many are announced, and how many go, a class a day; how many in a transaction.
MOST_ANNOUNCED = 5_000
MOST_DESTROYED = 5_000
BATCH = 200


def look() -> tuple[int, int]:
    """Once a day; answers how many were announced, and how many went.

    What breaks is logged, and keeps no other class from being looked after.
    """
    announced = destroyed = 0
    for kept in classes.announced():
        try:
            announced += announce(kept.code)
            destroyed += destroy(kept.code)
        except Exception:
            log.exception("What is due of %s could not be looked after.", kept.code)
    return announced, destroyed


@endings.act()
def announce(code: str) -> int:
    """List what ends within the time of the notice and was not announced; tell who looks after it.

    The notice is never shorter: what was due long ago gets it in full.
    """
    today = clock.today()
    waiting = set(Disposal.objects.waiting().filter(kept_class=code).values_list("key", flat=True))
    due = (one for one in ends.of(code).due(today + NOTICE) if one.key not in waiting)
    rows = [_row(code, one, today) for one in islice(due, MOST_ANNOUNCED)]
    made = Disposal.objects.bulk_create(rows, batch_size=500)
    announcements.announced(made)
    return len(made)


def _row(code: str, due: ends.Due, today: date) -> Disposal:
    return Disposal(
        kept_class=code,
        key=due.key,
        label=due.label[:200],
        holder=due.holder[:200],
        jurisdiction_code=due.jurisdiction_code,
        count=due.count,
        size=due.size,
        sha256=due.sha256,
        kept_until=due.kept_until,
        announced_at=clock.now(),
        goes_on=max(due.kept_until + timedelta(days=1), today + NOTICE),
    )


def destroy(code: str) -> int:
    """Let go what was announced, is not held and still due, a batch a transaction."""
    gone = passed = 0
    while passed < MOST_DESTROYED and (batch := _batch(code)):
        passed += len(batch)
        gone += _settle(code, batch)
    return gone


def _batch(code: str) -> list[int]:
    """Keys of those that may go today, the longest due first."""
    may_go = Disposal.objects.not_held().filter(kept_class=code, goes_on__lte=clock.today())
    return list(may_go.order_by("goes_on", "pk").values_list("pk", flat=True)[:BATCH])


@endings.act()
def _settle(code: str, keys: Iterable[int]) -> int:
    """Each is destroyed, or withdrawn where it is due no more; answers how many were destroyed."""
    held = Disposal.objects.select_for_update(skip_locked=True).filter(pk__in=keys)
    rows = [one for one in held.order_by("pk") if not _is_held(one)]
    for row in rows:
        due = ends.of(code).again(row.key, clock.today())
        row.settled_at = clock.now()
        row.outcome = Outcome.WITHDRAWN if due is None else Outcome.DESTROYED
        if due is not None:
            row.count, row.size, row.sha256 = due.count, due.size, due.sha256
            ends.of(code).let_go(due)
    columns = ["outcome", "settled_at", "count", "size", "sha256"]
    Disposal.objects.bulk_update(rows, columns)
    events.append_many([_entry(row) for row in rows])
    return sum(row.outcome == Outcome.DESTROYED for row in rows)


def _is_held(row: Disposal) -> bool:
    """Asked anew behind the lock: whoever holds a thing locks it too."""
    return row.holds.filter(lifted_at__isnull=True).exists()


def _entry(row: Disposal) -> events.Entry:
    is_gone = row.outcome == Outcome.DESTROYED
    return events.Entry(
        actor=None,
        action="disposal.destroy" if is_gone else "disposal.withdraw",
        subject=row,
        jurisdiction_code=row.jurisdiction_code,
        role=WithoutSeat.SYSTEM,
        details={
            "class": row.kept_class,
            "count": row.count,
            "size": row.size,
            "sha256": row.sha256,
            "retained_until": row.kept_until,
        },
    )
