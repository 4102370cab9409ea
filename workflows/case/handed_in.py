"""The case as it was handed in, while the applicant writes a correction."""

from collections.abc import Iterable
from copy import copy
from datetime import date
from typing import Any

from django.db.models import F, Q

from designation.applications import postings, published, submissions
from designation.applications.models import (
    Answer,
    Application,
    Evidence,
    Posting,
    Stage,
    Submission,
)
from designation.applications.rules import typed_now
from designation.evidence.models import LibraryEntry
from designation.organizations.models import Person, Role
from designation.organizations.rules import seats

from .. import declared
from . import items, rules
from .facts import Case
from .records import Correction


def to_hand_in(case: Case) -> dict[str, Any]:
    """What would be frozen if the case were handed in now."""
    return submissions.content(
        case.application,
        case.answers.values(),
        case.evidence,
        postings.frozen(case.posting, case.posting_proofs),
        case.links,
    )


def submission_as_it_stands(case: Case) -> Submission | None:
    """The submission that says what the case says; none when it was changed since, or never made.

    It keeps the names of its day: a renaming since is no change of what was handed in.
    """
    submission = case.application.submission
    if submission is None:
        return None
    now = to_hand_in(case)
    del now["names"]
    if "names" in submission.content:
        now["names"] = submission.content["names"]
    return submission if submissions.digest(now) == submission.sha256 else None


def as_read_by(case: Case, person: Person) -> Case:
    """The case for one reader: a correction that was not handed in is the applicant's own.

    All others read the submission until the next one comes: a case of its own, for reading only.
    """
    submission = case.application.submission
    if not declared.answers_corrections(case.application.stage) or submission is None:
        return case
    if rules.is_applicant(case, person):
        return case
    read = as_handed_in(case, submission)
    hide_unsent_replies(read.sent_back)
    return read


def is_read(person: Person, brought_at: str) -> Q:
    """Of what is brought beside a submission (papers, signed pages): that the person reads it.

    While a correction is written, what is brought is the applicant's own; all others read what was
    there at ``brought_at`` when it was returned.
    """
    mine = seats(person).organizations(Role.PREPARER, Role.HEAD)
    typed = Application.objects.filter(typed_now(person)).order_by().values("pk")
    own = Q(application__organization__in=mine) | Q(application__in=typed)
    was_there = Q(**{f"{brought_at}__lte": F("application__stage_since")})
    return own | ~is_corrected() | was_there


def is_corrected() -> Q:
    """Of what belongs to an application: that a correction of it is written now."""
    return Q(application__stage__in=[one for one in Stage if declared.answers_corrections(one)])


def as_handed_in(case: Case, submission: Submission) -> Case:
    """The case as it was when ``submission`` was handed in: a case of its own, for reading only."""
    frozen = submission.content
    read = case.with_application(_put_back(case.application, submission))
    read.as_it_stands = case
    read.forget(
        "sent_back",
        "correction_list",
        "corrections",
        "parts_returned",
        "declared",
        "declared_report",
        "periods",
    )
    read.answers, read.evidence = _answers(read.application, frozen), _evidence(frozen)
    read.links = published.read(
        read.application,
        frozen.get("links", ()),
        lambda code: items.known(read.application.standard_id, code),
    )
    read.posting, read.posting_proofs = _posting(read.application, frozen.get("posting"))
    return read


def reads(case: Case, person: Person, submission: Submission) -> bool:
    """Whether a person who sees the case may read one of its submissions.

    The applicant reads all of its own; others the last, and those that were opened: what was taken
    back unread stays unread.
    """
    is_theirs = submission.pk == case.application.submission_id or submission.opened_at is not None
    return is_theirs or rules.is_applicant(case, person)


def hide_unsent_replies(corrections: Iterable[Correction]) -> None:
    """A reply to a list that is still open was not handed in."""
    for correction in corrections:
        if correction.closed_at is None:
            correction.reply = ""


def _put_back(application: Application, submission: Submission) -> Application:
    """The application with what it said then."""
    then, frozen = copy(application), submission.content
    then.submission = submission
    then.summary = frozen["summary"]
    then.approving_meeting_on = _day(frozen["approving_meeting_on"])
    then.term_began_on = _day(frozen["term_began_on"])
    return then


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


def _posting(
    application: Application, frozen: dict[str, Any] | None
) -> tuple[Posting | None, list[LibraryEntry]]:
    """The internal posting that was handed in, with its proof."""
    if frozen is None:
        return None, []
    posting = Posting(
        application=application,
        posted_from=_day(frozen["posted_from"]),
        posted_to=_day(frozen["posted_to"]),
        place=frozen["place"],
    )
    named = [proof["entry"] for proof in frozen["proofs"]]
    return posting, list(LibraryEntry.objects.filter(pk__in=named).select_related("stored"))


def _evidence(frozen: dict[str, Any]) -> list[Any]:
    """The files that were handed in, also those that were taken away since."""
    of = {file["id"]: file for file in frozen["evidence"]}
    rows = Evidence.objects.filter(pk__in=of).select_related("entry__stored")
    found: dict[int, Any] = rows.in_bulk()
    for pk, file in found.items():
        said = of[pk]
        file.title, file.item_codes = said["title"], said["items"]
        file.caption, file.dated_on = said.get("caption", ""), _day(said.get("dated_on", ""))
    return [found[pk] for pk in of if pk in found]
