"""What a case begins with: what became of it, by whom and why, on which items, and the way on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from designation.applications.models import Application, Conclusion, Stage
from designation.organizations.models import Person, Role

from .. import declared
from ..case import recourse, rules
from ..case.facts import Case
from ..case.records import Decision
from ..case.shown_items import ShownItem

_APPLICANT = frozenset(role for role, _holds in rules.is_of_the_applicant.ways)


@dataclass(frozen=True, slots=True)
class Concerned:
    """An item that the result is about: why, and what the applicant replied where it was asked."""

    code: str
    reason: str
    reply: str = ""
    is_asked: bool = False
    # What is asked for beside the items, in words.
    part: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """The passage by which a case came to where it stands, as its reader is told of it.

    ``by`` is the body whose person decided; ``more`` are labels, each with its text. ``appealed``
    says what may be done about a decision that ended the case, by whom, or was done.
    """

    decision: Decision
    by: str
    more: tuple[tuple[str, str], ...]
    items: tuple[Concerned, ...]
    onward: str
    appealed: Any


def result(
    case: Case, decisions: Sequence[Decision], items: Sequence[ShownItem], *, for_applicant: bool
) -> Result | None:
    """What the page begins with; None while the application was only begun."""
    if not decisions or not decisions[-1].from_stage:
        return None
    told = declared.told(case.application, decisions[-1].transition)
    more = told.more(case) if told else ()
    return Result(
        decision=decisions[-1],
        by=_body(case, decisions[-1].actor_role),
        more=tuple((str(label), text) for label, text in more),
        items=tuple(_concerned(case, decisions[-1], items)),
        onward=_onward(told, case, for_applicant=for_applicant) if told else "",
        appealed=recourse.of(case),
    )


def done(name: str, application: Application, person: Person) -> str:
    """What a person reads who has carried out a passage: that it is done, and what comes next."""
    what = _("已办理：%(what)s。") % {"what": declared.passage(name).words}
    case, told = Case(application, actor=person), declared.told(application, name)
    if told is None:
        return what
    return what + _onward(told, case, for_applicant=rules.is_applicant(case, person))


def shown_after(name: str, application: Application) -> str:
    """The address of what is shown when a passage is done: its receipt, else the case."""
    submission = application.submission
    if declared.gives_receipt(name) and submission is not None:
        return reverse("applications:receipt", args=[application.pk, submission.number])
    return reverse("applications:case", args=[application.pk])


def _onward(told: declared.Told, case: Case, *, for_applicant: bool) -> str:
    sentence = told.onward_for_applicant if for_applicant else told.onward
    return str(sentence) % {"body": case.application.reviewing_body.name}


def _body(case: Case, role: str) -> str:
    """Where whoever acted in ``role`` sits; "" where time did it."""
    application = case.application
    if not role or role not in Role.values:
        return ""
    if role in _APPLICANT:
        return str(application.organization.name)
    if role == Role.FIRST_REVIEWER:
        return str(application.reviewing_body.name)
    return str(application.round.jurisdiction.name)


def _concerned(case: Case, decision: Decision, items: Iterable[ShownItem]) -> Iterator[Concerned]:
    """What has to be corrected; of a case that others ended, what they found not met."""
    for code, one in case.corrections.items():
        yield Concerned(code, one.reason, one.reply, is_asked=True)
    for name, one in case.parts_returned.items():
        yield Concerned(name, one.reason, is_asked=True, part=one.words)
    is_ended = Stage(case.application.stage).is_end and decision.actor_role not in _APPLICANT
    if is_ended and not case.corrections:
        for item in items:
            for row in item.said.values():
                if row.verdict == Conclusion.NOT_MET:
                    yield Concerned(item.code, _why(row))


def _why(row: Any) -> str:
    """The words beside a verdict."""
    why: str = getattr(row, "comment", "") or getattr(row, "basis", "")
    return why
