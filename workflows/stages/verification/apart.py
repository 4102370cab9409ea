"""A visit that no application carries along: on a title, on an objection, or on an appeal.

It is looked at as the case that it concerns, and goes its own way: it is planned, begun and
concluded by itself, locked by its own row, and what is recorded of it stands with it alone.
"""

from datetime import date
from functools import cached_property
from typing import Any

from django.db import OperationalError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from designation.applications.models import Application, Stage
from designation.organizations.models import Person, Role
from designation.organizations.rules import seats
from designation.register.models import Designation
from designation.site.refusal import Refusal
from standards import catalogue
from standards.engine.evaluation import Standard
from standards.engine.periods import Period
from standards.models import StandardVersion

from ...case.facts import Case, Facts
from ...case.interests import Tie, belongs_to, tied_by
from ...case.records import Decision
from ...door import Asked, busy, locked
from ..appeals.models import Against, Appeal
from ..appeals.rules import to_hear
from ..objections.models import Objection
from ..objections.objections import in_scope as objections_in_scope
from .facts import OnSite
from .models import Visit
from .standing import Standing, released, standing

Ground = Designation | Objection | Decision
# Who is the coordinator of the area and one of these to the case does not read it.
KEEP_FROM_READING = (Tie.PREPARED, Tie.VERIFIED)


class Apart(Case):
    """What a visit concerns, as seen by one person who goes on it, plans it, or reads of it."""

    def __init__(
        self, visit: Visit, *, actor: Person | None = None, asked: Asked | None = None
    ) -> None:
        super().__init__(visit.about, actor=actor, asked=asked)
        self.visit = visit
        self.parts[OnSite] = OnItsOwn(self)

    def forget(self, *facts: str | type[Facts]) -> None:
        super().forget(*facts)
        self.parts.setdefault(OnSite, OnItsOwn(self))

    @cached_property
    def standard(self) -> Standard:
        """A title stands in no round that would change it."""
        if self.visit.title_id is None:
            return super().standard
        return catalogue.published(self.application.standard_id)

    @property
    def round_id(self) -> int | None:
        """A title is looked at by the definitions of the round in which it was applied for."""
        if self.visit.title is None:
            return super().round_id
        applied_for = self.visit.title.application
        return applied_for.round_id if applied_for else None

    @cached_property
    def periods(self) -> dict[str, Period]:
        return super().periods if self.visit.title_id is None else {}


class OnItsOwn(OnSite):
    """What is known on site of a visit that stands apart."""

    case: Apart

    @cached_property
    def visit(self) -> Visit | None:
        return self.case.visit

    @property
    def is_planned(self) -> bool:
        return standing(self.case.visit) == Standing.PLANNED

    @property
    def is_under_way(self) -> bool:
        return standing(self.case.visit) == Standing.UNDER_WAY

    def why_not_again(self, person: Person) -> list[str]:
        """Other people look into what was objected to, or appealed against (our default).

        To a title nobody is tied by how it was once applied for.
        """
        verified = Tie.VERIFIED in self.case.ties.get(person.pk, ())
        return [_("核查过这份申报")] if verified else []

    @cached_property
    def before(self) -> Visit | None:
        """The last that found anything there: for the application, or on the same title."""
        visit = self.case.visit
        there = Q(application=self.case.application.pk)
        if visit.title is not None:
            there = Q(title=visit.title) | Q(application=visit.title.application_id)
        over = Visit.objects.filter(there, released())
        return (over if visit.pk is None else over.filter(pk__lt=visit.pk)).first()


def case_of(visit: Visit, asked: Asked, *, under_lock: bool = False) -> Case:
    """The case before whoever is at work on the visit."""
    if visit.application is None:
        return Apart(visit, asked=asked)
    return Case(visit.application, asked=asked, under_lock=under_lock)


def lock(rows: QuerySet[Any], key: int) -> Any:
    """One of ``rows``, locked. Raises Refusal when it stayed locked by somebody else."""
    try:
        return locked(rows, [key])[0]
    except OperationalError as error:
        raise busy() from error


