"""The summary of an application, the meeting that approved it, and when the term began."""

from collections.abc import Mapping
from typing import Any

from designation.organizations.models import Person
from designation.site import clock
from designation.site.shown import Merged, Seen

from . import authorship
from .authorship import Sheet
from .models import Application, FormerValue
from .rules import refuse_unless_applicant

FIELDS = ("summary", "approving_meeting_on", "term_began_on")


def fields(application: Application) -> dict[str, Any]:
    """What the record says, by field; days in their ISO form."""
    return {
        "summary": application.summary,
        "approving_meeting_on": _day(application.approving_meeting_on),
        "term_began_on": _day(application.term_began_on),
    }


def texts(sent: Mapping[str, Any]) -> dict[str, str]:
    """What was sent, in the form of the record."""
    return {name: _day(value) if name != "summary" else value for name, value in sent.items()}


def _day(day: Any) -> str:
    return day.isoformat() if day else ""


def sheet(application: Application) -> Sheet:
    """The fields with their authors."""
    submission = application.submission
    settled_at = submission.submitted_at if submission else None
    return Sheet(fields(application), application.written, None, settled_at)


def save_summary(
    application: Application, sent: Mapping[str, Any], *, actor: Person, seen: Seen | None = None
) -> tuple[Merged, list[FormerValue]]:
    """Bring what was ``sent`` together with what stands, while the application is held.

    Returns what became of it, and the values of others that gave way. Raises Refusal for who is
    not of the applicant.
    """
    refuse_unless_applicant(application, actor)
    before = sheet(application)
    merged = before.merge(seen or Seen(), texts(sent), actor=actor)
    superseded = before.rewrite(merged.changed, actor=actor, at=clock.now())
    if merged.changed:
        for name in merged.changed:
            setattr(application, name, sent[name])
        application.save(update_fields=[*FIELDS, "written"])
    kept = authorship.keep(superseded, application, FormerValue.Subject.SUMMARY)
    return merged, authorship.of_others(kept)
