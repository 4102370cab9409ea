"""The rows of the list of applications, what a line says of one, and what an office may ask for."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from designation.applications.models import Application, Stage
from designation.organizations import names
from designation.organizations.divisions import digits_below
from designation.organizations.models import Jurisdiction, Level, Organization, Person
from designation.organizations.rules import seats
from designation.rounds.models import Round
from designation.rounds.rules import rounds_around

from ..case.records import Decision
from ..case.scoping import county_roles
from ..case.vacancies import with_vacancies


def rounds_on_offer(person: Person, most: int) -> list[tuple[str, str]]:
    """Key and name of the rounds of the person's places, newest first. One or two statements."""
    held = seats(person).held
    codes = {seat.area for seat in held if seat.area}
    if bodies := {seat.organization_id for seat in held if seat.organization_id}:
        of_bodies = Organization.objects.filter(pk__in=bodies)
        codes |= set(of_bodies.values_list("jurisdiction__code", flat=True))
    return [(str(one.pk), one.name) for one in rounds_around(codes)[:most]]


def areas_on_offer(person: Person, most: int) -> list[tuple[str, str]]:
    """Code and name of the places that the person looks after; after one its own part alone."""
    areas = Jurisdiction.objects.filter(seats(person).within("code", *county_roles()))
    options = []
    for area in areas.order_by("code")[:most]:
        options.append((area.code, area.name))
        if area.level != Level.TOWNSHIP:
            own = _("%(area)s（本级）") % {"area": area.name}
            options.append((area.code[: digits_below(area.code)], own))
    return options


def was_returned() -> Exists:
    """That an application was ever returned for correction."""
    return Exists(
        Decision.objects.filter(application=OuterRef("pk"), transition="return_for_correction")
    )


def with_lines(rows: QuerySet[Application]) -> QuerySet[Any]:
    """``rows`` with what a line says: whose, in which round, in whose hands, whether in any."""
    columns = ("organization", "round", "holder_organization", "term")
    rows = with_vacancies(rows).select_related(*columns)
    return rows.annotate(former_name=names.last_former_name("organization", "organization_id"))


def begun_in(round_: Round, organizations: Iterable[Organization]) -> list[Application]:
    """What these organizations have begun in the round: gone on with, before anything is made.

    Who withdrew begins anew.
    """
    rows = Application.objects.filter(round=round_, organization__in=organizations)
    rows = rows.exclude(stage=Stage.WITHDRAWN)
    return list(rows.select_related("organization").order_by("pk"))
