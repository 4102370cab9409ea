"""Whether what a browser was told is saved is still there: figures of both sides, compared nightly.

A browser counts the saves that it sent and those that were acknowledged, by a random number that
lasts a day and names nobody; the figures travel with its next save. The same transaction that
keeps a save counts it. A browser that was told more than the record has kept since has lost
something: after a restored backup, say. No texts, no person, no page.
"""

import logging
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self

from django.db import connection, transaction
from django.db.models import Count, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce, Greatest

from designation.site import clock

from .models import SaveComparison, SaveTally

log = logging.getLogger(__name__)

# Our default; the comparison of a day stays.
KEPT = timedelta(days=30)
_SAID = re.compile(r"([0-9a-f]{24}):(\d{1,6}):(\d{1,6})")

# ``kept_then`` is what had been kept when the browser last said how much it was told.
COUNT = """
INSERT INTO site_savetally AS own (day, browser, sent, acknowledged, kept_then, kept)
VALUES (%(day)s, %(browser)s, %(sent)s, %(acknowledged)s, 0, 1)
ON CONFLICT (browser) DO UPDATE SET
  sent = greatest(own.sent, EXCLUDED.sent),
  kept_then = CASE WHEN EXCLUDED.acknowledged >= own.acknowledged
    THEN own.kept ELSE own.kept_then END,
  acknowledged = greatest(own.acknowledged, EXCLUDED.acknowledged),
  kept = own.kept + 1
"""


@dataclass(frozen=True, slots=True)
class Tally:
    """What a browser says with a save: what it had sent, and what had been acknowledged."""

    browser: str
    sent: int
    acknowledged: int

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Read "browser:sent:acknowledged"; None for what is not ours."""
        found = _SAID.fullmatch(text)
        return cls(found[1], int(found[2]), int(found[3])) if found else None

    @property
    def parameters(self) -> dict[str, Any]:
        """Of ``COUNT``."""
        return {
            "day": clock.today(),
            "browser": self.browser,
            "sent": self.sent,
            "acknowledged": self.acknowledged,
        }


@dataclass(frozen=True, slots=True)
class Way:
    """How a save came: from a page as narrow as a phone's, and from whose count."""

    is_narrow: bool = False
    tally: Tally | None = None


PRESSED = Way()


def count(tally: Tally | None) -> None:
    """Count a save that changed nothing: it was acknowledged all the same."""
    if tally is not None:
        with connection.cursor() as cursor:
            cursor.execute(COUNT, tally.parameters)


def compare(today: date | None = None) -> list[SaveComparison]:
    """Add up the days that are over and not compared yet; a loss is an error in the log."""
    before = today or clock.today()
    made = [_compare(day) for day in _days_over(before)]
    for found in made:
        level = logging.ERROR if found.lost else logging.INFO
        log.log(
            level,
            "saves of %s: sent %d, acknowledged %d, kept %d, lost %d",
            found.day,
            found.sent,
            found.acknowledged,
            found.kept,
            found.lost,
        )
    SaveTally.objects.filter(day__lt=before - KEPT).delete()
    return made


def _days_over(before: date) -> list[date]:
    compared = SaveComparison.objects.values("day")
    days = SaveTally.objects.filter(day__lt=before).exclude(day__in=compared)
    return list(days.order_by("day").values_list("day", flat=True).distinct())


@transaction.atomic
def _compare(day: date) -> SaveComparison:
    missing = Greatest(F("acknowledged") - F("kept_then"), Value(0))
    rows = SaveTally.objects.filter(day=day).annotate(missing=missing).order_by()
    sums = rows.aggregate(
        browsers=Count("pk"),
        browsers_with_loss=Count("pk", filter=Q(missing__gt=0)),
        lost=Coalesce(Sum("missing"), 0),
        kept=Coalesce(Sum("kept"), 0),
        sent=Coalesce(Sum("sent"), 0),
        acknowledged=Coalesce(Sum("acknowledged"), 0),
    )
    return SaveComparison.objects.create(day=day, compared_at=clock.now(), **sums)


def compared_lately(days: int) -> QuerySet[SaveComparison]:
    """The last so many days that were compared, the latest first."""
    return SaveComparison.objects.all()[:days]
