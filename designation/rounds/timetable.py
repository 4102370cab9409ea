"""The timetable of a round: by when each step is done, counted from its window and its periods.

Pure. Periods are working days by the official calendar, a notice's calendar days where the round
says so, one step after the other from the day on
which applications close. Beside the day by which a step is done in time stands the latest, where
every return for correction that the round allows was used: a return costs its own period and one
day, for who reviews goes on with the working days then left, one at least.

No rule says how long a meeting and the steps of a notice take: each is put on the next working
day. Our default, said on the page.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from designation.calendar.working_days import CalendarUnknown, WorkingCalendar

from .models import DayUnit
from .notice_periods import notice_period

# What a notice usually lasts at least: our reading of published ones.
USUAL_NOTICE: Mapping[str, int] = {DayUnit.WORKING: 5, DayUnit.CALENDAR: 7}


class Step(StrEnum):
    """The steps of a round in their order."""

    OPENING = "opening"
    CLOSING = "closing"
    FIRST_REVIEW = "first_review"
    CORRECTIONS = "corrections"
    PAPER_CHECK = "paper_check"
    VERIFICATION = "verification"
    SELECTION = "selection"
    NOTICE = "notice"
    OBJECTIONS = "objections"
    DESIGNATION = "designation"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a timetable is computed from: the window in days, periods in working days.

    Those of a notice are of its ``notice_unit``.
    ``objection_days`` are those from receiving an objection to its finding.
    """

    opens_on: date
    closes_on: date
    first_review_days: int
    correction_days: int
    returns_allowed: int
    paper_check_days: int
    verification_days: int
    notice_days: int
    notice_unit: str
    notice_counts_first_day: bool
    objection_days: int
    designation_days: int


@dataclass(frozen=True, slots=True)
class Reached:
    """The last day of a step, and the first where it is told; or the year that is not loaded."""

    last: date | None = None
    first: date | None = None
    unknown: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A step, its days (None where no rule says) and which count, in time and at the latest."""

    step: Step
    days: int | None
    unit: str
    in_time: Reached
    latest: Reached


class Remark(StrEnum):
    """What a timetable is to be looked at for."""

    UNKNOWN_YEAR = "unknown_year"
    PAST_THE_YEAR = "past_the_year"
    PAST_THE_YEAR_AT_THE_LATEST = "past_the_year_at_the_latest"
    CLOSES_ON_A_DAY_OFF = "closes_on_a_day_off"
    SHORT_NOTICE = "short_notice"


def timetable(plan: Plan, calendar: WorkingCalendar) -> list[Line]:
    """Every step of the round in order; corrections only where returns are allowed."""
    days = _days(plan)
    in_time, latest = (_reached(plan, calendar, returns) for returns in (0, plan.returns_allowed))
    units = {Step.NOTICE: plan.notice_unit}
    return [
        Line(step, days.get(step), units.get(step, DayUnit.WORKING), in_time[step], latest[step])
        for step in latest
    ]


def remarks(plan: Plan, calendar: WorkingCalendar) -> Iterable[Remark]:
    """What is unusual about the round's timetable."""
    last = timetable(plan, calendar)[-1]
    if last.latest.unknown:
        yield Remark.UNKNOWN_YEAR
    if _year(last.in_time) > plan.opens_on.year:
        yield Remark.PAST_THE_YEAR
    elif _year(last.latest) > plan.opens_on.year:
        yield Remark.PAST_THE_YEAR_AT_THE_LATEST
    if plan.closes_on.year in calendar.years and not calendar.is_working(plan.closes_on):
        yield Remark.CLOSES_ON_A_DAY_OFF
    if plan.notice_days < USUAL_NOTICE[plan.notice_unit]:
        yield Remark.SHORT_NOTICE


def _year(reached: Reached) -> int:
    return reached.last.year if reached.last else reached.unknown or 0


def _days(plan: Plan) -> dict[Step, int]:
    return {
        Step.FIRST_REVIEW: plan.first_review_days,
        Step.CORRECTIONS: plan.correction_days,
        Step.PAPER_CHECK: plan.paper_check_days,
        Step.VERIFICATION: plan.verification_days,
        Step.NOTICE: plan.notice_days,
        Step.OBJECTIONS: plan.objection_days,
        Step.DESIGNATION: plan.designation_days,
    }


def _reached(plan: Plan, calendar: WorkingCalendar, returns: int) -> dict[Step, Reached]:
    """Where each step ends if every case is sent back so many times in each review."""
    corrected = returns * (plan.correction_days + 1)
    reviewed = plan.first_review_days + corrected
    checked = reviewed + plan.paper_check_days + corrected
    chosen = checked + plan.verification_days + 1
    notice = _noticed(plan, calendar, chosen + 1)
    # Sent back on the last day of the review, the first time or the last.
    sent_back = reviewed - 1 if returns else plan.first_review_days + plan.correction_days
    after = {
        Step.FIRST_REVIEW: reviewed,
        Step.CORRECTIONS: sent_back,
        Step.PAPER_CHECK: checked,
        Step.VERIFICATION: checked + plan.verification_days,
        Step.SELECTION: chosen,
    }
    if not plan.returns_allowed:
        del after[Step.CORRECTIONS]
    return {
        Step.OPENING: Reached(plan.opens_on),
        Step.CLOSING: Reached(plan.closes_on),
        **{step: _after(Reached(plan.closes_on), calendar, days) for step, days in after.items()},
        Step.NOTICE: notice,
        Step.OBJECTIONS: _after(notice, calendar, plan.objection_days),
        Step.DESIGNATION: _after(notice, calendar, plan.designation_days),
    }


def _noticed(plan: Plan, calendar: WorkingCalendar, days: int) -> Reached:
    """The period of a notice that is published so many working days after applications close."""

    def period() -> Reached:
        found = notice_period(plan, calendar.add(plan.closes_on, days), calendar)
        return Reached(found.last_day, found.first_day)

    return _told(period)


def _after(reached: Reached, calendar: WorkingCalendar, days: int) -> Reached:
    """So many working days after a day that is reached."""
    last = reached.last
    if last is None:
        return reached
    return _told(lambda: Reached(calendar.add(last, days)))


def _told(reached: Callable[[], Reached]) -> Reached:
    try:
        return reached()
    except CalendarUnknown as unknown:
        return Reached(unknown=unknown.year)
