"""The demo's time: starts in March 2026, runs on while the demo runs, moves forward by days.

It never goes past the last day of the loaded calendar, so the demo works in any later year.
"""

from datetime import UTC, datetime, timedelta

from django.db import transaction

from designation.audit.models import AuditEvent
from designation.site.clock import SHANGHAI, system_now

from .models import DemoClock

# A Monday morning, with the working weeks of spring ahead.
START = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI).astimezone(UTC)
LAST = datetime(2026, 12, 31, 23, 59, tzinfo=SHANGHAI).astimezone(UTC)


def demo_now() -> datetime:
    """The demo's moment, in UTC; the start while no clock has been set."""
    row = DemoClock.objects.filter(pk=1).first()
    if row is None:
        return START
    return min(row.moment + (system_now() - row.anchored_at), LAST)


@transaction.atomic
def resume() -> datetime:
    """Let time go on from where the demo last stood: nothing recorded lies in its future."""
    row = DemoClock.objects.select_for_update().filter(pk=1).first()
    newest = AuditEvent.objects.order_by("-sequence").values_list("at", flat=True).first()
    moment = max(m for m in (START, row and row.moment, newest) if m)
    _set(moment)
    return moment


@transaction.atomic
def move_forward(days: int) -> bool:
    """Move to 09:00 of the day ``days`` ahead; False when the calendar ends before."""
    DemoClock.objects.select_for_update().filter(pk=1).first()
    day = (demo_now() + timedelta(days=days)).astimezone(SHANGHAI)
    target = day.replace(hour=9, minute=0, second=0, microsecond=0).astimezone(UTC)
    if target > LAST:
        return False
    _set(target)
    return True


def _set(moment: datetime) -> None:
    DemoClock.objects.update_or_create(
        pk=1, defaults={"moment": moment, "anchored_at": system_now()}
    )
