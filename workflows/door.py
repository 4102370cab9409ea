"""The one door: nothing else writes a stage, of whatever course.

``perform`` locks the row, checks that the person may act and that the page they saw is still
true, runs the viewflow.fsm transition whose condition is the gate, writes the passage and what
follows from it, lets listeners write the outbox, appends the audit event, and commits: one
transaction, for page, import and background work alike.

Each course says of itself how its rows are locked, what its gates ask, and what it keeps
(``Course``); it is known here by its kind: ``perform("application.recommend", pk, actor=...)``.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar, TypedDict, Unpack

from django.db import OperationalError, models
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from viewflow import fsm

from designation.audit import events
from designation.organizations.models import Person, Role
from designation.organizations.rules import Where, seats
from designation.site import endings
from designation.site.refusal import Refusal

from .findings import GateFinding

Gate = Callable[[Any], Iterable[GateFinding]]


class GateCondition(fsm.State.CONDITION):
    """A gate's answer that carries its findings."""

    def __init__(self, findings: tuple[GateFinding, ...]) -> None:
        super().__init__(is_true=not any(finding.blocking for finding in findings))
        self.findings = findings


def guarded(name: str, rule: Any) -> dict[str, Any]:
    """What a transition asks before it is carried out: its gate, and who may.

    ``rule`` is a ``case.rules.Rule`` over the case and the person, who may be nobody.
    """

    def gate(course: "Course") -> GateCondition:
        return course.gate(name)

    gate.__name__ = name
    return {
        "conditions": [gate],
        "permission": lambda course, person: rule(course.case, person),
        "custom": {"rule": rule},
    }


class How(TypedDict, total=False):
    """How one acts: ``request_key`` is that of the form sent."""

    request_key: str


class By(How):
    """Who acts, and how."""

    actor: Person


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for a passage: ``actor`` None is the passing of time. See ``How``.

    ``acting_for`` is in whose place they act; the door finds it by the seat that lets them in.
    """

    actor: Person | None
    acting_for: Person | None = None
    request_key: str = ""

    @property
    def person(self) -> Person:
        """Who acts, where time does not."""
        if self.actor is None:
            raise TypeError("Only a person can do this.")
        return self.actor

    @property
    def sent(self) -> dict[str, Any]:
        """By what a passage is known again that this very form asked for, by column."""
        return {"actor": self.actor, "request_key": self.request_key}

    def by_seat(self, role: Role, where: Where) -> "Asked":
        """The same, with the person in whose place they act who are let in by ``role`` there."""
        return replace(self, acting_for=seats(self.person).in_whose_place(role, **where))

    @property
    def on_record(self) -> dict[str, Any]:
        """What every record of a passage keeps of it, by column."""
        return {
            "actor": self.actor,
            "acted_for": self.acting_for,
            "request_key": self.request_key,
        }


@dataclass(frozen=True, slots=True)
class Done:
    """A passage as it was carried out: whence, whither, by whom, and in which role."""

    name: str
    source: str
    target: str
    role: str
    asked: Asked
    at: datetime

    @property
    def by_whom(self) -> dict[str, Any]:
        """What every record of a person's step keeps of it, by column."""
        return self.asked.on_record | {
            "actor": self.asked.person,
            "role": self.role,
            "at": self.at,
        }


