"""What hangs on a stage and on a passage: the shapes, and the one place where they are looked up.

``passages.py`` fills it; a room of another house declares its own when the site starts. Pages,
picture, lists, log and messages ask here, so that a new stage or passage touches none of them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Any

from designation.applications.models import PRIVATE_STAGES, Application, Stage
from designation.calendar import awaited
from designation.organizations.models import Person, Role
from designation.rounds import timetable

from . import door
from .door import Gate


def _nowhere(_application: Application) -> None:
    """Held over the area, by no organization."""
    return


def _no_time_runs(_case: Any) -> None:
    return


def _nothing_is_noted(_case: Any, _person: Person) -> None:
    return


def _its_own_key(case: Any) -> int:
    key: int = case.application.pk
    return key


def _never(_case: Any) -> bool:
    return False


def _nothing_more(_case: Any) -> tuple[()]:
    return ()


class Shown(Enum):
    """Where on the case page a link stands."""

    # A button among what may be done now.
    ACT = auto()
    # Beside those, for what is seldom done.
    BESIDE = auto()
    # Under the course, to be found.
    BELOW = auto()


@dataclass(frozen=True, slots=True)
class Link:
    """A page to which the case page leads those whom ``rule`` lets in.

    ``page`` is its address by name, with one ``key``: that of the application, where nothing else
    is said. ``goes_first``: that it is the thing to do now, before the links above it.
    """

    page: str
    label: Any
    rule: Callable[[Any, Person], bool]
    key: Callable[[Any], int] = _its_own_key
    shown: Shown = Shown.ACT
    goes_first: Callable[[Any], bool] = _never


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a case led to, shown among its facts: under ``label`` a text with its page.

    ``found`` gives that text and the key of the ``page``; None while there is nothing.
    """

    label: Any
    page: str
    found: Callable[[Any], tuple[str, int | str] | None]


@dataclass(frozen=True, slots=True)
class Told:
    """What the case page begins with where a case stands, behind who brought it there and why.

    ``onward`` says in a sentence what comes next, and by whom; ``onward_for_applicant`` says it to
    the applicant. Both may name the %(body)s that reviews. ``more`` is what the stage knows of it
    beyond the record of the passage: labels, each with its text.
    """

    onward: Any
    onward_for_applicant: Any
    more: Callable[[Any], Iterable[tuple[Any, str]]] = _nothing_more


@dataclass(frozen=True, slots=True)
class Step:
    """One of the steps that people know (自评, 初审 …); ``label`` is lazy."""

    name: str
    label: Any


@dataclass(frozen=True, slots=True)
class Place:
    """What hangs on a stage. Words are lazy; a stage that ends the course has no holder.

    ``holder_words`` name whoever may act there, where several may.
    ``held_in`` names the organization of the holder's seat, None where it is held over the area.
    ``due`` says until when it is to be done: a number of working days or a fixed moment, None
    where no time runs. ``then`` is the passage that time itself carries out when that is over; ""
    where nothing follows but being late. ``links`` are the pages at which people work here, in
    the order in which the case page shows them; whom none lets in works on the case page.
    ``told`` is what the case page says of the way on; without it, of the last passage alone.
    ``towards`` are the passages that the applicant works towards here. ``answers_corrections``:
    the applicant answers a list of corrections, and others read what was handed in before.
    ``when_read`` notes that a person read the case here. ``after`` is the stage behind which it
    stands in the order of the course; "" is the end. ``timed_by`` is the step of the round's
    timetable by which a case is carried on from here; ``past``, where it waits for none, the last
    that it has behind it.
    """

    stage: str
    words: Any
    words_for_applicant: Any
    tone: str
    step: Step | None = None
    holder: Role | None = None
    holder_words: Any = ""
    held_in: Callable[[Application], int | None] = _nowhere
    due: Callable[[Any], int | datetime | None] = _no_time_runs
    then: str = ""
    links: tuple[Link, ...] = ()
    told: Told | None = None
    towards: tuple[str, ...] = ()
    answers_corrections: bool = False
    when_read: Callable[[Any, Person], None] = _nothing_is_noted
    is_on_main_line: bool = True
    after: str = ""
    timed_by: timetable.Step | None = None
    past: timetable.Step | None = None

    @property
    def awaits(self) -> str:
        """The kind of the term that runs here."""
        return f"application.{self.stage}"

    @property
    def is_stopped(self) -> bool:
        """Whether the course stands still here: beside its main line, in none of its steps."""
        return self.step is None and not self.is_on_main_line

    @property
    def is_goal(self) -> bool:
        """Whether it is what the course is for: the end of its main line."""
        return self.is_on_main_line and Stage(self.stage).is_end


