"""What a unit is sent when its application comes back: the notice with its correction list."""

from designation.calendar import terms
from designation.calendar.working_days import last_day
from designation.organizations.models import Role
from designation.papers.dates import in_words
from designation.papers.fields import CorrectionNotice, ToCorrect
from designation.site import clock

from ...case.applicants import name_at
from ...case.facts import Case
from ...case.records import Correction, Decision
from ...declared import place


def correction_notice(case: Case, decision: Decision) -> CorrectionNotice:
    """From the body that sent it back, with the last day that it gave: the same paper for good."""
    application, round_ = case.application, case.application.round
    day = decision.at.astimezone(clock.SHANGHAI).date()
    is_first = decision.actor_role == Role.FIRST_REVIEWER
    body = application.reviewing_body.name_on(day) if is_first else round_.managing_office
    return CorrectionNotice(
        issuing_body=body,
        dated=in_words(day),
        addressee=name_at(application, decision.at, day),
        issued_by=body,
        round_name=round_.name_zh,
        opinion=decision.opinion,
        due=_last_day(case, decision),
        items=_items(case, decision),
    )


def _last_day(case: Case, decision: Decision) -> str:
    awaits = place(decision.to_stage).awaits
    term = terms.begun_with(case.application, awaits, decision.at)
    return in_words(last_day(term.due_at)) if term else ""


def _items(case: Case, decision: Decision) -> tuple[ToCorrect, ...]:
    rows = Correction.objects.filter(decision=decision).select_related("item")
    return tuple(
        ToCorrect(
            place=str(number),
            item=row.words,
            asked=case.standard.item(row.code).text if row.item else "",
            reason=row.reason,
        )
        for number, row in enumerate(rows, start=1)
    )
