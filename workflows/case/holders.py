"""Who holds an application at each stage, and until when."""

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from designation.applications.models import Application, Stage
from designation.calendar.working_days import CalendarUnknown, calendar
from designation.organizations.models import Role

from .facts import Case


@dataclass(frozen=True, slots=True)
class Holder:
    """``organization_id`` is None for roles held over the jurisdiction."""

    role: Role | None
    organization_id: int | None = None


_COUNTY_HOLDERS: Mapping[Stage, Role] = {
    Stage.RECOMMENDED: Role.COUNTY_COORDINATOR,
    Stage.VERIFYING: Role.VERIFIER,
    Stage.VERIFIED: Role.COUNTY_COORDINATOR,
    Stage.ON_NOTICE: Role.OBJECTION_OFFICER,
    Stage.AWAITING_DESIGNATION: Role.DECIDING_OFFICER,
}

_APPLICANT_HOLDERS: Mapping[Stage, Role] = {
    Stage.DRAFT: Role.PREPARER,
    Stage.SELF_ASSESSED: Role.HEAD,
    Stage.RETURNED: Role.PREPARER,
}


def holder(application: Application) -> Holder:
    stage = Stage(application.stage)
    if stage in _APPLICANT_HOLDERS:
        return Holder(_APPLICANT_HOLDERS[stage], application.organization_id)
    if stage == Stage.SUBMITTED:
        return Holder(Role.FIRST_REVIEWER, application.reviewing_body_id)
    return Holder(_COUNTY_HOLDERS.get(stage))


def due_at(case: Case) -> datetime | None:
    """The moment the present stage is due; None where no time runs.

    A reviewer who asked for a correction goes on with the working days then left, one at least.
    Raises CalendarUnknown when the calendar does not reach so far.
    """
    application, round_ = case.application, case.application.round
    stage = Stage(application.stage)
    if stage in (Stage.DRAFT, Stage.SELF_ASSESSED):
        return round_.closes_at
    if stage == Stage.ON_NOTICE:
        return case.notice_entry.notice.ends_at if case.notice_entry else None
    days = {
        Stage.SUBMITTED: round_.first_review_days,
        Stage.RETURNED: round_.correction_days,
        Stage.RECOMMENDED: round_.paper_check_days,
        Stage.VERIFYING: round_.verification_days,
        Stage.AWAITING_DESIGNATION: round_.designation_days,
    }.get(stage)
    if days is None:
        return None
    if stage == Stage.AWAITING_DESIGNATION:
        # Time itself came here and asks nobody: it goes on without a deadline.
        with contextlib.suppress(CalendarUnknown):
            return calendar().deadline(case.now, days)
        return None
    if application.days_left_at_return is not None and stage != Stage.RETURNED:
        days = max(1, application.days_left_at_return)
    return calendar().deadline(case.now, days)
