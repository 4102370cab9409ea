"""What hangs on a stage and on a passage: the shapes, and the one place where they are looked up.

``passages.py`` fills it; a room of another house declares its own when the site starts. Pages,
picture, lists, log and messages ask here, so that a new stage or passage touches none of them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Any

from designation.applications.models import Application, Stage
from designation.calendar import awaited
from designation.organizations.models import Role

from . import door
from .door import Gate


def _nowhere(_application: Application) -> None:
    """Held over the area, by no organization."""
    return


def _no_time_runs(_case: Any) -> None:
    return


@dataclass(frozen=True, slots=True)
class Step:
    """One of the steps that people know (自评, 初审 …); ``label`` is lazy."""

    name: str
    label: Any


@dataclass(frozen=True, slots=True)
class Place:
    """What hangs on a stage. Words are lazy; a stage that ends the course has no holder.

    ``held_in`` names the organization of the holder's seat, None where it is held over the area.
    ``due`` says until when it is to be done: a number of working days or a fixed moment, None
    where no time runs. ``then`` is the passage that time itself carries out when that is over; ""
    where nothing follows but being late. ``page`` is the address, by name and with one key, at
    which the holder works; "" is the case page. Where it takes the application's key, ``way`` is
    its link on the case page, for those whom its rule lets in. ``towards`` are the passages that
    the applicant works towards here. ``after`` is the stage behind which it stands in the order
    of the course; "" is the end.
    """

    stage: str
    words: Any
    words_for_applicant: Any
    tone: str
    step: Step | None = None
    holder: Role | None = None
    held_in: Callable[[Application], int | None] = _nowhere
    due: Callable[[Any], int | datetime | None] = _no_time_runs
    then: str = ""
    page: str = ""
    way: "Way | None" = None
    towards: tuple[str, ...] = ()
    is_on_main_line: bool = True
    after: str = ""

    @property
    def awaits(self) -> str:
        """The kind of the term that runs here."""
        return f"application.{self.stage}"


@dataclass(frozen=True, slots=True)
class Way:
    """How a passage or a page is offered to those whom ``rule`` lets in: its button or link."""

    label: Any
    rule: Any


class OnTerm(Enum):
    """What a passage does to the term that ran until then."""

    # What was awaited has been done; or time did it, and the term is over.
    MEETS = auto()
    # It need not be done any more.
    OVERTAKES = auto()
    # It stands still until a passage that resumes it.
    PAUSES = auto()
    RESUMES = auto()


@dataclass(frozen=True, slots=True)
class Passage:
    """What hangs on a transition. ``ways`` has one entry, or one for each who may do it.

    ``sentence`` tells people of it, with %(organization)s; ``recorded_as`` is how the log calls
    it, where that is not the label. ``before`` and ``after`` write what follows from it, before
    and after its record. ``page`` is the address of its own page, by name; "" is pressed on the
    case page. ``on_term`` is what becomes of the term that ran. ``asks_truth``: the head confirms
    the truth beside the button. ``is_backward``: there to be found, not the thing to do.
    """

    name: str
    ways: tuple[Way, ...]
    gate: tuple[Gate, ...]
    sentence: Any
    recorded_as: Any = ""
    before: tuple[Callable[[Any], None], ...] = ()
    after: tuple[Callable[[Any, Any], None], ...] = ()
    page: str = ""
    on_term: OnTerm = OnTerm.MEETS
    asks_truth: bool = False
    is_backward: bool = False

    @property
    def words(self) -> Any:
        """How the log calls it."""
        return self.recorded_as or self.ways[0].label

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that may carry it out, in the order in which they are tried."""
        return tuple(str(role) for way in self.ways for role, _holds in way.rule.ways)


_PLACES: dict[str, Place] = {}
_PASSAGES: dict[str, Passage] = {}


def declare(*declarations: Place | Passage) -> None:
    """Enter stages and passages; a name that is taken is refused with ValueError."""
    for one in declarations:
        table: dict[str, Any] = _PLACES if isinstance(one, Place) else _PASSAGES
        name = one.stage if isinstance(one, Place) else one.name
        if name in table:
            raise ValueError(f"{name} is declared twice.")
        table[name] = one
        if isinstance(one, Place):
            _await(one)
            if one.after:
                _put_behind(one)


def _put_behind(place: Place) -> None:
    """Move it behind the stage that it names; those that follow go on in their order."""
    order = [stage for stage in _PLACES if stage != place.stage]
    for stage in order[order.index(place.after) + 1 :]:
        _PLACES[stage] = _PLACES.pop(stage)


def _await(here: Place) -> None:
    """Make the term of a stage known, and what time brings when it is over."""
    then = f"application.{here.then}" if here.then else ""
    if then:
        awaited.follows(then, door.by_time(then))
    awaited.register(awaited.Kind(here.awaits, here.words, then))


def forget(*names: str) -> None:
    """Take declarations back: for those who try something out."""
    for name in names:
        _PLACES.pop(name, None)
        _PASSAGES.pop(name, None)


def places() -> Mapping[str, Place]:
    """By stage, in the order of the course."""
    return _PLACES


def passages() -> Mapping[str, Passage]:
    """By name, in the order of the course."""
    return _PASSAGES


def place(stage: str) -> Place:
    return _PLACES[stage]


def passage(name: str) -> Passage:
    return _PASSAGES[name]


def steps() -> list[tuple[Step, tuple[str, ...]]]:
    """The steps that people know, each with its stages."""
    found: dict[Step, list[str]] = {}
    for one in _PLACES.values():
        if one.step is not None:
            found.setdefault(one.step, []).append(one.stage)
    return [(step, tuple(stages)) for step, stages in found.items()]


@dataclass(frozen=True, slots=True)
class Holder:
    """``organization_id`` is None for roles held over the jurisdiction."""

    role: Role | None
    organization_id: int | None = None


def holder(application: Application) -> Holder:
    """Who holds an application where it stands."""
    here = _PLACES[Stage(application.stage)]
    return Holder(here.holder, here.held_in(application))


def pressed() -> Iterable[str]:
    """The passages that are pressed on the case page itself."""
    return [name for name, one in _PASSAGES.items() if not one.page]
