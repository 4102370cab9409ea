"""Holding an application on site while the record of its visit saves itself."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.http import Http404

from designation.applications.models import Application
from designation.organizations.models import Person

from ...case.facts import Case
from ...case.held import already_moved
from . import visits
from .facts import OnSite
from .models import Visit, VisitMember
from .recusal import recused


@contextmanager
def held_visit(pk: int, person: Person) -> Iterator[tuple[Case, Visit]]:
    """Hold an application while the record of its open visit saves itself, in one statement.

    Raises Http404 for whoever is not on the team; Refusal when the record is closed.
    """
    with transaction.atomic():
        team = _held_team(pk)
        if person.pk not in {member.person_id for member in team}:
            raise _no_longer(pk, person)
        visit = team[0].visit
        case = Case(visit.about, actor=person)
        site = OnSite.of(case)
        site.visit, site.team = visit, team
        if not visits.may_record(case, person):
            refused = already_moved(case.application)
            raise recused(case, person) or refused
        yield case, visit


def _held_team(pk: int) -> list[VisitMember]:
    """The team of the open visit, its application held; the visit is one object for all."""
    application = "visit__application"
    parts = ("round", "organization", "submission")
    team = list(
        VisitMember.objects.select_for_update(of=(application,))
        .select_related(*(f"{application}__{part}" for part in parts))
        .defer(f"{application}__submission__content")
        .filter(visit__application_id=pk, visit__closed_at__isnull=True, left_at__isnull=True)
    )
    for member in team:
        member.visit = team[0].visit
    return team


def _no_longer(pk: int, person: Person) -> Exception:
    """The visit was closed, or the person left the team, while the page stood open; else 404."""
    was_on_it = VisitMember.objects.filter(visit__application_id=pk, person=person)
    application = Application.objects.filter(pk=pk).first()
    if application is None or not was_on_it.exists():
        return Http404()
    return already_moved(application)
