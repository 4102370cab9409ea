"""What stands on a person's desk: what waits for them, what is theirs, what they may begin."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from designation.applications.models import Application, Stage
from designation.organizations.models import Organization, Person, Role
from designation.organizations.rules import seats
from designation.register.bars import Bar
from designation.rounds.models import Round
from designation.rounds.rules import (
    applying_organizations,
    is_under_way,
    late_rounds,
    rounds_to_apply_in,
    takes,
)

from ..bars import queries as bars
from ..case.rules import in_whose_place
from ..case.scoping import visible_applications, waiting_for
from ..case.vacancies import with_vacancies

_COLUMNS = ("organization", "round", "holder_organization", "term")


def waiting(person: Person) -> QuerySet[Application]:
    """What waits for the person; what is due first stands first."""
    return waiting_for(person).select_related(*_COLUMNS).order_by("term__due_at", "pk")


def in_whose_places(rows: list[Application], person: Person) -> list[Any]:
    """``rows`` that wait for the person, each with ``in_whose_place``: for whom it is taken."""
    found: list[Any] = rows
    for row in found:
        row.in_whose_place = in_whose_place(row, person)
    return found


def recent(person: Person) -> QuerySet[Any]:
    """What the person may see, the last that moved first."""
    mine = visible_applications(person).select_related(*_COLUMNS)
    return with_vacancies(mine.order_by("-stage_since", "-pk"))


def barred(person: Person) -> dict[Organization, list[Bar]]:
    """The organizations that this person applies for, each with what bars it now."""
    if not seats(person).organizations(Role.PREPARER, Role.HEAD):
        return {}
    organizations = list(applying_organizations(person))
    found = bars.bars_of(*organizations)
    return {one: found[one.pk] for one in organizations}


def startable(
    person: Person, barred_by: Mapping[Organization, list[Bar]]
) -> list[tuple[Round, Organization]]:
    """Open rounds in which an organization of this person may still begin an application.

    ``barred_by`` is what ``barred`` found.
    """
    if not barred_by:
        return []
    organizations = list(barred_by)
    late = late_rounds(organizations)
    rounds = list(
        rounds_to_apply_in(
            (organization.jurisdiction.code for organization in organizations),
            late={pk for own in late.values() for pk in own},
        )
        .select_related("jurisdiction")
        .prefetch_related("categories")
    )
    begun = set(
        visible_applications(person)
        .filter(organization__in=organizations)
        .exclude(stage=Stage.WITHDRAWN)
        .values_list("round_id", "organization_id")
    )
    return [
        (round_, organization)
        for organization in organizations
        for round_ in rounds
        if takes(round_, organization)
        and (is_under_way(round_) or round_.pk in late.get(organization.pk, ()))
        and organization.category in {entry.category for entry in round_.categories.all()}
        and (round_.pk, organization.pk) not in begun
        and not bars.keeping_from(round_.opens_at, barred_by[organization])
    ]
