"""The time that an order to correct gives: a term of the unit that holds the title.

It is reminded of while the time runs. When it is over nothing follows by itself: a title is not
taken away by time. It waits on the county's desk for a conclusion.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy

from designation.announcements.happened import Turn
from designation.calendar import awaited, terms
from designation.calendar.models import Term
from designation.calendar.reminders import Kind
from designation.calendar.terms import Whose
from designation.calendar.working_days import end_of_day
from designation.organizations.models import Role
from designation.register import queries as register
from designation.register.models import Designation, TitleStep
from designation.register.standing import Act
from designation.site import clock

from .. import door, term_reminders
from .case import TitleCase

ORDER = "title.ordered"
awaited.register(awaited.Kind(ORDER, gettext_lazy("整改"), reminds=True))


def wind_on(case: TitleCase, step: TitleStep, done: door.Done) -> None:
    """More time for the order that runs; else it is over, and another may begin.

    What sets the title's last day right leaves an order as it is.
    """
    if step.act == Act.CORRECTED:
        return
    running = terms.open_terms(case.title).filter(kind=ORDER).first()
    if step.act == Act.PROLONGED and running is not None and step.correct_by is not None:
        until = end_of_day(step.correct_by)
        actor, reason = done.asked.person, step.reason
        terms.extend(running, actor=actor, role=done.role, reason=reason, at=done.at, until=until)
        return
    if running is not None:
        terms.end(running, at=done.at, as_=Term.Ending.MET)
    if step.correct_by is not None:
        terms.begin(
            ORDER,
            about=case.title,
            at=done.at,
            until=end_of_day(step.correct_by),
            whose=Whose(Role.HEAD, case.holder.pk, case.area_code),
        )


def end_those_of_ended() -> None:
    """Once a day: where the title has run out under an order, nobody is waited for any more.

    Whoever renews it is told to conclude the order first (``gates.no_order_stands``).
    """
    waiting = Term.objects.filter(kind=ORDER, ended_at__isnull=True)
    titles = [int(key) for key in waiting.values_list("subject_id", flat=True)]
    in_force = register.in_force(clock.today()).order_by().values("pk")
    for title in Designation.objects.filter(pk__in=titles).exclude(pk__in=in_force).order_by("pk"):
        _end_of(title)


@transaction.atomic
def _end_of(title: Designation) -> None:
    """Asked again under the lock of the title: it may have been renewed."""
    held = Designation.objects.select_for_update(of=("self",)).get(pk=title.pk)
    if not _is_in_force(held):
        for term in terms.open_terms(held).filter(kind=ORDER):
            terms.end(term, at=clock.now(), as_=Term.Ending.OVERTAKEN)


def _is_in_force(title: Designation) -> bool:
    stood = title.standing_on(clock.today())
    return stood is not None and stood.is_in_force


def remind(term: Term, kind: Kind) -> None:
    """The unit that holds it now, while it has time; then the coordinator, who concludes.

    Nobody once the title has run out, also before the day's look has ended the term.
    """
    rows = Designation.objects.select_related("organization", "jurisdiction", "decision__round")
    title = rows.get(pk=term.subject_id)
    if not _is_in_force(title):
        return
    holder = register.holder(title)
    coordinator = Turn(Role.COUNTY_COORDINATOR)
    is_over = kind in (Kind.AFTER, Kind.TO_SUPERIOR)
    reminded = term_reminders.Reminded(
        subject=title,
        about=holder,
        round=title.decision.round,
        jurisdiction_code=title.jurisdiction.code,
        turn=coordinator if is_over else Turn(Role.HEAD, holder.pk),
        superior=Turn(Role.DECIDING_OFFICER),
        beside=None if is_over else Turn(Role.PREPARER, holder.pk),
    )
    term_reminders.remind(term, kind, reminded)


awaited.told_by("register.designation", remind)
