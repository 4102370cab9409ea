"""Re-checks and self-reports as desks, lists and the year at a glance show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from designation.organizations.models import Jurisdiction, Person, Role
from designation.organizations.rules import seats
from designation.register import queries as register
from designation.register.models import Designation
from designation.site import clock

from ..stages.verification import apart
from ..stages.verification.models import Measurement, Visit
from .models import OVER, Draw, Outcome, Recheck, SelfReport, Standing
from .rules import OF_THE_UNIT, in_scope, of_own_unit

LATE = "late"
# What a self-report may say, by the code that a list is narrowed by.
REPORTED: Mapping[str, Q] = {
    "awaited": Q(handed_in_at=None, excused_at=None),
    "unchanged": Q(handed_in_at__isnull=False, changes={}),
    "changed": Q(handed_in_at__isnull=False) & ~Q(changes={}),
    "excused": Q(excused_at__isnull=False, has_ended=False),
    "ended": Q(has_ended=True),
}


def with_title(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("title__organization", "title__jurisdiction")


def late() -> Q:
    """Of re-checks: that one is not over, and its day is past."""
    return ~Q(standing__in=OVER) & Q(due_on__lt=clock.today())


def late_report() -> Q:
    return REPORTED["awaited"] & Q(due_on__lt=clock.today())


def within(area: Jurisdiction) -> Q:
    return Q(title__jurisdiction__code__startswith=area.prefix)


def lies_in(area_id: int) -> Q:
    """As ``within``, of the area with this key; of none that there is, nothing."""
    area = Jurisdiction.objects.filter(pk=area_id).first()
    return within(area) if area else Q(pk__in=())


def called(text: str) -> Q:
    titles = Designation.objects.filter(register.called(text))
    return Q(title__in=titles.order_by().values("pk"))


def drawn_in(area: Jurisdiction, year: int) -> Draw | None:
    return draws().filter(jurisdiction=area, year=year).first()


@dataclass(frozen=True, slots=True)
class Figures:
    """A year of a county, each figure by the code that its list is narrowed by."""

    rechecks: Mapping[str, int]
    reports: Mapping[str, int]


def figures(area: Jurisdiction, year: int) -> Figures:
    """Two statements, whatever the number of titles."""
    rechecks = Recheck.objects.filter(within(area), year=year).aggregate(
        due=Count("pk"),
        **{str(why): Count("pk", filter=Q(why=why)) for why in Recheck.Why},
        done=Count("pk", filter=Q(standing=Standing.CONCLUDED)),
        late=Count("pk", filter=late()),
        **{f"of_{one}": Count("pk", filter=Q(outcome=one)) for one in Outcome},
    )
    reports = SelfReport.objects.filter(within(area), year=year).aggregate(
        due=Count("pk"),
        late=Count("pk", filter=late_report()),
        **{code: Count("pk", filter=said) for code, said in REPORTED.items()},
    )
    return Figures(rechecks, reports)


def waiting(person: Person, most: int) -> list[Recheck]:
    """What the person's next step is in: to answer, to conclude, or to decide.

    Of a title that has ended no answer is asked: its re-check is dropped.
    """
    mine, wanted = seats(person), Q()
    code = "title__jurisdiction__code"
    if mine.organizations(*OF_THE_UNIT):
        own = register.in_force(clock.today()).filter(of_own_unit(person)).order_by()
        wanted |= Q(standing=Standing.TOLD, title__in=own.values("pk"))
    if Role.COUNTY_COORDINATOR in mine.roles:
        wanted |= Q(mine.within(code, Role.COUNTY_COORDINATOR), standing=Standing.ANSWERED)
    if Role.DECIDING_OFFICER in mine.roles:
        wanted |= Q(mine.within(code, Role.DECIDING_OFFICER), standing=Standing.PROPOSED)
    if not wanted:
        return []
    return list(with_title(Recheck.objects.filter(wanted)).order_by("due_on", "pk")[:most])


def reports_waiting(person: Person, most: int) -> list[SelfReport]:
    """The self-reports that the person's unit has still to hand in."""
    if not seats(person).organizations(*OF_THE_UNIT):
        return []
    own = Designation.objects.filter(of_own_unit(person)).order_by().values("pk")
    rows = SelfReport.objects.filter(REPORTED["awaited"], title__in=own)
    return list(with_title(rows).order_by("due_on", "pk")[:most])


def of_title(title: Designation) -> list[Recheck]:
    """Those of a title, the last first."""
    return list(title.rechecks.order_by("-year", "-pk"))


def findings(recheck: Recheck) -> list[Measurement]:
    """What the unit is told was found, item by item; who found it is not said."""
    if recheck.visit is None:
        return []
    return list(recheck.visit.measurements.select_related("item").exclude(verdict=""))


def visit_to_read(recheck: Recheck, person: Person) -> Visit | None:
    """The visit, that which is arranged too, where the person may read its record.

    What is arranged once it is over belongs to another.
    """
    if recheck.visit_id is None and recheck.is_over:
        return None
    own = Q(pk=recheck.visit_id) if recheck.visit_id else Q(released_at=None, closed_at=None)
    return apart.in_scope(person).filter(own, title=recheck.title_id).first()


def of_visit(visit: Visit, person: Person) -> Recheck | None:
    """The other way round: the re-check that a visit belongs to, where the person may read it."""
    if visit.title_id is None:
        return None
    own = Q(visit=visit)
    if visit.released_at is None and visit.closed_at is None:
        own |= Q(title=visit.title_id, standing=Standing.DUE)
    return in_scope(person).filter(own).order_by("year", "pk").first()


def draws() -> QuerySet[Draw]:
    """Every draw: anybody may repeat it."""
    return Draw.objects.select_related("jurisdiction")


def counties_that_drew() -> QuerySet[Jurisdiction]:
    drew = Draw.objects.order_by().values("jurisdiction")
    return Jurisdiction.objects.filter(pk__in=drew).order_by("code")


def all_in(drawn: Draw) -> QuerySet[Recheck]:
    """What a draw entered beside those drawn."""
    rows = drawn.rechecks.filter(why=Recheck.Why.LAST_YEAR)
    return rows.select_related("title").order_by("title__number")


def open_recheck(title: Designation) -> Recheck | None:
    """That in which it is looked at now, of whatever year: while it is open, none is beside it."""
    return title.rechecks.exclude(standing__in=OVER).order_by("year", "pk").first()


def may_be_looked_at_again(recheck: Recheck) -> bool:
    """Once this is over, in the year in which it was: of a title in force, in no other re-check."""
    today, title = clock.today(), recheck.title
    if not recheck.is_over or open_recheck(title) is not None:
        return False
    is_of_now = recheck.year == today.year or recheck.steps.filter(at__year=today.year).exists()
    return is_of_now and register.in_force(today).filter(pk=title.pk).exists()


def titles_to_enter(person: Person) -> QuerySet[Designation]:
    """Those that the person may enter for a re-check, with their last day."""
    mine = apart.titles_to_visit(person).order_by()
    return register.titles().filter(pk__in=mine.values("pk"))


def listed_titles(drawn: Draw) -> list[Designation]:
    """The titles that a draw was made from, by number."""
    return list(Designation.objects.filter(number__in=drawn.listed).order_by("number"))
