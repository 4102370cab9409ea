"""The round at a glance: by place, how many have not begun, stand where, and are late.

Whoever has not begun or has not handed in is a number and no name. Places stand in the order of
their codes: there is no order among them but that.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Substr

from designation.applications.models import PRIVATE_STAGES, Application, Stage
from designation.organizations.divisions import DIGITS, digits_below, head_of_code
from designation.organizations.models import Jurisdiction, Organization
from designation.rounds.models import RecommendationQuota, Round
from designation.site import clock
from workflows import declared
from workflows.case.kept_places import keeps_its_place

_BODY_CODE = "reviewing_body__jurisdiction__code"


@dataclass(slots=True)
class Line:
    """What is counted of one place; ``head`` is what the codes within it begin with.

    ``at`` is by stage, ``places`` None where no recommendation places were given.
    """

    head: str
    name: str = ""
    not_begun: int = 0
    at: Counter[str] = field(default_factory=Counter)
    late: int = 0
    recommended: int = 0
    places: int | None = None

    @property
    def drafts(self) -> int:
        return sum(self.at[stage] for stage in PRIVATE_STAGES)

    def add(self, other: "Line") -> None:
        """Count what ``other`` counts here, too."""
        self.not_begun += other.not_begun
        self.at.update(other.at)
        self.late += other.late
        self.recommended += other.recommended
        if other.places is not None:
            self.places = (self.places or 0) + other.places


@dataclass(frozen=True, slots=True)
class Board:
    """``lines`` of the places within ``area``, the ``total`` of them, and the stages as columns."""

    area: str
    lines: tuple[Line, ...]
    total: Line
    stages: tuple[declared.Place, ...]


def of(round_: Round, *, area: str = "", category: str = "") -> Board:
    """Count the round, within the place whose 12-digit code is ``area``; "" is all of it.

    Five statements, whatever the number of places and applications.
    """
    code = area or round_.jurisdiction.code
    lines = _Lines(head_of_code(code), digits_below(code))
    asked = {"category": category} if category else {}
    applications = Application.objects.filter(round=round_, **asked)
    lines.count_applications(applications)
    lines.count_places(RecommendationQuota.objects.filter(round=round_, **asked))
    lines.count_not_begun(round_, asked)
    lines.give_names()
    total = Line(lines.within)
    for line in lines.in_order():
        total.add(line)
    return Board(code, tuple(lines.in_order()), total, _columns(total.at))


def _columns(at: Mapping[str, int]) -> tuple[declared.Place, ...]:
    """The stages after handing in: the main line, and off it those where something stands."""
    return tuple(
        place
        for stage, place in declared.places().items()
        if stage not in PRIVATE_STAGES and (place.is_on_main_line or at[stage])
    )


class _Lines:
    """The lines by place, filled one count after the other."""

    def __init__(self, within: str, digits: int) -> None:
        self.within, self.digits = within, digits
        self.by_place: dict[str, Line] = {}

    def in_order(self) -> list[Line]:
        return [self.by_place[place] for place in sorted(self.by_place)]

    def line(self, place: str) -> Line:
        return self.by_place.setdefault(place, Line(place))

    def _place(self, code: str) -> Substr:
        return Substr(code, 1, self.digits)

    def _by_place(self, rows: QuerySet[Any], code: str) -> QuerySet[Any, Any]:
        """``rows`` within the area, grouped by place."""
        rows = rows.filter(**{f"{code}__startswith": self.within}).order_by()
        return rows.annotate(place=self._place(code)).values("place")

    def count_applications(self, applications: QuerySet[Application]) -> None:
        """Each where its applicant is; as recommended by the place of the body that did so.

        The places of that body are used up by them.
        """
        found = (
            applications.filter(
                Q(area_code__startswith=self.within)
                | Q(**{f"{_BODY_CODE}__startswith": self.within})
            )
            .order_by()
            .annotate(place=self._place("area_code"), body=self._place(_BODY_CODE))
            .values("place", "body", "stage")
            .annotate(
                count=Count("pk"),
                late=Count("pk", filter=clock.over("term__due_at") & ~Q(stage__in=PRIVATE_STAGES)),
                recommended=Count("pk", filter=keeps_its_place()),
            )
        )
        for row in found:
            if row["place"].startswith(self.within):
                line = self.line(row["place"])
                line.at[row["stage"]] += row["count"]
                line.late += row["late"]
            if row["recommended"] and row["body"].startswith(self.within):
                self.line(row["body"]).recommended += row["recommended"]

    def count_places(self, quotas: QuerySet[RecommendationQuota]) -> None:
        for row in self._by_place(quotas, _BODY_CODE).annotate(places=Sum("places")):
            self.line(row["place"]).places = row["places"]

    def count_not_begun(self, round_: Round, asked: Mapping[str, str]) -> None:
        """Organizations that the round takes and that have no application in it."""
        categories = round_.categories.filter(**asked).values("category")
        begun = Application.objects.exclude(stage=Stage.WITHDRAWN).filter(
            round=round_, organization=OuterRef("pk")
        )
        waiting = Organization.objects.filter(
            ~Exists(begun), is_active=True, category__in=categories
        )
        found = self._by_place(waiting, "jurisdiction__code")
        for row in found.annotate(count=Count("pk")):
            self.line(row["place"]).not_begun += row["count"]

    def give_names(self) -> None:
        """A line of the area itself, for what belongs to no place within it, bears its name."""
        codes = {place.ljust(DIGITS, "0"): place for place in self.by_place}
        for area in Jurisdiction.objects.filter(code__in=codes):
            self.by_place[codes[area.code]].name = area.name
