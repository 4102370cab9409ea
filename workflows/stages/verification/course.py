"""The course of a visit on one page, with its gates in one table.

    planned → under way → concluded → closed
                        → called off

The passages of an application carry its visit along; one that stands apart is begun and concluded
by itself, or called off.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from viewflow import fsm

from designation.audit import events
from designation.organizations.models import Person, Role
from designation.organizations.rules import Where
from designation.site import clock
from designation.site.reasons import LEAST_REASON
from designation.site.refusal import Refusal

from ... import door
from ...case.facts import Case
from ...case.rules import (
    Rule,
    is_county_coordinator,
    is_first_reviewer,
    is_objection_officer,
    where_held,
)
from ...findings import GateFinding
from . import announcements
from .apart import case_of, moved
from .gates import (
    every_item_to_be_seen_has_a_verdict,
    every_member_has_declared_no_interest,
    every_member_has_signed,
    the_team_is_fit,
    the_visit_has_taken_place,
)
from .models import Visit, VisitStep
from .rules import is_team_leader
from .standing import Standing, standing


@dataclass(frozen=True, slots=True)
class VisitAct:
    """What a person brings to a passage of a visit that stands apart: why."""

    reason: str = ""


class VisitCase:
    """A visit with the case that it concerns, and what the person brings."""

    def __init__(self, visit: Visit, against: Case, act: VisitAct | None = None) -> None:
        self.visit, self.against, self.act = visit, against, act or VisitAct()
        self.now = clock.now()

    @property
    def is_apart(self) -> bool:
        """Whether no application carries it along."""
        return self.visit.application_id is None


def of_the_case(gate: door.Gate) -> door.Gate:
    """A gate of the case, asked of its visit."""

    def asked(case: VisitCase) -> Iterable[GateFinding]:
        return gate(case.against)

    asked.__name__ = getattr(gate, "__name__", "gate")
    return asked


def of_itself(gate: door.Gate) -> door.Gate:
    """A gate of a visit that stands apart; one that a case carries along passed that case's."""

    def asked(case: VisitCase) -> Iterable[GateFinding]:
        return gate(case.against) if case.is_apart else ()

    asked.__name__ = getattr(gate, "__name__", "gate")
    return asked


def the_reason_is_given(case: VisitCase) -> Iterable[GateFinding]:
    if len(case.act.reason.strip()) < LEAST_REASON:
        yield GateFinding(
            "reason_too_short",
            _("取消核查写明理由"),
            _("请写明理由，不少于 %(least)s 个字。") % {"least": LEAST_REASON},
            field="reason",
        )


def _who(*rules: Rule, apart: bool | None = None) -> Rule:
    """Whoever ``rules`` let in to the case.

    ``apart`` True is only where the visit stands apart, False only where a case carries it along.
    """
    ways = tuple(way for rule in rules for way in rule.ways)
    return Rule(tuple((role, _of(holds, apart=apart)) for role, holds in ways))


def _of(
    holds: Callable[[Any, Person], bool], *, apart: bool | None
) -> Callable[[Any, Person], bool]:
    return lambda case, person: apart in (None, case.is_apart) and holds(case.against, person)


@dataclass(frozen=True, slots=True)
class PassageDeclared:
    """What hangs on a passage of a visit: its words, who may, its gate, the moment it fills.

    ``done`` is read by whoever took it: that it is done, and what comes next.
    ``cannot_be_undone`` names what will happen where nothing takes it back.
    """

    label: Any
    rule: Rule
    gate: tuple[door.Gate, ...]
    column: str
    done: Any
    cannot_be_undone: Any = ""


