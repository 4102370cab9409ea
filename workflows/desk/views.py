"""The desk of a signed-in person, and the public front page."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from designation.administration import deputies
from designation.administration.tables import parts
from designation.applications.models import Application
from designation.calendar.due import due_for
from designation.organizations.models import Organization, Person, Role
from designation.organizations.requests import PersonRequest
from designation.organizations.rules import seats
from designation.register.bars import Bar
from designation.register.queries import latest_titles
from designation.rounds.rules import rounds_under_way
from designation.site import clock

from ..bars import recourse, words
from ..bars.queries import by_days
from ..bars.rules import reads_bars
from ..rechecks import queries as rechecks
from ..stages.appeals.queries import to_answer
from ..stages.objections import objections
from ..stages.opinions.scoping import lists_waiting
from ..stages.public_notice import notices
from ..stages.public_notice.scoping import running_notices
from ..stages.selection.standing import to_choose_in
from ..stages.self_assessment import typed
from ..stages.verification.queries import not_over, reads_visits
from ..titles.queries import needing_attention, under_order_of
from . import daily, queries
from .objection_panels import panels
from .orphans import orphans

_SHOWN = 10
# Panels beside that of the applications: with one of them it does not say that nothing waits.
_OTHER_WORK = (
    "ordered",
    "self_reports",
    "rechecks",
    "objection_panels",
    "appeals",
    "visits",
    "notices",
    "titles",
    "county_tables",
)


def home(request: HttpRequest) -> HttpResponse:
    person = request.user
    return _desk(request, person) if isinstance(person, Person) else _front(request)


@login_required
@require_GET
def daily_list(request: PersonRequest) -> HttpResponse:
    """What stands still and whom nothing reaches, as of now."""
    found = daily.daily(request.user)
    people = [(person, daily.advice(person.unreached_why)) for person in found.people]
    context = {"daily": found, "people": people, "most": daily.MOST}
    return render(request, "desk/daily.html", context)


def _front(request: HttpRequest) -> HttpResponse:
    context = {
        "rounds": rounds_under_way(),
        "notices": running_notices(),
        "titles": latest_titles(_SHOWN),
    }
    return render(request, "desk/front.html", context)


def _desk(request: HttpRequest, person: Person) -> HttpResponse:
    """Eighteen statements at most with those of the page frame, whatever the number of rows.

    A few more for each bar of one's own unit that runs until a day.
    """
    waiting = queries.in_whose_places(list(queries.waiting(person)[: _SHOWN + 1]), person)
    orphaned = orphans(person)
    answers = Role.DEPARTMENT_CLERK in seats(person).roles
    barred = queries.barred(person)
    listed = {row.pk for row in waiting[:_SHOWN]} | {one.application_id for one in orphaned}
    context = {
        "waiting": waiting[:_SHOWN],
        "more_waiting": len(waiting) > _SHOWN,
        "late": sum(1 for row in waiting if row.due_at and clock.is_over(row.due_at)),
        "recent": _besides(listed, queries.recent(person)),
        "orphans": orphaned,
        "calendar_due": due_for(person),
        "county_tables": parts.waiting_for(person)[:_SHOWN],
        **(_notice_work(person) if seats(person).handles_notices else {}),
        "choosing": to_choose_in(person) if seats(person).is_county_coordinator else (),
        "answers_for_department": answers,
        "opinions": lists_waiting(person)[:_SHOWN] if answers else (),
        "objection_panels": panels(person, _SHOWN),
        "visits": not_over(person, _SHOWN),
        "appeals": to_answer(person, _SHOWN),
        "titles": needing_attention(person, _SHOWN),
        "ordered": under_order_of(person, _SHOWN),
        "rechecks": rechecks.waiting(person, _SHOWN),
        "self_reports": rechecks.reports_waiting(person, _SHOWN),
        "reads_visits": reads_visits(person),
        "startable": queries.startable(person, barred),
        "barred": _said_of(barred, person),
        "reads_bars": reads_bars(person),
        "typable": typed.rounds(person) if Role.FIRST_REVIEWER in seats(person).roles else (),
        "roles": sorted({seat.role.label for seat in seats(person).held}),
        "standing_in": deputies.named_for(person) if seats(person).deputised else (),
    }
    context["other_work"] = any(context.get(name) for name in _OTHER_WORK)
    return render(request, "desk/desk.html", context)


def _said_of(barred: dict[Organization, list[Bar]], person: Person) -> list[tuple[Any, ...]]:
    """What bars one's own organizations until a day: until when, and what can be done."""
    return [
        (
            organization,
            bar,
            words.sentence(bar),
            words.what_can_be_done(bar),
            recourse.against(bar, person),
        )
        for organization, found in barred.items()
        for bar in by_days(found)
    ]


def _besides(listed: set[int | None], rows: QuerySet[Application]) -> list[Application]:
    """The first of ``rows`` that do not stand on the desk already, by their keys."""
    return [row for row in rows[: _SHOWN + len(listed)] if row.pk not in listed][:_SHOWN]


def _notice_work(person: Person) -> dict[str, Any]:
    """Notices whose next step is this person's, and objections not yet settled."""
    handles = Role.OBJECTION_OFFICER in seats(person).roles
    return {
        "notices": notices.waiting_for(person)[:_SHOWN],
        "objections": objections.unsettled(person).count() if handles else 0,
    }
