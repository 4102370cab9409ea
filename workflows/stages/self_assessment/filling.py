"""What the case page says to who fills it in: what is ahead, how far it is, what is wanting."""

from collections.abc import Sequence
from dataclasses import dataclass

from designation.applications import work
from designation.applications.models import Application
from designation.organizations.models import Person

from ...case import rules
from ...case.card import Progress
from ...case.facts import Case
from ...findings import GateFinding
from . import editing, estimate, sections, wanting
from .estimate import Ahead
from .last_time import LastTime
from .sections import Task
from .wanting import Line


@dataclass(frozen=True, slots=True)
class Filling:
    """``ahead`` is said while nothing is begun; ``wanting`` then holds what no answer mends.

    ``next_code`` is the item to go on with, empty where none is open, at ``next_place``.
    """

    tasks: tuple[Task, ...]
    summary: Progress
    ahead: Ahead | None
    wanting: tuple[Line, ...]
    next_code: str
    next_place: str


def filling(case: Case, person: Person, blocking: Sequence[GateFinding]) -> Filling | None:
    """For a person of the applicant; None for everybody else, and where nothing is filled in."""
    unlocked = editing.unlocked_items(case, person)
    if not rules.is_applicant(case, person) or not (unlocked or blocking):
        return None
    tasks, summary = tuple(sections.tasks(case)), _summary(case.application)
    states = {task.progress for task in tasks} | {summary}
    is_begun = states != {Progress.EMPTY} or not unlocked
    code = sections.next_open(tasks, unlocked)
    return Filling(
        tasks=tasks if unlocked else (),
        summary=summary,
        ahead=None if is_begun else _ahead(case),
        wanting=tuple(
            line for line in wanting.lines(case, blocking) if is_begun or not line.address
        ),
        next_code=code,
        next_place=sections.address(case.application, code) if code else "",
    )


def _ahead(case: Case) -> Ahead:
    application = case.application
    return estimate.ahead(
        case.standard,
        carried=LastTime.of(case).carried,
        measured=work.minutes_to_fill_in(application.round, application.category),
    )


def _summary(application: Application) -> Progress:
    """The introduction, with the date of the meeting that approved."""
    told = [bool(application.summary.strip()), application.approving_meeting_on is not None]
    if all(told):
        return Progress.FILLED
    return Progress.BEGUN if any(told) else Progress.EMPTY
