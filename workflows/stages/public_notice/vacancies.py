"""Notices whose next step nobody can take."""

from typing import Any

from django.db.models import (
    BooleanField,
    Exists,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
)

from designation.organizations.models import Seat
from designation.site import clock

from ...case.vacancies import held_over
from .models import FOUR_PEOPLE, Notice, NoticeEntry
from .steps import AWAITING, ROLES, TAKEN_BY_ANOTHER, Act


def with_notice_vacancies(rows: QuerySet[Notice]) -> QuerySet[Any]:
    """The notices with ``is_vacant``: that nobody may take the step they wait for."""
    vacant = Q(pk__in=())
    for act, awaited in AWAITING.items():
        vacant |= awaited & _isheld_over() & ~Q(Exists(_fit_for(act)))
    named = NoticeEntry.objects.filter(notice=OuterRef("pk"), dropped_at__isnull=True)
    return rows.annotate(
        is_vacant=ExpressionWrapper(vacant & Q(Exists(named)), output_field=BooleanField())
    )


def _isheld_over() -> Q:
    """A published notice waits for nobody while it runs."""
    return Q(ends_at__isnull=True) | Q(ends_at__lte=clock.now())


def _fit_for(act: str) -> QuerySet[Seat]:
    """Seats of those who hold the role, took no step that keeps them, and are of no applicant."""
    theirs = NoticeEntry.objects.filter(
        notice=OuterRef(OuterRef("pk")),
        dropped_at__isnull=True,
        application__organization=OuterRef("person__home_organization"),
    )
    fit = held_over("round__jurisdiction__code").filter(~Q(Exists(theirs)), role=ROLES[act])
    for other in TAKEN_BY_ANOTHER.get(act, ()):
        fit = fit.exclude(person=OuterRef(f"{other}_by"))
    if act != Act.PUBLISHED:
        return fit
    asked = ExpressionWrapper(OuterRef("people_asked"), output_field=IntegerField())
    return fit.alias(asked=asked).exclude(
        asked__gte=FOUR_PEOPLE, person=OuterRef("secrecy_reviewed_by")
    )
