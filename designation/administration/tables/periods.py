"""The end of a county's table: the rows go, that it was brought in and accepted stays on record."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from designation.retention import classes
from designation.retention.ends import Due, Ending
from designation.site import clock
from designation.site.jobs.models import UNDER_WAY

from ..models import CountyTable, TableRow

_KEPT = timedelta(days=365 * (classes.of(classes.COUNTY_TABLES).years or 0))


def _over(on: date) -> QuerySet[CountyTable]:
    """Tables with rows whose period ends on that day or before; none that a worker is at."""
    before = datetime.combine(on - _KEPT + timedelta(days=1), time(0), clock.SHANGHAI)
    rows = CountyTable.objects.filter(uploaded_at__lt=before, rows__isnull=False)
    return rows.exclude(job__state__in=UNDER_WAY).distinct().order_by("pk")


def _due(on: date) -> Iterable[Due]:
    return map(_as_due, _over(on).select_related("jurisdiction"))


def _as_due(table: CountyTable) -> Due:
    brought = table.uploaded_at.astimezone(clock.SHANGHAI).date()
    values = list(table.rows.order_by("pk").values_list("sheet", "number", "values"))
    text = json.dumps(values, ensure_ascii=False, sort_keys=True)
    return Due(
        key=str(table.pk),
        label=table.name,
        holder=table.jurisdiction.name_zh,
        jurisdiction_code=table.jurisdiction.code,
        kept_until=brought + _KEPT,
        count=len(values),
        size=len(text.encode()),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


def _again(key: str, today: date) -> Due | None:
    list(CountyTable.objects.select_for_update().filter(pk=key))
    table = _over(today - timedelta(days=1)).filter(pk=key).select_related("jurisdiction").first()
    return None if table is None else _as_due(table)


def _let_go(due: Due) -> None:
    TableRow.objects.filter(table=int(due.key)).delete()


ENDING = Ending(due=_due, again=_again, let_go=_let_go)
