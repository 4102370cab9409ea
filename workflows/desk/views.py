"""The desk of a signed-in person, and the public front page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from designation.organizations.models import Organization, Person, Role
from designation.organizations.rules import seats
from designation.register.models import Designation
from designation.rounds.models import Round
from designation.rounds.rules import applying_organizations, takes, taking
from designation.site import clock

from ..case.scoping import visible_applications, waiting_for
from ..case.vacancies import with_vacancies
from ..stages.objections import objections
from ..stages.public_notice import notices
from ..stages.public_notice.models import Notice
from .orphans import orphans

_SHOWN = 10


def home(request: HttpRequest) -> HttpResponse:
    person = request.user
    return _desk(request, person) if isinstance(person, Person) else _front(request)


def _front(request: HttpRequest) -> HttpResponse:
    rounds = Round.objects.filter(clock.running("closes_at"), status=Round.Status.OPEN)
    notices = Notice.objects.filter(clock.running("ends_at"), status=Notice.Status.PUBLISHED)
    titles = Designation.objects.select_related("organization")[:_SHOWN]
    context = {"rounds": rounds, "notices": notices, "titles": titles}
    return render(request, "desk/front.html", context)


def _desk(request: HttpRequest, person: Person) -> HttpResponse:
    """Ten statements at most with those of the page frame, whatever the number of rows."""
    columns = ("organization", "round", "holder_organization", "term")
    waiting = waiting_for(person).select_related(*columns).order_by("term__due_at", "pk")
    waiting_rows = list(waiting[: _SHOWN + 1])
    mine = visible_applications(person).select_related(*columns).order_by("-stage_since")
    context = {
        "waiting": waiting_rows[:_SHOWN],
        "more_waiting": len(waiting_rows) > _SHOWN,
        "late": [row for row in waiting_rows if row.due_at and clock.is_over(row.due_at)],
        "recent": with_vacancies(mine)[:_SHOWN],
        "orphans": orphans(person),
        **(_notice_work(person) if seats(person).handles_notices else {}),
        "startable": _startable(person),
        "roles": sorted({seat.role.label for seat in seats(person).held}),
    }
    return render(request, "desk/desk.html", context)


def _notice_work(person: Person) -> dict[str, Any]:
    """Notices whose next step is this person's, and objections not yet settled."""
    handles = Role.OBJECTION_OFFICER in seats(person).roles
    return {
        "notices": notices.waiting_for(person)[:_SHOWN],
        "objections": objections.unsettled(person).count() if handles else 0,
    }


def _startable(person: Person) -> list[tuple[Round, Organization]]:
    """Open rounds in which an organization of this person may still begin an application."""
    if not seats(person).organizations(Role.PREPARER, Role.HEAD):
        return []
    organizations = list(applying_organizations(person))
    rounds = list(
        Round.objects.filter(
            taking(organization.jurisdiction.code for organization in organizations),
            clock.running("closes_at"),
            status=Round.Status.OPEN,
            opens_at__lte=clock.now(),
        )
        .select_related("jurisdiction")
        .prefetch_related("categories")
    )
    begun = set(
        visible_applications(person)
        .filter(organization__in=organizations)
        .exclude(stage="withdrawn")
        .values_list("round_id", "organization_id")
    )
    return [
        (round_, organization)
        for organization in organizations
        for round_ in rounds
        if takes(round_, organization)
        and organization.category in {entry.category for entry in round_.categories.all()}
        and (round_.pk, organization.pk) not in begun
    ]