def locked(rows: QuerySet[Any], keys: Iterable[int]) -> list[Any]:
    """Those of ``rows`` with these keys, locked in one order: no two batches wait for each other.

    Raises DoesNotExist when one is missing.
    """
    wanted = sorted(set(keys))
    found = list(rows.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk"))
    if len(found) != len(wanted):
        raise rows.model.DoesNotExist
    for row in found:
        forget_what_was_not_there(row)
    return found


def forget_what_was_not_there(row: models.Model) -> None:
    """Let what a locked row points to be read when it is asked for, where the join showed nothing.

    Who waited for the lock has the row as it now stands, but joined to what it pointed to before;
    where it points elsewhere since, PostgreSQL shows nothing at all.
    """
    joined = row._state.fields_cache  # noqa: SLF001 - where Django keeps what was joined
    for name in [name for name, found in joined.items() if found is None]:
        del joined[name]


class Course(ABC):
    """The course of one row; a subclass names its transitions and answers for its table."""

    KIND: ClassVar[str] = ""
    # Whether a row that stayed locked is a refusal among others; else a page of its own keeps
    # what was typed and offers to send it again (``site.errors``).
    SAYS_THAT_IT_IS_BUSY: ClassVar[bool] = False
    # A viewflow.fsm.State, read from and written to the row by its getter and setter.
    stage: ClassVar[Any]

    def __init__(self, case: Any) -> None:
        self.case = case
        # Where a passage leads, from when it was let through until it is written; see
        # ``told_by_columns``.
        self.moved_to: Any = None

    @classmethod
    @abstractmethod
    def lock(cls, keys: Iterable[int]) -> list[Any]:
        """The rows, locked in the order of their keys. Raises DoesNotExist when one is missing."""

    @classmethod
    @abstractmethod
    def cases(cls, rows: Sequence[Any], asked: Asked, act: Any) -> list[Any]:
        """What the gates of each row ask."""

    @abstractmethod
    def gates(self, name: str) -> tuple[Gate, ...]:
        """What guards the transition ``name``."""

    @abstractmethod
    def write(self, done: Done) -> Any:
        """Write what follows from the passage and the passage itself; returns its record."""

    @abstractmethod
    def entry(self, record: Any) -> events.Entry:
        """What the log keeps of it."""

    @abstractmethod
    def did(self, name: str, asked: Asked) -> bool:
        """Whether ``name`` stands on record as asked for: by whom, by which form, saying what."""

    @abstractmethod
    def where(self, role: Role) -> Where:
        """Where a seat of ``role`` that lets somebody in is held."""

    @property
    @abstractmethod
    def row(self) -> Any:
        """The row itself."""

    @property
    def now(self) -> datetime:
        moment: datetime = self.case.now
        return moment

    @abstractmethod
    def moved_on(self, name: str) -> Refusal:
        """What is said to a person whose page is older than the record."""

    def why_not_permitted(self, name: str, person: Person) -> Refusal | None:  # noqa: ARG002 - some do
        """What is said to whom no rule lets in, where there is more to say than that."""
        return None

    def gate(self, name: str) -> GateCondition:
        """The answer of a gate, asked once in the life of this course."""
        if name not in self._answers:
            found = (finding for gate in self.gates(name) for finding in gate(self.case))
            self._answers[name] = GateCondition(tuple(found))
        return self._answers[name]

    def acting_role(self, name: str, person: Person | None) -> str | None:
        """The role in which the person may carry out ``name`` from here; None: they may not."""
        rule = next(one.custom["rule"] for one in self.outgoing() if one.slug == name)
        role: str | None = rule.role(self.case, person)
        return role

    def outgoing(self) -> list[fsm.Transition]:
        """Every transition that leaves where the row stands."""
        states: Any = type(self).stage
        leaving: list[fsm.Transition] = states.get_outgoing_transitions(self.stage)
        return leaving

    @cached_property
    def _answers(self) -> dict[str, GateCondition]:
        return {}


def told_by_columns(states: fsm.State, standing: Callable[[Any], Any]) -> None:
    """Let the columns of a row say where it stands: ``standing`` reads them, ``write`` fills them.

    For a course whose rows have no column for it.
    """

    @states.getter()
    def _get(course: Course) -> Any:
        return standing(course.row) if course.moved_to is None else course.moved_to

    @states.setter()
    def _set(course: Course, value: Any) -> None:
        course.moved_to = value


_COURSES: dict[str, type[Course]] = {}


def carries(course: type[Course]) -> type[Course]:
    """Let the door carry the rows of a course: a decorator of its class."""
    _COURSES[course.KIND] = course
    return course


def courses() -> Mapping[str, type[Course]]:
    return _COURSES


def perform(
    act_name: str,
    key: int,
    *,
    actor: Person | None,
    expected_version: int | None = None,
    act: Any = None,
    **how: Unpack[How],
) -> Any:
    """Carry out ``kind.transition`` of one row; returns the row as it now stands.

    ``actor`` None is the passing of time. ``expected_version`` is the version of the page the
    person acted on. Raises Refusal when the gate is shut, when the person may not, when the
    step was already done, or when the row stayed locked; nothing is written. A form that has
    done this very step before is answered as it was then.
    """
    versions = {key: expected_version}
    return perform_all(act_name, [key], actor=actor, expected_versions=versions, act=act, **how)[0]


def perform_all(
    act_name: str,
    keys: Iterable[int],
    *,
    actor: Person | None,
    expected_versions: Mapping[int, int | None] | None = None,
    act: Any = None,
    **how: Unpack[How],
) -> list[Any]:
    """Carry out one transition of several rows of a course, all or none; see ``perform``."""
    return follow(
        act_name, keys, asked=Asked(actor, **how), expected_versions=expected_versions, act=act
    )


def follow(
    act_name: str,
    keys: Iterable[int],
    *,
    asked: Asked,
    expected_versions: Mapping[int, int | None] | None = None,
    act: Any = None,
) -> list[Any]:
    """As ``perform_all``, for what a passage carries along: asked for by whom and as that was."""
    kind, _dot, name = act_name.partition(".")
    course, versions = _COURSES[kind], expected_versions or {}
    try:
        with endings.act():
            rows = course.lock(keys)
            cases = course.cases(rows, asked, act)
            entries = [
                _pass(course(case), name, asked, versions.get(row.pk))
                for case, row in zip(cases, rows, strict=True)
            ]
            events.append_many([entry for entry in entries if entry is not None])
    except OperationalError as error:
        if not course.SAYS_THAT_IT_IS_BUSY:
            raise
        raise busy() from error
    return rows


def by_time(act_name: str) -> Callable[[Any], Any]:
    """What follows from a term of a row of that kind, as a consequence: time carries it out."""
    return lambda term: perform(act_name, int(term.subject_id), actor=None)


def is_done(act_name: str, row: Any, *, act: Any = None, **by: Unpack[By]) -> bool:
    """Whether this very form has carried out ``kind.transition`` of the row before.

    For pages that find out by themselves that there is nothing more to press.
    """
    kind, _dot, name = act_name.partition(".")
    course, asked = _COURSES[kind], Asked(**by)
    return _did(course(course.cases([row], asked, act)[0]), name, asked)


def _did(course: Course, name: str, asked: Asked) -> bool:
    """What came without a key is nobody's repetition."""
    return bool(asked.request_key) and course.did(name, asked)


def _pass(
    course: Course, name: str, asked: Asked, expected_version: int | None
) -> events.Entry | None:
    """None where this very form has done it: pressed twice, it is answered as the first time."""
    bound = getattr(course, name)
    is_old = expected_version is not None and expected_version != course.row.version
    if is_old or not bound.can_proceed(check_conditions=False):
        if _did(course, name, asked):
            return None
        raise course.moved_on(name)
    role = course.acting_role(name, asked.actor)
    if role is None:
        told = course.why_not_permitted(name, asked.actor) if asked.actor else None
        raise told or not_permitted()
    source = course.stage
    try:
        bound()
    except fsm.TransitionConditionsUnmet as unmet:
        if _did(course, name, asked):
            return None
        raise Refusal(course.gate(name).findings) from unmet
    if role in Role:
        asked = asked.by_seat(Role(role), course.where(Role(role)))
    done = Done(name, source, course.stage, role, asked, course.now)
    return course.entry(course.write(done))


def not_permitted() -> Refusal:
    return Refusal.because("not_permitted", _("您不能办理这一步。"), rule=_("由有权限的人办理"))


def busy() -> Refusal:
    """The row stayed locked for as long as the database waits (``lock_timeout``)."""
    return Refusal.because(
        "busy", _("他人正在办理，请稍后再试。"), rule=_("同一申报同时只办理一件事")
    )


def findings(act_name: str, case: Any) -> tuple[GateFinding, ...]:
    """Everything that the gate of ``kind.transition`` finds of ``case``, remarks included."""
    kind, _dot, name = act_name.partition(".")
    return _COURSES[kind](case).gate(name).findings


def is_offered(act_name: str, case: Any, person: Person) -> bool:
    """Whether this person may carry out ``kind.transition`` now; the gate is not asked."""
    kind, _dot, name = act_name.partition(".")
    course = _COURSES[kind](case)
    return any(
        transition.slug == name and transition.has_perm(course, person)
        for transition in course.outgoing()
    )


def sources(act_name: str) -> tuple[Any, ...]:
    """The stages from which ``kind.transition`` leaves."""
    kind, _dot, name = act_name.partition(".")
    return tuple(one.source for one in getattr(_COURSES[kind], name).get_transitions())


def offered(
    kind: str, case: Any, person: Person
) -> list[tuple[fsm.Transition, tuple[GateFinding, ...]]]:
    """The transitions this person may carry out now, each with its gate's findings.

    Shut ones are listed too: a person sees why before pressing.
    """
    course = _COURSES[kind](case)
    return [
        (transition, course.gate(transition.slug).findings)
        for transition in course.outgoing()
        if transition.has_perm(course, person)
    ]
