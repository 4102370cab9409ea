"""Steps that nobody can take: nobody holds the seat, or whoever does has to step aside.

Asked within the statement that reads the rows, so that lists and pages pay nothing more for it.
"""

from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import (
    BooleanField,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
)
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from designation.applications.models import Application
from designation.applications.rules import has_its_typist
from designation.organizations.divisions import codes_around_column
from designation.organizations.models import Role, Seat
from designation.site import clock
from designation.site.composed import composed

from .interests import KEEP_FROM_ACTING, Tie, untied

_APPLICANT = (Role.PREPARER, Role.HEAD)


def in_force() -> QuerySet[Seat]:
    """Without the deputies': theirs last no longer than that of whom they stand in for."""
    return Seat.objects.in_force().own().filter(person__is_active=True).order_by()


def held_over(code: str) -> QuerySet[Seat]:
    """Seats held over an area around the code at ``code`` of the row outside."""
    return in_force().filter(jurisdiction__code__in=codes_around_column(OuterRef(code)))


def with_vacancies(rows: QuerySet[Application]) -> QuerySet[Any]:
    """The applications with ``is_vacant``: that nobody can take the step they wait for.

    ``rows`` are the applications themselves, under the name of their table.
    """
    return rows.annotate(is_vacant=_composed(clock.today()))


@lru_cache(maxsize=2)
def _composed(_day: date) -> RawSQL:
    """The condition, composed once a day: which seats are in force hangs on the day."""
    return composed(Application.objects.all(), _vacant())


def _vacant() -> ExpressionWrapper:
    able = (
        Q(holder_role="")
        | _is_typed()
        | (Q(holder_role=Role.VERIFIER) & Q(_can_lead_the_visit()))
        | (~Q(holder_role=Role.VERIFIER) & _can_act_on_the_case())
    )
    return ExpressionWrapper(~able, output_field=BooleanField())


def _is_typed() -> Q:
    """That whoever types it from paper does what its own people would."""
    return Q(has_its_typist(), holder_role__in=_APPLICANT, taken_over_at__isnull=True)


def _can_act_on_the_case() -> Q:
    """That somebody holds the seat of the present holder, and need not step aside."""
    wanted = ExpressionWrapper(OuterRef("holder_role"), output_field=CharField())
    in_place = in_force().filter(organization=OuterRef("holder_organization"))
    applying = in_place.filter(role__in=_APPLICANT).alias(wanted=wanted)
    reviewing = in_place.filter(role=Role.FIRST_REVIEWER).alias(wanted=wanted)
    over = held_over("area_code").alias(wanted=wanted)
    belongs = Q(person__home_organization=OuterRef("organization"))
    free = untied("pk", (Tie.APPLIES, Tie.PREPARED))
    kept = Q(pk__in=())
    for role, ties in KEEP_FROM_ACTING.items():
        kept |= Q(role=role) & ~untied("pk", ties)
    return (
        # The head may do what the preparer may.
        Q(Exists(applying.filter(Q(role=F("wanted")) | Q(role=Role.HEAD, wanted=Role.PREPARER))))
        | Q(Exists(reviewing.filter(free, role=F("wanted")).exclude(belongs)))
        | Q(Exists(over.filter(free, ~kept, role=F("wanted")).exclude(belongs)))
    )


def _can_lead_the_visit() -> Exists:
    return Exists(
        in_force().filter(
            role=Role.VERIFIER,
            person__visit_memberships__visit__application=OuterRef("pk"),
            person__visit_memberships__visit__closed_at__isnull=True,
            person__visit_memberships__is_leader=True,
            person__visit_memberships__left_at__isnull=True,
        )
    )


def vacancy(role: str, place: str = "") -> str:
    """What to do about a step that nobody can take."""
    where = f"{place} · {role}" if place else role
    return _("没有人担任“%(role)s”，或者担任的人都须回避：请安全管理员授予岗位。") % {"role": where}
