"""The term in which a department answers: when it is over, everybody is reminded once.

Nothing follows from silence but that: it is no consent, and the coordinator goes on only by what
the department wrote on paper, or with the reason why it is not waited for.
"""

from django.utils.translation import gettext_lazy as _

from designation.calendar import awaited
from designation.calendar.models import Term

from . import announcements
from .models import OpinionLine, OpinionList
from .scoping import without_answer

AWAITED, REMIND = "department.answers", "opinion_list.remind"


def remind(term: Term) -> None:
    """Tell the department and the coordinators that its time is over, unless nothing is wanting."""
    opinions = OpinionList.objects.select_for_update(of=("self",)).get(pk=term.subject_id)
    silent = without_answer(OpinionLine.objects.filter(list=opinions)).count()
    if silent:
        announcements.reminded(opinions, count=silent)


awaited.follows(REMIND, remind)
awaited.register(awaited.Kind(AWAITED, _("部门答复意见"), REMIND))
