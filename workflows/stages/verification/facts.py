"""What is known of the visit to a case."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from designation.applications.models import Stage
from designation.organizations.models import Person
from designation.site.prepared import Prepared
from standards import values
from standards.engine.evaluation import Report, evaluate

from ...case.facts import Facts
from .models import Measurement, Visit, VisitMember


@Prepared
def _open(application: Any) -> QuerySet[Visit]:
    return Visit.objects.filter(application=application, closed_at__isnull=True)[:1]


class OnSite(Facts):
    """The open visit, its team, and what was measured."""

    def take(self, visits: Sequence[Visit]) -> None:
        """Know the visits of the case, the newest first, with their measurements read."""
        self.visit = next((one for one in visits if one.closed_at is None), None)
        closed = next((one for one in visits if one.closed_at is not None), None)
        self.last_closed = closed
        again = self.visit is not None and self.visit.reason == Visit.Reason.REVERIFICATION
        self.before = closed if again else None
        self.own = {} if self.visit is None else _read(self.visit)
        self.former = {} if self.before is None else _read(self.before)

    @cached_property
    def visit(self) -> Visit | None:
        """The open visit."""
        return next(iter(_open(self.case.application.pk)), None)

    @property
    def is_planned(self) -> bool:
        """Whether a visit may be planned, or is, and has not begun."""
        return self.case.application.stage == Stage.RECOMMENDED

    @property
    def is_under_way(self) -> bool:
        return self.case.application.stage == Stage.VERIFYING

    @property
    def is_at_work(self) -> bool:
        """While a visit is planned or goes on."""
        return self.is_planned or self.is_under_way

    def why_not_again(self, person: Person) -> list[str]:  # noqa: ARG002 - others ask
        """Why who verified the case before does not go there again; nothing keeps them from it."""
        return []

    @cached_property
    def team(self) -> list[VisitMember]:
        if self.visit is None or self.visit.pk is None:
            return []
        present = self.visit.members.filter(left_at__isnull=True)
        return list(present.select_related("person__home_organization__jurisdiction"))

    @cached_property
    def item_codes(self) -> tuple[str, ...]:
        """The items to be seen: those that the visit names, or all of the standard."""
        named = self.visit.items if self.visit is not None else []
        return tuple(code for code in self.case.item_codes if not named or code in named)

    @cached_property
    def own(self) -> dict[str, Measurement]:
        """What the open visit itself found, by item code."""
        return {} if self.visit is None else _by_code(self.visit)

    @cached_property
    def before(self) -> Visit | None:
        """The visit before it; None at a first visit."""
        if self.visit is None or self.visit.reason != Visit.Reason.REVERIFICATION:
            return None
        return self.last_closed

    @cached_property
    def last_closed(self) -> Visit | None:
        """The last visit that is over, whether or not another is open."""
        closed = Visit.objects.filter(closed_at__isnull=False)
        return closed.filter(application=self.case.application).first()

    @cached_property
    def former(self) -> dict[str, Measurement]:
        """What the visit before it found, by item code; empty at a first visit."""
        return {} if self.before is None else _by_code(self.before)

    @cached_property
    def measurements(self) -> dict[str, Measurement]:
        """What is in force, by item code: what was not to be seen again stands as it was found."""
        if self.visit is None or not self.visit.items:
            return self.own
        kept = {code: row for code, row in self.former.items() if code not in self.item_codes}
        return kept | self.own

    @cached_property
    def measured(self) -> dict[str, Any]:
        """Measured values by check code."""
        return values.from_rows(row.values for row in self.measurements.values())

    @cached_property
    def measured_report(self) -> Report:
        return evaluate(self.case.standard, self.measured, "verification")


def _read(visit: Visit) -> dict[str, Measurement]:
    """Of a visit whose measurements were read with it."""
    return {measurement.item.code: measurement for measurement in visit.measurements.all()}


def _by_code(visit: Visit) -> dict[str, Measurement]:
    rows = visit.measurements.select_related("item")
    return {measurement.item.code: measurement for measurement in rows}
