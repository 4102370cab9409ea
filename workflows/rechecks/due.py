"""By when a re-check is done, what was found is answered, and a self-report is handed in.

The unit's time to answer brings its silence on record; the others only come to be late.
"""

from django.db import models
from django.utils.translation import gettext_lazy

from designation.announcements.happened import Turn
from designation.calendar import awaited, terms
from designation.calendar.models import Term
from designation.calendar.reminders import Kind
from designation.calendar.terms import Whose
from designation.calendar.working_days import CalendarUnknown, end_of_day
from designation.organizations.models import Organization, Role
from designation.register import queries as register
from designation.register.models import Designation
from designation.site import clock
from designation.site.refusal import Refusal

from .. import door, term_reminders
from .case import RecheckCase
from .models import Recheck, SelfReport

# Working days that a unit has to answer what was found, and to report; our defaults.
ANSWER_DAYS = 5
REPORT_DAYS = 20
DUE, ANSWER, REPORT = "recheck.due", "recheck.told", "self_report.ask"
_LAPSE = "recheck.lapse"
awaited.follows(_LAPSE, door.by_time(_LAPSE))
awaited.register(
    awaited.Kind(DUE, gettext_lazy("复核"), reminds=True),
    awaited.Kind(ANSWER, gettext_lazy("答复核查结果"), then=_LAPSE, reminds=True),
    awaited.Kind(REPORT, gettext_lazy("年度自查"), reminds=True),
)


def begin_recheck(recheck: Recheck) -> None:
    """The county's, until its day."""
    code = recheck.title.jurisdiction.code
    whose = Whose(Role.COUNTY_COORDINATOR, None, code)
    until = end_of_day(recheck.due_on)
    terms.begin(DUE, about=recheck, at=recheck.at, until=until, whose=whose)


def begin_report(report: SelfReport, holder: Organization) -> None:
    whose = Whose(Role.HEAD, holder.pk, report.title.jurisdiction.code)
    until = end_of_day(report.due_on)
    terms.begin(REPORT, about=report, at=report.at, until=until, whose=whose)


def wind_on(case: RecheckCase, done: door.Done) -> None:
    """The unit's time begins when it is told, and is over when it answers or all is concluded."""
    if done.name == "tell":
        _begin_answer(case)
    elif done.name == "answer":
        end(case.recheck, ANSWER)
    elif case.recheck.is_over:
        end(case.recheck, ANSWER, DUE)


def _begin_answer(case: RecheckCase) -> None:
    whose = Whose(Role.HEAD, case.holder.pk, case.area_code)
    try:
        terms.begin(ANSWER, about=case.recheck, at=case.now, days=ANSWER_DAYS, whose=whose)
    except CalendarUnknown as unknown:
        raise Refusal.because("calendar_unknown", str(unknown)) from unknown


def end(about: models.Model, *kinds: str, as_: Term.Ending = Term.Ending.MET) -> None:
    for term in terms.open_terms(about).filter(kind__in=kinds):
        terms.end(term, at=clock.now(), as_=as_)


def answer_until(recheck: Recheck) -> Term | None:
    """The unit's time to answer, while it runs."""
    return terms.open_terms(recheck).filter(kind=ANSWER).first()


def _remind(term: Term, kind: Kind, about: models.Model, title_id: int) -> None:
    """Whoever it waits for, and the coordinator of what a unit leaves undone."""
    title = Designation.objects.select_related(
        "organization", "jurisdiction", "decision__round"
    ).get(pk=title_id)
    holder, countys = register.holder(title), Turn(Role.COUNTY_COORDINATOR)
    is_countys = term.kind == DUE
    reminded = term_reminders.Reminded(
        subject=about,
        about=holder,
        round=title.decision.round,
        jurisdiction_code=title.jurisdiction.code,
        turn=countys if is_countys else Turn(Role.HEAD, holder.pk),
        superior=Turn(Role.DECIDING_OFFICER) if is_countys else countys,
        beside=None if is_countys else Turn(Role.PREPARER, holder.pk),
    )
    term_reminders.remind(term, kind, reminded)


def _remind_of_recheck(term: Term, kind: Kind) -> None:
    recheck = Recheck.objects.get(pk=term.subject_id)
    _remind(term, kind, recheck, recheck.title_id)


def _remind_of_report(term: Term, kind: Kind) -> None:
    report = SelfReport.objects.get(pk=term.subject_id)
    _remind(term, kind, report, report.title_id)


awaited.told_by("workflows.recheck", _remind_of_recheck)
awaited.told_by("workflows.selfreport", _remind_of_report)