@dataclass(frozen=True, slots=True)
class Way:
    """How a passage is offered to those whom ``rule`` lets in: its button."""

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
    # What went before is as if it had not been: what ran then goes on, after a pause with the
    # days then left, else until the same moment; what ran since was not met.
    RESTORES = auto()
    # It leads back to where it began, and what was awaited there is awaited until later.
    EXTENDS = auto()
    # It leads back to where it began, and there everything begins anew.
    BEGINS_ANEW = auto()


@dataclass(frozen=True, slots=True)
class Passage:
    """What hangs on a transition. ``ways`` has one entry, or one for each who may do it.

    ``sentence`` tells people of it, with %(organization)s; ``recorded_as`` is how the log calls
    it, where that is not the label. ``before`` and ``after`` write what follows from it, before
    and after its record. ``page`` is the address of its own page, by name; "" is pressed on the
    case page. ``on_term`` is what becomes of the term that ran. ``asks_truth``: the head confirms
    the truth beside the button. ``is_backward``: there to be found, not the thing to do. ``hint``
    says beside the button what one should know before. ``cannot_be_undone`` names what will happen
    where nothing takes it back: it is asked about once. ``asks`` is whom of the applicant its
    message asks to act, where that is not the holder. ``is_among_themselves``: a word between the
    applicant's own people, which nobody else reads. ``gives_receipt``: it hands in a
    submission, whose receipt is shown when it is done and named in the message. ``also_told`` are
    roles over the area that learn of it, beside the applicant and whoever has to act next.
    ``gives_opinion``: it stands on the application form, in the block of the body that acted.
    ``told`` and ``holder``: the way on and who has to act, where it leaves them otherwise than
    the stage it leads to says.
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
    hint: Any = ""
    cannot_be_undone: Any = ""
    asks: Role | None = None
    is_among_themselves: bool = False
    gives_receipt: bool = False
    also_told: tuple[Role, ...] = ()
    gives_opinion: bool = False
    told: Told | None = None
    holder: Role | None = None

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
_ALWAYS: list[Link | Outcome] = []


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


def show_always(*shown: Link | Outcome) -> None:
    """Enter what hangs on no stage: links for wherever a case stands, and what cases lead to."""
    _ALWAYS.extend(shown)


def show_no_more(*shown: Link | Outcome) -> None:
    """Take back what ``show_always`` entered."""
    for one in shown:
        _ALWAYS.remove(one)


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
    # Not of what nobody handed in yet, nor where time alone brings what comes next.
    reminds = not then and here.stage not in PRIVATE_STAGES
    awaited.register(awaited.Kind(here.awaits, here.words, then, reminds))


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


def shown_always() -> Sequence[Link | Outcome]:
    return _ALWAYS


def links(stage: str) -> tuple[Link, ...]:
    """The pages to which a case may lead where it stands: the stage's own, then all others."""
    return (*_PLACES[stage].links, *(one for one in _ALWAYS if isinstance(one, Link)))


def outcomes() -> list[Outcome]:
    return [one for one in _ALWAYS if isinstance(one, Outcome)]


def answers_corrections(stage: str) -> bool:
    return _PLACES[stage].answers_corrections


def heads_word(stage: str) -> str:
    """The passage by which the head confirms what is filled in at ``stage``; "" where none does."""
    return next((name for name in _PLACES[stage].towards if _PASSAGES[name].asks_truth), "")


def is_among_themselves(name: str) -> bool:
    """Whether ``name`` is a passage that only the applicant's own people read of."""
    return name in _PASSAGES and _PASSAGES[name].is_among_themselves


def gives_receipt(name: str) -> bool:
    """Whether ``name`` is a passage that hands in a submission."""
    return name in _PASSAGES and _PASSAGES[name].gives_receipt


def gives_opinion(name: str) -> bool:
    """Whether ``name`` is a passage whose opinion stands on the application form."""
    return name in _PASSAGES and _PASSAGES[name].gives_opinion


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


def holder(application: Application, came_by: str = "") -> Holder:
    """Who holds an application where it stands, and where the passage ``came_by`` left it."""
    here = _PLACES[Stage(application.stage)]
    if came_by in _PASSAGES and (role := _PASSAGES[came_by].holder) is not None:
        return Holder(role)
    return Holder(here.holder, here.held_in(application))


def told(application: Application, came_by: str) -> Told | None:
    """What is told of the way on where the passage ``came_by`` left an application."""
    own = _PASSAGES[came_by].told if came_by in _PASSAGES else None
    return own or _PLACES[application.stage].told


def held_by(application: Application) -> str:
    """Whoever may act where an application stands, in words; "" at an end."""
    words = _PLACES[application.stage].holder_words
    return str(words or application.get_holder_role_display())


def pressed() -> Iterable[str]:
    """The passages that are pressed on the case page itself."""
    return [name for name, one in _PASSAGES.items() if not one.page]
