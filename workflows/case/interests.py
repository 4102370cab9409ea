"""What ties a person to a case: what they are to the applicant, and what they did in the case.

The one place that says so. Rules, gates, forms and lists ask here, so that who is refused at the
door is shown as someone who steps aside before anyone presses.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.utils.translation import gettext as _

from designation.applications.models import (
    Answer,
    Application,
    Evidence,
    FormerValue,
    SignedPaper,
)
from designation.organizations.models import Organization, Person, Role, Seat
from designation.organizations.rules import served_by, serves
from designation.site import clock
from designation.site.prepared import Prepared, one_of

from .records import Decision, Reminder


class Tie(StrEnum):
    """What a person is to a case, by the seats they hold now, or did in it."""

    APPLIES = "applies"
    REVIEWS = "reviews"
    PREPARED = "prepared"
    REVIEWED = "reviewed"
    COORDINATED = "coordinated"
    VERIFIED = "verified"
    PROPOSED = "proposed"
    NOTICED = "noticed"
    HANDLED_OBJECTION = "handled_objection"
    DECIDED = "decided"
    HEARD_APPEAL = "heard_appeal"


# By person.
Ties = Mapping[int, frozenset[Tie]]


@dataclass(frozen=True, slots=True)
class Trace:
    """Rows that show a tie; ``person`` and ``application`` are paths from a row."""

    tie: Tie
    rows: Callable[[], QuerySet[Any]]
    person: str
    application: str = "application"


def _seated(*roles: Role) -> Callable[[], QuerySet[Any]]:
    return lambda: Seat.objects.in_force().filter(role__in=roles)


def decided_as(*roles: Role) -> Callable[[], QuerySet[Any]]:
    return lambda: Decision.objects.filter(actor_role__in=roles)


def former(*subjects: FormerValue.Subject) -> Callable[[], QuerySet[Any]]:
    return lambda: FormerValue.objects.filter(subject__in=subjects)


_DECLARED = (
    FormerValue.Subject.ANSWER,
    FormerValue.Subject.SUMMARY,
    FormerValue.Subject.EVIDENCE,
)
# What the case itself shows; each stage adds what was done in it (``leaves``).
_TRACES = [
    Trace(Tie.APPLIES, _seated(Role.PREPARER, Role.HEAD), "person", "organization__applications"),
    Trace(
        Tie.REVIEWS,
        _seated(Role.FIRST_REVIEWER),
        "person",
        "organization__applications_to_review",
    ),
    Trace(Tie.PREPARED, Application.objects.all, "created_by", "pk"),
    Trace(Tie.PREPARED, Answer.objects.all, "saved_by"),
    Trace(Tie.PREPARED, Evidence.objects.all, "uploaded_by"),
    Trace(Tie.PREPARED, former(*_DECLARED), "written_by"),
    # Who types it from paper does not review it, whatever else they do.
    Trace(Tie.PREPARED, SignedPaper.objects.all, "brought_by"),
    Trace(Tie.PREPARED, decided_as(Role.PREPARER, Role.HEAD), "actor"),
    Trace(Tie.PREPARED, decided_as(Role.PREPARER, Role.HEAD), "acted_for"),
    Trace(Tie.COORDINATED, decided_as(Role.COUNTY_COORDINATOR), "actor"),
    Trace(Tie.COORDINATED, Reminder.objects.all, "actor"),
    Trace(Tie.COORDINATED, Reminder.objects.all, "acted_for"),
    # What a deputy did, the person did for whom they stood in.
    Trace(Tie.COORDINATED, decided_as(Role.COUNTY_COORDINATOR), "acted_for"),
]


def leaves(*traces: Trace) -> None:
    """Say which rows of a stage show a tie; each stage does when the site starts."""
    _TRACES.extend(traces)
    _asked.cache_clear()


# Who did one of these does not verify the case. An earlier visit keeps nobody from the next: what
# is found is signed for anew (our default).
KEEP_FROM_VERIFYING = (
    Tie.PREPARED,
    Tie.REVIEWED,
    Tie.COORDINATED,
    Tie.PROPOSED,
    Tie.NOTICED,
    Tie.HANDLED_OBJECTION,
    Tie.DECIDED,
    Tie.HEARD_APPEAL,
)
# Who did one of these does not take objections to the case in hand, nor read them.
KEEP_FROM_OBJECTIONS = (
    Tie.PREPARED,
    Tie.REVIEWED,
    Tie.COORDINATED,
    Tie.VERIFIED,
    Tie.PROPOSED,
)
# Who did one of these does not investigate an objection to the case in the officer's place, either.
KEEP_FROM_INVESTIGATING = (*KEEP_FROM_OBJECTIONS, Tie.DECIDED, Tie.HEARD_APPEAL)
# By role, what somebody may not have done in a case in which they act by it: who verified a case
# does not coordinate it, and who handled objections to it, or heard an appeal, does not decide.
KEEP_FROM_ACTING: Mapping[Role, tuple[Tie, ...]] = {
    Role.COUNTY_COORDINATOR: (Tie.VERIFIED,),
    Role.OBJECTION_OFFICER: KEEP_FROM_OBJECTIONS,
    Role.DECIDING_OFFICER: (Tie.HANDLED_OBJECTION, Tie.HEARD_APPEAL),
}


@lru_cache(maxsize=32)
def _asked(wanted: frozenset[Tie], _day: date) -> Prepared[tuple[int, int, str]]:
    """Every trace of ``wanted`` in one statement, composed once a day.

    Which seats are in force hangs on the day.
    """

    def compose(applications: Any) -> QuerySet[Any, Any]:
        parts = [
            trace.rows()
            .order_by()
            .filter(one_of(trace.application, applications), **{f"{trace.person}__isnull": False})
            .values_list(trace.application, trace.person, Value(trace.tie.value))
            for trace in _TRACES
            if trace.tie in wanted
        ]
        return parts[0].union(*parts[1:])

    return Prepared(compose)


def ties_of(application_ids: Collection[int], among: Iterable[Tie] = Tie) -> dict[int, Ties]:
    """By application and person, the ties of each: one statement for any number of them.

    ``among`` are those that are asked for: the fewer, the cheaper.
    """
    found: dict[int, dict[int, set[Tie]]] = {pk: {} for pk in application_ids}
    traces = _asked(frozenset(among), clock.today())
    for application_id, person_id, tie in traces(list(found)):
        found[application_id].setdefault(person_id, set()).add(Tie(tie))
    return {
        pk: {person: frozenset(ties) for person, ties in people.items()}
        for pk, people in found.items()
    }


def tied_by(person: Person, ties: Iterable[Tie]) -> Q:
    """Of applications: that the person has one of ``ties`` to them."""
    wanted = set(ties)
    condition = Q(pk__in=())
    for trace in _TRACES:
        if trace.tie in wanted:
            # A row that leads to no application would make "not in" answer nothing.
            leads = {trace.person: person, f"{trace.application}__isnull": False}
            rows = trace.rows().order_by().filter(**leads)
            condition |= Q(pk__in=rows.values(trace.application))
    return condition


def untied(application: str, ties: Iterable[Tie]) -> Q:
    """Of seats, within a subquery: that their person has none of ``ties``.

    ``application`` is the path to the application from the row outside.
    """
    wanted, condition = set(ties), Q()
    for trace in _TRACES:
        if trace.tie in wanted:
            same = {
                trace.person: OuterRef("person"),
                trace.application: OuterRef(OuterRef(application)),
            }
            condition &= ~Q(Exists(trace.rows().order_by().filter(**same)))
    return condition


def belongs_to(person: Person) -> Q:
    """Of applications: that the person belongs to the applicant, as ``serves`` says."""
    return Q(organization__in=served_by(person))


def prepared_for(application: Application, person: Person, ties: Ties) -> bool:
    """Whether the person belongs to the applicant, or prepared this application (回避)."""
    return (
        serves(person, application.organization)
        or person.pk == application.created_by_id
        or Tie.PREPARED in ties.get(person.pk, ())
    )


_TOWNSHIP_DIGITS = 9
_COUNTY_AREA_ENDS = "000000"


def why_not_verify(application: Application, person: Person, ties: Ties) -> list[str]:
    """Why the person does not verify this case, in words; empty when nothing keeps them from it.

    Who comes from the applicant, its reviewing body or its township, reviews for that body, or
    acted in the case in another role.
    """
    done = _what_done(person, ties, KEEP_FROM_VERIFYING)
    return [*_where_from(application, person, ties), *done]


def why_not_investigate(application: Application, person: Person, ties: Ties) -> list[str]:
    """Why the person does not look into an objection to this case, in words; empty when they may.

    As for verifying, with who verified it.
    """
    done = _what_done(person, ties, KEEP_FROM_INVESTIGATING)
    return [*_where_from(application, person, ties), *done]


def _where_from(application: Application, person: Person, ties: Ties) -> Iterable[str]:
    home, found = person.home_organization, ties.get(person.pk, frozenset())
    if Tie.APPLIES in found or (home and home.pk == application.organization_id):
        yield _("来自申报单位")
    elif Tie.REVIEWS in found or (home and home.pk == application.reviewing_body_id):
        yield _("来自初审机构")
    elif home and _is_of_the_township(home, application.area_code):
        yield _("来自申报单位所在乡镇(街道)")


def _is_of_the_township(home: Organization, area_code: str) -> bool:
    at_county = area_code.endswith(_COUNTY_AREA_ENDS)
    return not at_county and home.jurisdiction.code.startswith(area_code[:_TOWNSHIP_DIGITS])


def _what_done(person: Person, ties: Ties, kept_by: Iterable[Tie]) -> Iterable[str]:
    words = {
        Tie.PREPARED: _("参与过这份申报的填报"),
        Tie.REVIEWED: _("初审过这份申报"),
        Tie.COORDINATED: _("经办过这份申报"),
        Tie.VERIFIED: _("核查过这份申报"),
        Tie.PROPOSED: _("提出过它的公示"),
        Tie.NOTICED: _("办理过它的公示"),
        Tie.HANDLED_OBJECTION: _("办理过它的异议"),
        Tie.DECIDED: _("办理过它的命名"),
        Tie.HEARD_APPEAL: _("办理过它的复核"),
    }
    done = ties.get(person.pk, frozenset())
    return [words[tie] for tie in kept_by if tie in done]