def moved(visit: Visit) -> Refusal:
    """What is said to a person whose page of a visit is older than the record."""
    return Refusal.because(
        "visit_moved",
        _("这次核查现为“%(standing)s”，请查看最新情况后再办理。")
        % {"standing": standing(visit).label},
        rule=_("以最新状态办理"),
    )


def calls_for_a_visit(ground: Ground, today: date) -> bool:
    """A title that is valid, an objection under investigation, a decision that ended a case."""
    if isinstance(ground, Designation):
        stands = ground.standing_on(today)
        return stands is not None and stands.is_in_force
    if isinstance(ground, Objection):
        return ground.status == Objection.Status.ACCEPTED
    return ground.to_stage == ground.application.stage == Stage.REJECTED


def ground_of(visit: Visit) -> Ground:
    """What a visit that stands apart is made for."""
    found: Ground | None = visit.title or visit.objection or visit.decision
    assert found is not None  # noqa: S101 - one of them stands: the database holds that
    return found


def new_visit(ground: Ground, standard: StandardVersion | None) -> Visit:
    """Not yet planned, with the reason that follows from what it is made for.

    Raises Refusal when nothing says by which standard a title is to be looked at.
    """
    if isinstance(ground, Designation):
        by = standard or (ground.application.standard if ground.application else None)
        if by is None or by.category != ground.category:
            raise Refusal.because(
                "no_standard",
                _("没有可以依据的标准：请先启用与称号同一类别的标准，再安排核查。"),
                rule=_("核查依据一版标准"),
            )
        return Visit(title=ground, standard=by, reason=Visit.Reason.RECHECK)
    if isinstance(ground, Objection):
        return Visit(objection=ground, reason=Visit.Reason.OBJECTION)
    return Visit(decision=ground, reason=Visit.Reason.APPEAL)


def in_scope(person: Person) -> QuerySet[Visit]:
    """The visits apart that a person may read.

    The team, as long as they are on it; the coordinator of the area, unless something ties them
    to what it concerns; of one on an objection or an appeal whoever hears that.
    """
    on_team = Visit.objects.filter(members__person=person, members__left_at__isnull=True)
    heard = Q(objection__in=objections_in_scope(person).order_by().values("pk"))
    sent = Q(pk__in=on_team.order_by().values("pk"))
    apart = Visit.objects.filter(application__isnull=True)
    heard |= Q(decision__appeal__in=to_hear(person).order_by().values("pk"))
    return apart.filter(sent | heard | _coordinated_by(person))


def titles_to_visit(person: Person) -> QuerySet[Designation]:
    """The titles of the area that the person coordinates, but for their own organization's."""
    mine = seats(person).within("jurisdiction__code", Role.COUNTY_COORDINATOR)
    return Designation.objects.filter(mine).exclude(belongs_to(person))


def objections_to_visit(person: Person) -> QuerySet[Objection]:
    """Those to the cases that the person coordinates and is not tied to."""
    return Objection.objects.filter(entry__application__in=_coordinated(person).values("pk"))


def decisions_to_visit(person: Person) -> QuerySet[Decision]:
    """核查不通过, where the person hears the appeal against it, and coordinates the area."""
    heard = to_hear(person).filter(status=Appeal.Status.TAKEN_UP, against=Against.VERIFICATION)
    rows = Decision.objects.filter(appeal__in=heard.order_by().values("pk"))
    return rows.filter(application__in=_coordinated(person).values("pk"))


def _coordinated(person: Person) -> QuerySet[Application]:
    if Role.COUNTY_COORDINATOR not in seats(person).roles:
        return Application.objects.none()
    mine = seats(person).within("area_code", Role.COUNTY_COORDINATOR)
    tied = belongs_to(person) | tied_by(person, KEEP_FROM_READING)
    return Application.objects.filter(mine).exclude(tied).order_by()


def _coordinated_by(person: Person) -> Q:
    return (
        Q(title__in=titles_to_visit(person).order_by().values("pk"))
        | Q(objection__in=objections_to_visit(person).order_by().values("pk"))
        # One on an appeal is read by whoever hears that, not by those whose decision it is against.
        | Q(
            decision__application__in=_coordinated(person).values("pk"),
            decision__appeal__isnull=True,
        )
    )
