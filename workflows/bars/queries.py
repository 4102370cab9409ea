"""What bars whom: read from revocations and rejections, stored nowhere a second time."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Case, Exists, JSONField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Concat, JSONObject, TruncDate

from designation.applications.models import Application, Stage
from designation.organizations import succession
from designation.organizations.lineage import Kind, Part
from designation.organizations.models import Organization, ReorganizedUnit
from designation.register import bars
from designation.register import queries as register
from designation.register.bars import Bar, Fault, Ground
from designation.site import clock
from designation.site.years import earliest

from ..case.records import Decision

# By this an application ends because its unit is barred: it bars nobody a second time.
ENDS_WHAT_IS_BARRED = "end_barred"
_COLUMNS = ("organization", "ground", "key", "since", "at", "fault", "document", "reason")


_LIFTED_WHERE: list[Q] = []


def lifted_where(revoked: Q) -> None:
    """Said by a room above: of such a revocation the bar is lifted without a decision on it."""
    if revoked not in _LIFTED_WHERE:
        _LIFTED_WHERE.append(revoked)


def _revocations() -> QuerySet[Any]:
    """Those that nobody lifted, by the names of ``_COLUMNS``."""
    rows = register.revocations().filter(bar_lifting=None)
    for revoked in _LIFTED_WHERE:
        rows = rows.exclude(revoked)
    said = Concat("deciding_body", Value(" "), "document_number")
    return rows.annotate(ground=Value(Ground.REVOKED.value), document=said)


def _rejections() -> QuerySet[Any]:
    """The decisions by which applications stand rejected now, as above."""
    later = Decision.objects.filter(
        application=OuterRef("application"), to_stage=Stage.REJECTED, pk__gt=OuterRef("pk")
    )
    rows = Decision.objects.filter(
        ~Exists(later), to_stage=Stage.REJECTED, application__stage=Stage.REJECTED
    )
    rows = rows.exclude(transition=ENDS_WHAT_IS_BARRED).filter(application__bar_lifting=None)
    return rows.order_by().annotate(
        ground=Value(Ground.REJECTED.value),
        document=Value(""),
        day=TruncDate("at", tzinfo=clock.SHANGHAI),
    )


_OF_A_REVOCATION = ("bearer", "ground", "pk", "effective_on", "at", "fault", "document", "reason")
_OF_A_REJECTION = (
    "application__organization",
    "ground",
    "application",
    "day",
    "at",
    "fault",
    "document",
    "opinion",
)


def bars_of(*organizations: Organization) -> dict[int, list[Bar]]:
    """What bars each of them today, by its key, also of those whose bars it goes on with.

    Two statements, and one or two more for each step of a lineage that there is.
    """
    changes = succession.lineage_of(*organizations)
    units = {one.pk: list(bars.forebears(one.pk, changes)) for one in organizations}
    known = _bars({former for line in units.values() for former, _left in line})
    return {
        unit: [
            bar
            for former, left in line
            for bar in known
            if bar.organization == former and (left is None or bar.since <= left)
        ]
        for unit, line in units.items()
    }


def _bars(keys: Iterable[int]) -> list[Bar]:
    """What still bars the organizations with these keys themselves, the last to end first."""
    units, today = list(keys), clock.today()
    given = Q(title__organization__in=units) | Q(title__steps__organization__in=units)
    held = register.revocations().filter(given).values("pk")
    revoked = _revocations().filter(pk__in=held, bearer__in=units)
    rejected = _rejections().filter(application__organization__in=units)
    rows = revoked.values_list(*_OF_A_REVOCATION).union(
        rejected.values_list(*_OF_A_REJECTION), all=True
    )
    found = [Bar(**dict(zip(_COLUMNS, row, strict=True))) for row in rows]
    return _last_first(bar for bar in found if not bar.is_over(today))


def bar_of(ground: str, key: int) -> Bar | None:
    """The one of this step or application, while it lasts."""
    if ground == Ground.REVOKED:
        bearer = register.revocations().filter(pk=key).values_list("bearer", flat=True).first()
    else:
        rejected = Application.objects.filter(pk=key, stage=Stage.REJECTED)
        bearer = rejected.values_list("organization", flat=True).first()
    found = _bars([bearer]) if bearer is not None else ()
    return next((bar for bar in found if (bar.ground, bar.key) == (ground, key)), None)


def keeping_from(opened_at: datetime, found: Iterable[Bar]) -> list[Bar]:
    """Those of them that keep their organization from a round that began then."""
    today = clock.today()
    return [bar for bar in found if bar.keeps_from(opened_at, today)]


def by_days(found: Iterable[Bar]) -> list[Bar]:
    """Those of them that run until a day."""
    return [bar for bar in found if bar.until is not None]


def barred(day: date, within: Q) -> QuerySet[Any]:
    """The organizations ``within`` that are barred until some day after, each with its bars.

    ``said_of_revoked`` and ``said_of_rejected`` are all that bars it of either ground,
    ``handed_on`` what it goes on with of the unit out of which it came; see ``bars_on``. Who may
    not apply until the next round stands on their applications alone.
    """
    handed_on = _handed_on(day, within)
    revoked = _lasting(_revocations(), "effective_on", day).filter(bearer=OuterRef("pk"))
    faults = _rejections().exclude(fault="").filter(application__organization=OuterRef("pk"))
    rejected = _lasting(faults, "day", day)
    rows = Organization.objects.filter(within).filter(
        Exists(revoked) | Exists(rejected) | Q(pk__in=handed_on)
    )
    return rows.select_related("jurisdiction").annotate(
        said_of_revoked=_said(revoked, _OF_A_REVOCATION),
        said_of_rejected=_said(rejected, _OF_A_REJECTION),
        handed_on=_by_unit(handed_on),
    )


def _handed_on(day: date, within: Q) -> dict[int, list[Bar]]:
    """By its key, the bars of others with which a unit ``within`` goes on, of those that run.

    It came to be while they ran: one statement where no unit was split in those years.
    """
    since = earliest(day, bars.YEARS_FOR_A_FAULT)
    came = ReorganizedUnit.objects.filter(
        part=Part.CAME, reorganization__kind=Kind.SPLIT, reorganization__effective_on__gte=since
    )
    units = list(Organization.objects.filter(within, pk__in=came.values("organization")))
    found = bars_of(*units) if units else {}
    of_others = {
        unit: [bar for bar in by_days(line) if bar.organization != unit]
        for unit, line in found.items()
    }
    return {unit: line for unit, line in of_others.items() if line}


def _by_unit(handed_on: Mapping[int, list[Bar]]) -> Case:
    told = DjangoJSONEncoder
    ways = (
        When(pk=unit, then=Value([asdict(bar) for bar in line], JSONField(encoder=told)))
        for unit, line in handed_on.items()
    )
    return Case(*ways, default=Value([], JSONField(encoder=told)), output_field=JSONField())


def barred_by(ground: str) -> Q:
    """Of rows of ``barred``: that something of this ground bars them."""
    own = Q(**{f"said_of_{ground}__len__gt": 0})
    return own | Q(handed_on__contains=[{"ground": ground}])


def _lasting(rows: QuerySet[Any], field: str, day: date) -> QuerySet[Any]:
    of_a_fault = Q(**{f"{field}__gte": earliest(day, bars.YEARS_FOR_A_FAULT)})
    others = Q(**{f"{field}__gte": earliest(day, bars.YEARS)})
    return rows.filter(others | (of_a_fault & Q(fault__in=Fault.values)))


def _said(rows: QuerySet[Any], columns: Iterable[str]) -> ArraySubquery:
    said = dict(zip(_COLUMNS, columns, strict=True))
    return ArraySubquery(rows.values(said=JSONObject(**said)))


def bars_on(row: Any) -> list[Bar]:
    """The bars of a row of ``barred``, the last to end first."""
    return _last_first(map(_read, (*row.said_of_revoked, *row.said_of_rejected, *row.handed_on)))


def _read(said: dict[str, Any]) -> Bar:
    moments = {
        "since": date.fromisoformat(said["since"]),
        "at": datetime.fromisoformat(said["at"]),
    }
    return Bar(**said | moments)


def _last_first(found: Iterable[Bar]) -> list[Bar]:
    return sorted(found, key=lambda bar: (bar.until or date.min, bar.since), reverse=True)
