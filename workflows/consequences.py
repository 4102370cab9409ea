"""What a transition writes beside the stage. Called by the door only, under its lock."""

from collections.abc import Callable, Mapping
from datetime import date

from django.db.models import Q

from designation.applications import submissions
from designation.applications.models import Application, Stage
from designation.calendar.working_days import calendar
from designation.organizations import names
from designation.organizations.models import Person
from designation.register.models import Designation

from .case.facts import Case
from .case.records import Correction, Decision
from .stages.conferral import announcements
from .stages.first_review.models import ItemMark

Consequence = Callable[[Case], None]


def _actor(case: Case) -> Person:
    if case.actor is None:
        raise TypeError("Only a person can do this.")
    return case.actor


def freeze_submission(case: Case) -> None:
    application = case.application
    frozen = submissions.content(application, case.answers.values(), case.evidence)
    submissions.freeze(application, frozen, actor=_actor(case), at=case.now)


def submit_again(case: Case) -> None:
    """Freeze, close the correction list, and void the approvals of what changed only."""
    freeze_submission(case)
    application = case.application
    Correction.objects.filter(application=application, closed_at__isnull=True).update(
        closed_at=case.now
    )
    if application.submission is not None and application.submission.changed_items:
        ItemMark.objects.filter(
            application=application,
            voided_at__isnull=True,
            item__code__in=application.submission.changed_items,
        ).update(voided_at=case.now)


def stop_the_clock(case: Case) -> None:
    application = case.application
    if application.due_at is not None:
        application.days_left_at_return = calendar().left(case.now, application.due_at)


def release_marks(case: Case) -> None:
    """The decision lets the applicant see what was noted for it."""
    ItemMark.objects.filter(
        application=case.application, voided_at__isnull=True, released_at__isnull=True
    ).update(released_at=case.now)


def release_the_visit(case: Case) -> None:
    """As ``release_marks``, for what was found on site."""
    case.application.visits.filter(closed_at__isnull=True, released_at__isnull=True).update(
        released_at=case.now
    )


def take_off_the_notice(case: Case) -> None:
    """It will be verified and put on notice anew."""
    case.application.visits.filter(closed_at__isnull=True).update(closed_at=case.now)
    if case.notice_entry is not None:
        case.notice_entry.dropped_at = case.now
        case.notice_entry.save(update_fields=["dropped_at"])


def enter_in_the_register(case: Case) -> None:
    application, round_ = case.application, case.application.round
    decision = round_.decisions.get(pk=case.act.decision_id or 0)
    decided = decision.decided_on
    title = Designation.objects.create(
        **names.borne_with_the_area(application.organization, decided),
        number=_register_number(application, decided),
        application=application,
        organization_id=application.organization_id,
        jurisdiction_id=application.organization.jurisdiction_id,
        category=application.category,
        decision=decision,
        designated_on=decided,
        valid_until=_years_after(decided, round_.valid_years),
    )
    announcements.given(title, area_code=application.area_code, actor=_actor(case))


def _register_number(application: Application, decided: date) -> str:
    """County code, year, category and the application's own number: unique without a counter."""
    county = application.round.jurisdiction.code[:6]
    return f"{county}-{decided.year}-{application.category}-{application.pk:05d}"


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def list_corrections(case: Case, decision: Decision) -> None:
    """Written after the decision they belong to."""
    items = {
        item.code: item
        for item in case.application.standard.items.filter(code__in=case.act.corrections)
    }
    Correction.objects.bulk_create(
        Correction(
            application=case.application,
            decision=decision,
            item=items[code],
            reason=reason.strip(),
        )
        for code, reason in case.act.corrections.items()
    )


def drop_from_draft_notices(case: Case) -> None:
    case.application.notice_entries.filter(
        Q(dropped_at__isnull=True, notice__status="draft")
    ).update(dropped_at=case.now)


BEFORE: Mapping[str, tuple[Consequence, ...]] = {
    "submit": (freeze_submission,),
    "recommend": (release_marks,),
    "return_for_correction": (stop_the_clock, release_marks),
    "reject": (release_marks, release_the_visit),
    "complete_verification": (release_the_visit,),
    "resubmit": (submit_again,),
    "reverify": (take_off_the_notice,),
    "designate": (enter_in_the_register,),
    "withdraw": (drop_from_draft_notices,),
}

AFTER: Mapping[str, tuple[Callable[[Case, Decision], None], ...]] = {
    "return_for_correction": (list_corrections,),
}


def settle_clock(application: Application, name: str, source: Stage) -> None:
    """Remember who asked for a correction; forget the stopped clock once the stage moved on."""
    if name == "return_for_correction":
        application.returned_from = source
    elif name == "resubmit":
        application.returned_from = ""
    else:
        application.days_left_at_return = None
