"""The course of a visit on one page, with its gates in one table.

    planned → under way → concluded → closed

It goes with the course of what it is made for: the passages of an application carry it along.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from viewflow import fsm

from designation.audit import events
from designation.organizations.models import Person
from designation.site import clock
from designation.site.refusal import Refusal

from ... import door
from ...case.facts import Case
from ...case.rules import (
    Rule,
    is_county_coordinator,
    is_first_reviewer,
    is_objection_officer,
)
from ...findings import GateFinding
from .gates import every_member_has_declared_no_interest, the_team_is_fit
from .models import Visit, VisitStep
from .rules import is_team_leader


class Standing(models.TextChoices):
    """Where a visit stands, as its row says it."""

    PLANNED = "planned", gettext_lazy("已安排")
    UNDER_WAY = "under_way", gettext_lazy("核查中")
    CONCLUDED = "concluded", gettext_lazy("已作结论")
    CLOSED = "closed", gettext_lazy("已归档")


def standing(visit: Visit) -> Standing:
    if visit.closed_at is not None:
        return Standing.CLOSED
    if visit.released_at is not None:
        return Standing.CONCLUDED
    return Standing.PLANNED if visit.begun_at is None else Standing.UNDER_WAY


class VisitCase:
    """A visit with the case that it is made for."""

    def __init__(self, visit: Visit, against: Case) -> None:
        self.visit, self.against = visit, against
        self.now = clock.now()


def of_the_case(gate: door.Gate) -> door.Gate:
    """A gate of the case, asked of its visit."""

    def asked(case: VisitCase) -> Iterable[GateFinding]:
        return gate(case.against)

    asked.__name__ = getattr(gate, "__name__", "gate")
    return asked


def _who(*rules: Rule) -> Rule:
    """Whoever carries the case along, in the same role."""
    ways = tuple(way for rule in rules for way in rule.ways)
    return Rule(tuple((role, _of(holds)) for role, holds in ways))


def _of(holds: Callable[[Any, Person], bool]) -> Callable[[Any, Person], bool]:
    return lambda case, person: holds(case.against, person)


@dataclass(frozen=True, slots=True)
class PassageDeclared:
    """What hangs on a passage of a visit: its words, who may, its gate, the moment it fills."""

    label: Any
    rule: Rule
    gate: tuple[door.Gate, ...]
    column: str


PASSAGES: Mapping[str, PassageDeclared] = {
    "begin": PassageDeclared(
        gettext_lazy("开始实地核查"),
        _who(is_county_coordinator),
        (of_the_case(the_team_is_fit), of_the_case(every_member_has_declared_no_interest)),
        "begun_at",
    ),
    "conclude": PassageDeclared(
        gettext_lazy("实地核查作出结论"),
        _who(is_team_leader, is_county_coordinator, is_first_reviewer),
        (),
        "released_at",
    ),
    "close": PassageDeclared(
        gettext_lazy("实地核查归档，另行核查"), _who(is_objection_officer), (), "closed_at"
    ),
}


def _way(name: str) -> dict[str, Any]:
    return {"label": PASSAGES[name].label, **door.guarded(name, PASSAGES[name].rule)}


@door.carries
class VisitCourse(door.Course):
    """The course of one visit."""

    KIND = "visit"
    stage = fsm.State(Standing, default=Standing.PLANNED)

    door.told_by_columns(stage, standing)

    @stage.transition(source=Standing.PLANNED, target=Standing.UNDER_WAY, **_way("begin"))
    def begin(self) -> None:
        """The team takes over."""

    @stage.transition(
        source=[Standing.PLANNED, Standing.UNDER_WAY], target=Standing.CONCLUDED, **_way("conclude")
    )
    def conclude(self) -> None:
        """The decision that its record went into has fallen: the applicant sees it."""

    @stage.transition(
        source=[Standing.PLANNED, Standing.UNDER_WAY, Standing.CONCLUDED],
        target=Standing.CLOSED,
        **_way("close"),
    )
    def close(self) -> None:
        """What was found stays on record; another visit will be made."""

    @classmethod
    def of_row(cls, visit: Visit, case: Case) -> Self:
        """Its course as the case sees it, not locked."""
        return cls(VisitCase(visit, case))

    # What the door asks of it

    @classmethod
    def lock(cls, keys: Iterable[int]) -> list[Visit]:
        rows = Visit.objects.select_related(
            "application__organization__jurisdiction", "application__round"
        )
        return door.locked(rows, keys)

    @classmethod
    def cases(cls, rows: Sequence[Visit], asked: door.Asked, act: Case | None) -> list[VisitCase]:
        """``act`` is the case that carries its visit along: what it has read is read once."""
        return [
            VisitCase(row, act or Case(row.application, asked=asked, under_lock=True))
            for row in rows
        ]

    @property
    def row(self) -> Visit:
        visit: Visit = self.case.visit
        return visit

    def gates(self, name: str) -> tuple[door.Gate, ...]:
        return PASSAGES[name].gate

    def moved_on(self, name: str) -> Refusal:  # noqa: ARG002 - the same for every passage
        return Refusal.because(
            "visit_moved",
            _("这次核查现为“%(standing)s”，请查看最新情况后再办理。")
            % {"standing": standing(self.row).label},
            rule=_("以最新状态办理"),
        )

    def write(self, done: door.Done) -> VisitStep:
        column = PASSAGES[done.name].column
        setattr(self.row, column, done.at)
        self.row.save(update_fields=[column])
        return VisitStep.objects.create(
            visit=self.row,
            act=done.name,
            **done.by_whom,
        )

    def did(self, name: str, asked: door.Asked) -> bool:
        return self.row.steps.filter(act=name, **asked.on_record).exists()

    def entry(self, record: VisitStep) -> events.Entry:
        application = record.visit.application
        return events.Entry(
            actor=record.actor,
            action=f"visit.{record.act}",
            subject=record.visit,
            jurisdiction_code=application.area_code,
            role=record.role,
            details={"reason": record.visit.reason},
        )
