"""The case as it was handed in, while the applicant writes a correction."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from designation.applications.models import Answer, Application, Evidence
from designation.organizations.models import Person

from .. import declared
from . import items, rules
from .facts import Case
from .records import Correction


def as_read_by(case: Case, person: Person) -> Case:
    """The case for one reader: a correction that was not handed in is the applicant's own.

    All others read the submission until the next one comes. For reading only: nothing of it is
    saved.
    """
    application = case.application
    submission = application.submission
    if not declared.answers_corrections(application.stage) or submission is None:
        return case
    if not rules.is_applicant(case, person):
        frozen = submission.content
        _put_back(application, frozen)
        case.__dict__ |= {
            "answers": _answers(application, frozen),
            "evidence": _evidence(frozen),
        }
        hide_unsent_replies(case.corrections.values())
    return case


def hide_unsent_replies(corrections: Iterable[Correction]) -> None:
    """A reply to a list that is still open was not handed in."""
    for correction in corrections:
        if correction.closed_at is None:
            correction.reply = ""


def _put_back(application: Application, frozen: dict[str, Any]) -> None:
    application.summary = frozen["summary"]
    application.approving_meeting_on = _day(frozen["approving_meeting_on"])
    application.term_began_on = _day(frozen["term_began_on"])


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _answers(application: Application, frozen: dict[str, Any]) -> dict[str, Answer]:
    return {
        code: Answer(
            application=application,
            item=items.known(application.standard_id, code),
            values=said["values"],
            conclusion=said["conclusion"],
            note=said["note"],
        )
        for code, said in frozen["answers"].items()
    }


def _evidence(frozen: dict[str, Any]) -> list[Any]:
    """The files that were handed in, also those that were taken away since."""
    of = {file["id"]: file for file in frozen["evidence"]}
    rows = Evidence.objects.filter(pk__in=of).select_related("entry__stored")
    found: list[Any] = list(rows.order_by("pk"))
    for file in found:
        file.title, file.item_codes = of[file.pk]["title"], of[file.pk]["items"]
    return found
