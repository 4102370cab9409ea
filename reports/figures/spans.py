"""How many working days applications stood at a stage, and from handing in to the title.

Counted as terms are: not the day on which it came, but that on which it went. Only of many, and
never of a person or one body: the median of all that is counted (our default: of five at least).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain, repeat
from statistics import median

from django.db import connection
from django.db.models import Max, Min, Q, QuerySet
from django.db.models.functions import Substr, TruncDate

from designation.applications.models import PRIVATE_STAGES, Application, Stage
from designation.applications.work import LEAST
from designation.calendar.working_days import CalendarUnknown, calendar
from designation.site.clock import SHANGHAI

# From one day to another, so many times.
Span = tuple[date, date, int]

# A stay ends with the passage that leads to another stage.
_STAYS = """
SELECT stage, came_on, went_on, count(*) FROM (
  SELECT d.to_stage AS stage,
    (d.at AT TIME ZONE 'Asia/Shanghai')::date AS came_on,
    (lead(d.at) OVER (PARTITION BY d.application_id ORDER BY d.id)
      AT TIME ZONE 'Asia/Shanghai')::date AS went_on
  FROM workflows_decision d
  WHERE d.from_stage <> d.to_stage AND d.application_id IN ({applications})
) AS stays
WHERE went_on IS NOT NULL
GROUP BY stage, came_on, went_on
"""


@dataclass(frozen=True, slots=True)
class Days:
    """``count`` spans; ``median`` in working days, None of too few and past the calendar."""

    count: int
    median: float | None


def at_stages(rows: QuerySet[Application]) -> dict[str, Days]:
    """By stage after handing in; one statement beside the calendar."""
    applications, given = rows.order_by().values("pk").query.sql_with_params()
    found: dict[str, list[Span]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_STAYS.format(applications=applications), given)
        for stage, came_on, went_on, count in cursor.fetchall():
            if stage not in PRIVATE_STAGES:
                found.setdefault(stage, []).append((came_on, went_on, count))
    return {stage: days(spans) for stage, spans in found.items()}


def to_the_title(rows: QuerySet[Application]) -> Days:
    """From the first handing in to the decision that names; one statement beside the calendar."""
    return days(chain.from_iterable(_titles(rows, 1).values()))


def to_the_title_by_place(rows: QuerySet[Application], digits: int) -> dict[str, Days]:
    """As ``to_the_title``, by the first ``digits`` of the code of the applicant's place."""
    return {place: days(spans) for place, spans in _titles(rows, digits).items()}


def _titles(rows: QuerySet[Application], digits: int) -> Mapping[str, list[Span]]:
    handed_in = Min("decisions__at", filter=Q(decisions__to_stage=Stage.SUBMITTED))
    named = Max("decisions__at", filter=Q(decisions__to_stage=Stage.DESIGNATED))
    dated = (
        rows.filter(stage=Stage.DESIGNATED)
        .order_by()
        .annotate(place=Substr("area_code", 1, digits), handed_in=handed_in, named=named)
        .values_list("place", _day("handed_in"), _day("named"))
    )
    found: dict[str, list[Span]] = {}
    for place, came_on, went_on in dated:
        found.setdefault(place, []).append((came_on, went_on, 1))
    return found


def _day(moment: str) -> TruncDate:
    return TruncDate(moment, tzinfo=SHANGHAI)


def days(spans: Iterable[Span]) -> Days:
    """The median of the spans by the calendar."""
    counted = list(spans)
    count = sum(times for _came, _went, times in counted)
    return Days(count, _median(counted) if count >= LEAST else None)


def _median(spans: list[Span]) -> float | None:
    between = calendar().between
    try:
        counted = (repeat(between(came, went), times) for came, went, times in spans)
        return median(chain.from_iterable(counted))
    except CalendarUnknown:
        return None
