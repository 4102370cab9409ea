"""Who may investigate an objection in its officer's place, and whose to investigate it is."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from designation.applications.models import Application
from designation.organizations.divisions import codes_around
from designation.organizations.models import Person, Role
from designation.organizations.roles import NOTICE_ROLES
from designation.organizations.rules import seats
from designation.organizations.tenure import in_force

from ...case.interests import KEEP_FROM_INVESTIGATING, Tie, ties_of, untied, why_not_investigate
from ...case.vacancies import held_over
from ...findings import GateFinding
from .models import Investigation, Objection

# The people of the county's office, who read its cases already (our default).
ROLES = NOTICE_ROLES
_TIES = (Tie.APPLIES, Tie.REVIEWS, *KEEP_FROM_INVESTIGATING)


def _kept(applications: Iterable[Application], person: Person) -> set[int]:
    """The applications of which the person does not investigate; one statement for all."""
    known = {one.pk: one for one in applications}
    ties = ties_of(set(known), _TIES) if known else {}
    return {pk for pk, one in known.items() if why_not_investigate(one, person, ties[pk])}


def who_may(objection: Objection, *, asked_by: Person) -> QuerySet[Person]:
    """Whom its officer, ``asked_by``, may ask to investigate; two statements."""
    application = objection.entry.application
    people = Person.objects.filter(
        in_force("seats__"),
        seats__role__in=list(ROLES),
        seats__jurisdiction__code__in=codes_around(application.area_code),
        seats__deputy_of__isnull=True,
        is_active=True,
    )
    others = people.exclude(pk=asked_by.pk).select_related("home_organization__jurisdiction")
    ties = ties_of([application.pk], _TIES)[application.pk]
    free = [one for one in others.distinct() if not why_not_investigate(application, one, ties)]
    return Person.objects.filter(pk__in=[one.pk for one in free]).order_by("full_name", "pk")


def standing(objection: Objection) -> Investigation | None:
    """Who was asked last, unless the officer took it back."""
    return next((one for one in objection.investigations.all() if one.ended_at is None), None)


def why_not_settled(objection: Objection, officer: Person | None) -> Iterable[GateFinding]:
    """Whoever was asked has reported, and makes no finding on their own report."""
    found = standing(objection)
    rule = _("调查由一人、结论由另一人")
    if found is not None and officer is not None and found.investigator_id == officer.pk:
        told = _("您是这件异议的调查人，结论须由另一位异议受理人作出。")
        yield GateFinding("investigator_settles", rule, told)
    if found is not None and found.reported_at is None:
        told = _("%(name)s还没有提交调查报告，请等其提交，或者改派、收回自行调查。")
        yield GateFinding("not_reported", rule, told % {"name": found.investigator.full_name})


def under_way() -> QuerySet[Investigation]:
    """Those that somebody is asked to report on, of objections that are still looked into."""
    return Investigation.objects.filter(
        ended_at=None, objection__status=Objection.Status.ACCEPTED
    ).order_by("pk")


def role(objection: Objection, person: Person) -> Role | None:
    """The role by which the person investigates it; None: it is not theirs."""
    if not under_way().filter(objection=objection, investigator=person).exists():
        return None
    application = objection.entry.application
    held = seats(person).role_over(application.area_code, *ROLES)
    return held if held and not _kept([application], person) else None


def given_to(person: Person) -> list[Investigation]:
    """What the person was asked to investigate and still may; nothing is asked of others."""
    if not seats(person).handles_notices:
        return []
    mine = under_way().filter(
        seats(person).within("objection__entry__application__area_code", *ROLES),
        investigator=person,
    )
    rows = mine.select_related("objection__term", "objection__entry__application__organization")
    found = list(rows)
    kept = _kept((one.objection.entry.application for one in found), person)
    return [one for one in found if one.objection.entry.application_id not in kept]


def vacant() -> QuerySet[Investigation]:
    """Those whose investigator left, or has to step aside: the officer asks somebody else."""
    application = "objection__entry__application"
    able = (
        held_over(f"{application}__area_code")
        .filter(
            untied(application, _TIES),
            role__in=list(ROLES),
            person=OuterRef("investigator"),
        )
        .exclude(person__home_organization=OuterRef(f"{application}__organization"))
    )
    return under_way().filter(~Q(Exists(able)), reported_at=None)
