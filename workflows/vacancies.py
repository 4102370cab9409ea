"""Steps that nobody can take: nobody holds the seat, or whoever does has to step aside.

Asked within the statement that reads the rows, so that lists and pages pay nothing more for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Concat, Substr
from django.urls import reverse
from django.utils.translation import gettext as _

from designation.applications.models import Application, Stage
from designation.organizations.models import CODE_DIGITS, Person, Role, Seat
from designation.organizations.rules import seats
from designation.site import clock

from .case.interests import KEEP_FROM_OBJECTIONS, Tie, untied
from .case.scoping import visible_applications
from .stages.public_notice.models import FOUR_PEOPLE, Notice, NoticeEntry, Objection
from .stages.public_notice.steps import AWAITING, ROLES, TAKEN_BY_ANOTHER, Act
from .stages.verification.models import VisitMember

_APPLICANT = (Role.PREPARER, Role.HEAD)
_DIGITS = 12
OPEN_OBJECTIONS = (Objection.Status.RECEIVED, Objection.Status.ACCEPTED)


def _around(code: Any) -> list[Any]:
    """The codes of the areas around the 12-digit code that an expression reads."""
    return [
        Concat(Substr(code, 1, digits), Value("0" * (_DIGITS - digits)))
        for digits in CODE_DIGITS.values()
    ]


def _in_force() -> QuerySet[Seat]:
    return Seat.objects.in_force().filter(person__is_active=True).order_by()


def _over(code: str) -> QuerySet[Seat]:
    """Seats held over an area around the code at ``code`` of the row outside."""
    return _in_force().filter(jurisdiction__code__in=_around(OuterRef(code)))


# Applications


def with_vacancies(rows: QuerySet[Application]) -> QuerySet[Any]:
    """The applications with ``is_vacant``: that nobody can take the step they wait for."""
    able = (
        Q(holder_role="")
        | (Q(stage=Stage.VERIFYING) & Q(_can_lead_the_visit()))
        | (~Q(stage=Stage.VERIFYING) & _can_act_on_the_case())
    )
    return rows.annotate(is_vacant=ExpressionWrapper(~able, output_field=BooleanField()))


def _can_act_on_the_case() -> Q:
    """That somebody holds the seat of the present holder, and need not step aside."""
    wanted = ExpressionWrapper(OuterRef("holder_role"), output_field=CharField())
    in_place = _in_force().filter(organization=OuterRef("holder_organization"))
    applying = in_place.filter(role__in=_APPLICANT).alias(wanted=wanted)
    reviewing = in_place.filter(role=Role.FIRST_REVIEWER).alias(wanted=wanted)
    over = _over("area_code").alias(wanted=wanted)
    belongs = Q(person__home_organization=OuterRef("organization"))
    free = untied("pk", (Tie.APPLIES, Tie.PREPARED))
    return (
        # The head may do what the preparer may.
        Q(Exists(applying.filter(Q(role=F("wanted")) | Q(role=Role.HEAD, wanted=Role.PREPARER))))
        | Q(Exists(reviewing.filter(free, role=F("wanted")).exclude(belongs)))
        | Q(Exists(over.filter(free, role=F("wanted")).exclude(belongs)))
    )


def _can_lead_the_visit() -> Exists:
    seated = _in_force().filter(role=Role.VERIFIER, person=OuterRef("person"))
    return Exists(
        VisitMember.objects.filter(
            Exists(seated),
            visit__application=OuterRef("pk"),
            visit__closed_at__isnull=True,
            is_leader=True,
            left_at__isnull=True,
        )
    )


# Notices


def with_notice_vacancies(rows: QuerySet[Notice]) -> QuerySet[Any]:
    """The notices with ``is_vacant``: that nobody may take the step they wait for."""
    vacant = Q(pk__in=())
    for act, awaited in AWAITING.items():
        vacant |= awaited & _is_over() & ~Q(Exists(_fit_for(act)))
    named = NoticeEntry.objects.filter(notice=OuterRef("pk"), dropped_at__isnull=True)
    return rows.annotate(
        is_vacant=ExpressionWrapper(vacant & Q(Exists(named)), output_field=BooleanField())
    )


def _is_over() -> Q:
    """A published notice waits for nobody while it runs."""
    return Q(ends_at__isnull=True) | Q(ends_at__lte=clock.now())


def _fit_for(act: str) -> QuerySet[Seat]:
    """Seats of those who hold the role, took no step that keeps them, and are of no applicant."""
    theirs = NoticeEntry.objects.filter(
        notice=OuterRef(OuterRef("pk")),
        dropped_at__isnull=True,
        application__organization=OuterRef("person__home_organization"),
    )
    fit = _over("round__jurisdiction__code").filter(~Q(Exists(theirs)), role=ROLES[act])
    for other in TAKEN_BY_ANOTHER.get(act, ()):
        fit = fit.exclude(person=OuterRef(f"{other}_by"))
    if act != Act.PUBLISHED:
        return fit
    asked = ExpressionWrapper(OuterRef("people_asked"), output_field=IntegerField())
    return fit.alias(asked=asked).exclude(
        asked__gte=FOUR_PEOPLE, person=OuterRef("secrecy_reviewed_by")
    )


# Objections


def vacant_objections() -> QuerySet[Objection]:
    """Open objections that no officer may hear."""
    entry = "entry__application"
    officers = (
        _over(f"{entry}__area_code")
        .filter(untied(entry, (Tie.APPLIES, *KEEP_FROM_OBJECTIONS)), role=Role.OBJECTION_OFFICER)
        .exclude(person__home_organization=OuterRef(f"{entry}__organization"))
    )
    return Objection.objects.filter(~Q(Exists(officers)), status__in=OPEN_OBJECTIONS)


# The coordinator's desk


@dataclass(frozen=True, slots=True)
class Orphan:
    """A case, notice or objection whose step nobody can take: what, where, and what to do."""

    name: str
    address: str
    what_to_do: str


MOST_ORPHANS = 20


def orphans(person: Person) -> list[Orphan]:
    """What nobody can work on in the areas that the person coordinates: two statements."""
    if Role.COUNTY_COORDINATOR not in seats(person).roles:
        return []
    return [*_orphaned_cases(person), *_orphaned_notices(person)]


def _orphaned_cases(person: Person) -> Iterable[Orphan]:
    mine = seats(person).within("area_code", Role.COUNTY_COORDINATOR)
    rows = with_vacancies(visible_applications(person).filter(mine)).filter(is_vacant=True)
    for row in rows.select_related("organization", "holder_organization").order_by("due_at", "pk")[
        :MOST_ORPHANS
    ]:
        place = row.holder_organization.name if row.holder_organization else ""
        advice = (
            _("核查组组长已不能办理：请在“调整核查组”中更换。")
            if row.stage == Stage.VERIFYING
            else vacancy(row.get_holder_role_display(), place)
        )
        yield Orphan(row.organization.name, reverse("applications:case", args=[row.pk]), advice)


def vacancy(role: str, place: str = "") -> str:
    """What to do about a step that nobody can take."""
    where = f"{place} · {role}" if place else role
    return _("没有人担任“%(role)s”，或者担任的人都须回避：请安全管理员授予岗位。") % {"role": where}


def _orphaned_notices(person: Person) -> Iterable[Orphan]:
    """Of an objection the coordinator learns that it is there, and nothing it says."""
    mine = seats(person).within("round__jurisdiction__code", Role.COUNTY_COORDINATOR)
    waits = Case(
        *(When(awaited, then=Value(ROLES[act])) for act, awaited in AWAITING.items()),
        output_field=CharField(),
    )
    notices = (
        with_notice_vacancies(Notice.objects.filter(mine))
        .filter(is_vacant=True)
        .order_by()
        .values_list("pk", "title", waits)
    )
    heard = seats(person).within("entry__application__area_code", Role.COUNTY_COORDINATOR)
    objections = (
        vacant_objections()
        .filter(heard)
        .order_by()
        .values_list(
            "entry__notice_id",
            "entry__application__organization__name_zh",
            Value(Role.OBJECTION_OFFICER, CharField()),
        )
    )
    for pk, name, role in notices.union(objections)[:MOST_ORPHANS]:
        yield Orphan(name, reverse("notices:manage", args=[pk]), vacancy(str(Role(role).label)))
