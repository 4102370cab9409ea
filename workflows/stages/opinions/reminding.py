"""The term in which a department answers: reminded of before, and when it is over, once.

Nothing follows from silence but that: it is no consent, and the coordinator goes on only by what
the department wrote on paper, or with the reason why it is not waited for.
"""

from django.utils.translation import gettext_lazy as _

from designation.announcements.happened import Turn
from designation.calendar import awaited
from designation.calendar.models import Term
from designation.calendar.reminders import Kind
from designation.organizations.models import Role

from ... import term_reminders
from . import announcements
from .models import OpinionLine, OpinionList
from .scoping import without_answer

AWAITED, REMIND = "department.answers", "opinion_list.remind"


def remind(term: Term) -> None:
    """Tell the department and the coordinators that its time is over, unless nothing is wanting."""
    opinions = OpinionList.objects.select_for_update(of=("self",)).get(pk=term.subject_id)
    if silent := _silent(opinions):
        announcements.reminded(opinions, count=silent)


def remind_before(term: Term, kind: Kind) -> None:
    """Tell the department that its time will soon be over, unless nothing is wanting."""
    rows = OpinionList.objects.select_related("department", "round__jurisdiction")
    opinions = rows.get(pk=term.subject_id)
    if _silent(opinions):
        reminded = term_reminders.Reminded(
            subject=opinions,
            about=opinions.department,
            round=opinions.round,
            jurisdiction_code=opinions.round.jurisdiction.code,
            turn=Turn(Role.DEPARTMENT_CLERK, opinions.department_id),
            superior=Turn(Role.COUNTY_COORDINATOR),
        )
        term_reminders.remind(term, kind, reminded)


def _silent(opinions: OpinionList) -> int:
    return without_answer(OpinionLine.objects.filter(list=opinions)).count()


awaited.follows(REMIND, remind)
awaited.told_by("workflows.opinionlist", remind_before)
awaited.register(awaited.Kind(AWAITED, _("部门答复意见"), REMIND, reminds=True))
