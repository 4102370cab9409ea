"""How the case carries its visit along. Called by the door only, under its lock."""

from collections.abc import Callable

from designation.applications.models import Stage

from ... import door
from ...case.facts import Case
from .course import VisitCourse
from .facts import OnSite


def carries(name: str) -> Callable[[Case], None]:
    """Let the open visit, where there is one that can go there, pass on with the case."""

    def carry(case: Case) -> None:
        visit = OnSite.of(case).visit
        course = VisitCourse.of_row(visit, case) if visit else None
        if visit and course and getattr(course, name).can_proceed(check_conditions=False):
            door.follow(f"{VisitCourse.KIND}.{name}", [visit.pk], asked=case.asked, act=case)
            case.forget(OnSite)

    return carry


begin_the_visit = carries("begin")
# The decision lets the applicant see what was found on site.
release_the_visit = carries("conclude")
# It will be verified anew: what was found stays on record.
close_the_visit = carries("close")


def close_the_visit_behind_it(case: Case) -> None:
    """The same, where it stands before its verification now; further on the visit holds."""
    if case.application.stage in (Stage.SUBMITTED, Stage.RECOMMENDED):
        close_the_visit(case)
