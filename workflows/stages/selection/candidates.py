"""Who may be chosen in a category, in the order of its rule, as a meeting sees them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from designation.applications.models import (
    PLACED_STAGES,
    Application,
    Stage,
)
from designation.organizations.models import Person
from designation.rounds.models import Method, NamedFigure, RoundCategory, TieRule

from ...case import rules
from ...case.facts import Case
from ...case.interests import ties_of
from ...findings import GateFinding
from ..opinions import facts as opinions
from ..opinions.gates import every_department_has_answered, no_department_found_what_ends_it
from . import figures
from .order import Applicant, Decided, Number, Placed, ordered, proposed
from .reserve import last_number

# No form lists more.
_MOST = 5000


def verified(entry: RoundCategory) -> QuerySet[Application]:
    """Those of the category that met the standard and wait for a meeting."""
    return (
        Application.objects.filter(
            round_id=entry.round_id, category=entry.category, stage=Stage.VERIFIED
        )
        .select_related("organization__jurisdiction", "round__jurisdiction")
        .order_by("area_code", "pk")
    )


def left(entry: RoundCategory, keys: Iterable[int]) -> QuerySet[Application]:
    """Of these applications those of the round that do not wait for a meeting any more."""
    gone = Application.objects.filter(pk__in=[*keys][:_MOST], round=entry.round_id)
    return gone.exclude(stage=Stage.VERIFIED).select_related("organization").order_by("pk")


def hindering(case: Case) -> list[GateFinding]:
    """What of the departments' opinions keeps it from being chosen or put in reserve."""
    return [*every_department_has_answered(case), *no_department_found_what_ends_it(case)]


def offered(entry: RoundCategory) -> list[list[Any]]:
    """Whom the page of a meeting lists, for comparing what was seen. One statement."""
    return [list(row) for row in verified(entry).values_list("pk", "organization__name_zh")]


@dataclass
class Candidates:
    """The verified of a category, with figures, order and places; each is read once.

    ``votes`` are those typed so far, by application.
    """

    entry: RoundCategory
    votes: Mapping[int, int | None] = field(default_factory=dict)

    @cached_property
    def cases(self) -> list[Case]:
        return [Case(row) for row in verified(self.entry)]

    @cached_property
    def heard(self) -> list[Case]:
        """The same, with what the departments said of each read at once."""
        opinions.read(self.cases)
        return self.cases

    @cached_property
    def named(self) -> list[NamedFigure]:
        """The figures that the document names, in its order."""
        return list(self.entry.figures.all()) if self.entry.method == Method.ORDER else []

    @cached_property
    def figures(self) -> dict[int, tuple[Number | None, ...]]:
        return figures.read(self.cases, self.named, self.votes)

    @cached_property
    def placed(self) -> list[Placed]:
        """In the order of the rule; none where the meeting alone decides."""
        if self.entry.method == Method.MEETING:
            return []
        applicants = (Applicant(pk, known) for pk, known in self.figures.items())
        deciding = 1 if self.entry.ties == TieRule.MEETING else None
        high = [figure.direction == "high" for figure in self.named]
        return ordered(applicants, high, deciding=deciding)

    @cached_property
    def order(self) -> list[int]:
        """Everybody: in the order of the rule, else as lists of the area have them."""
        return [one.key for one in self.placed] or [case.application.pk for case in self.cases]

    @cached_property
    def places_left(self) -> int | None:
        """Places that nobody was chosen for yet; None: no limit."""
        if self.entry.quota is None:
            return None
        taken = Application.objects.filter(
            round_id=self.entry.round_id,
            category=self.entry.category,
            stage__in=[*PLACED_STAGES],
        )
        return max(self.entry.quota - taken.count(), 0)

    @cached_property
    def under_way(self) -> int:
        """How many of the category were handed in and are not verified yet."""
        early = (Stage.SUBMITTED, Stage.RETURNED, Stage.RECOMMENDED, Stage.VERIFYING)
        return Application.objects.filter(
            round_id=self.entry.round_id, category=self.entry.category, stage__in=early
        ).count()

    @cached_property
    def numbers_begin_after(self) -> int:
        """The last number in reserve that was given."""
        return last_number(self.entry.round_id, self.entry.category)

    @cached_property
    def proposed(self) -> dict[int, Decided | None]:
        """What follows from the order, where there is one."""
        reserve = self.entry.reserve or 0
        return proposed(self.placed, places=self.places_left, reserve=reserve)

    def interested(self, person: Person) -> list[Application]:
        """Those from which the person steps aside. One statement."""
        ties = ties_of([case.application.pk for case in self.cases]) if self.cases else {}
        for case in self.cases:
            case.ties = ties[case.application.pk]
        return [
            case.application for case in self.cases if not rules.is_county_coordinator(case, person)
        ]