PASSAGES: Mapping[str, PassageDeclared] = {
    "begin": PassageDeclared(
        gettext_lazy("开始实地核查"),
        _who(is_county_coordinator),
        (of_the_case(the_team_is_fit), of_the_case(every_member_has_declared_no_interest)),
        "begun_at",
        gettext_lazy("实地核查已开始。接着由核查组逐条核查并签字，由组长作出结论。"),
    ),
    "conclude": PassageDeclared(
        gettext_lazy("实地核查作出结论"),
        _who(is_team_leader) | _who(is_county_coordinator, is_first_reviewer, apart=False),
        (
            of_itself(the_visit_has_taken_place),
            of_itself(every_item_to_be_seen_has_a_verdict),
            of_itself(every_member_has_signed),
        ),
        "released_at",
        gettext_lazy("结论已作出，记录不再改动；有关的人随即可以看到。"),
        gettext_lazy("作出结论后，核查记录和签字不能再改；有关的人随即可以看到。"),
    ),
    "close": PassageDeclared(
        gettext_lazy("实地核查归档，另行核查"),
        _who(is_objection_officer, is_county_coordinator, apart=False),
        (),
        "closed_at",
        gettext_lazy("核查已归档，另行核查。"),
    ),
    "call_off": PassageDeclared(
        gettext_lazy("取消实地核查"),
        _who(is_county_coordinator, apart=True),
        (the_reason_is_given,),
        "closed_at",
        gettext_lazy("实地核查已取消；还需要核查的，可以重新安排。"),
        gettext_lazy("取消后核查组不再前往，已记录的内容留存，不能恢复。"),
    ),
}


# Goes on with what was found by a visit that stands apart, within its conclusion.
Follower = Callable[[Visit, door.Done], object]
_followers: list[Follower] = []


def followed_by(follower: Follower) -> None:
    """Said by a room above when it starts."""
    _followers.append(follower)


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

    @stage.transition(
        source=[Standing.PLANNED, Standing.UNDER_WAY],
        target=Standing.CALLED_OFF,
        **_way("call_off"),
    )
    def call_off(self) -> None:
        """It is not needed any more: nobody goes there, and its team is told."""

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
    def cases(
        cls, rows: Sequence[Visit], asked: door.Asked, act: Case | VisitAct | None
    ) -> list[VisitCase]:
        """``act`` may be the case that carries its visit along: what it has read is read once."""
        if isinstance(act, Case):
            return [VisitCase(row, act) for row in rows]
        return [VisitCase(row, case_of(row, asked, under_lock=True), act) for row in rows]

    @property
    def row(self) -> Visit:
        visit: Visit = self.case.visit
        return visit

    def gates(self, name: str) -> tuple[door.Gate, ...]:
        return PASSAGES[name].gate

    def where(self, role: Role) -> Where:
        application = self.row.application
        if application is None:
            return {"code": self.row.about.area_code}
        return where_held(application, role)

    def moved_on(self, name: str) -> Refusal:  # noqa: ARG002 - the same for every passage
        return moved(self.row)

    def write(self, done: door.Done) -> VisitStep:
        column = PASSAGES[done.name].column
        setattr(self.row, column, done.at)
        if done.target == Standing.CALLED_OFF:
            self.row.called_off_because = self.case.act.reason
        self.row.save(update_fields=[column, "called_off_because"])
        if self.case.is_apart and done.target in announcements.ENDS:
            announcements.ended(self.row, done)
        if self.case.is_apart and done.target == Standing.CONCLUDED:
            for follow in _followers:
                follow(self.row, done)
        return VisitStep.objects.create(
            visit=self.row,
            act=done.name,
            **done.by_whom,
        )

    def did(self, name: str, asked: door.Asked) -> bool:
        """One that was called off is the same only where it was for the same reason."""
        is_same = self.case.act.reason == self.row.called_off_because
        return is_same and self.row.steps.filter(act=name, **asked.sent).exists()

    def entry(self, record: VisitStep) -> events.Entry:
        return events.Entry(
            actor=record.actor,
            action=f"visit.{record.act}",
            subject=record.visit,
            jurisdiction_code=record.visit.about.area_code,
            role=record.role,
            acted_for=record.acted_for,
            details={"reason": record.visit.reason},
        )
