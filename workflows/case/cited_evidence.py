"""Evidence that applications cite: who may read it, and what still rests on it."""

from typing import Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from designation.applications import evidence
from designation.applications.models import FINAL_STAGES, Application, Evidence
from designation.applications.rules import typed_now
from designation.evidence.citing import Kind, Place
from designation.evidence.models import Sensitivity
from designation.organizations.models import Person, Role
from designation.organizations.rules import seats
from designation.register import queries as register
from designation.site import clock

from .facts import Case
from .scoping import closely_seen_applications, visible_applications


def readable(person: Person) -> QuerySet[Evidence]:
    """The evidence whose content the person may read; that of the applicant's own, discarded too.

    Personal data: the applicant's own people and those who review the case.
    """
    ordinary = Q(entry__sensitivity=Sensitivity.ORDINARY)
    closely = Q(application__in=_keys(closely_seen_applications(person)))
    return _of(person, visible_applications(person)).filter(ordinary | closely)


def readable_of(application_id: int, person: Person) -> QuerySet[Evidence]:
    """What the person may read of one application."""
    return readable(person).filter(application=application_id)


def _of(person: Person, applications: QuerySet[Application]) -> QuerySet[Evidence]:
    own = Q(application__organization__in=seats(person).organizations(Role.PREPARER, Role.HEAD))
    typed = Q(application__in=_keys(Application.objects.filter(typed_now(person))))
    return Evidence.objects.filter(
        own | typed | evidence.is_handed_in(), application__in=_keys(applications)
    )


def _keys(applications: QuerySet[Application]) -> QuerySet[Application, Any]:
    return applications.order_by().values("pk")


def reads_personal(case: Case, person: Person) -> bool:
    """Whether the person may read what holds personal data in the case; asked where any does."""
    if not any(file.entry.is_personal for file in case.evidence):
        return True
    return reads_closely(case, person)


def reads_closely(case: Case, person: Person) -> bool:
    """Whether the person reads personal data of the case: of its own people, or who reviews it."""
    return closely_seen_applications(person).filter(pk=case.application.pk).exists()


def in_force(application: str) -> Q:
    """That what leads to an application by ``application`` rests on one under way or a title."""
    titled = register.in_force(clock.today()).filter(application__isnull=False)
    is_titled = Q(**{f"{application}__in": titled.order_by().values("application")})
    return ~Q(**{f"{application}__stage__in": FINAL_STAGES}) | is_titled


def decided(rows: QuerySet[Any], application: str = "application") -> QuerySet[Any]:
    """Of what belongs to an application, that of decided ones, each with the moment.

    A title may rest on it: what personal data proved was judged with the decision.
    """
    is_decided = Q(**{f"{application}__stage__in": FINAL_STAGES})
    return rows.filter(is_decided).annotate(decided_at=F(f"{application}__stage_since"))


def _on_record() -> QuerySet[Evidence]:
    """Handed in with a submission, whatever was taken away since."""
    return Evidence.objects.filter(evidence.is_handed_in(), application__submission__isnull=False)


def _place(row: Evidence) -> Place:
    application = row.application
    return Place(str(application), reverse("applications:case", args=[application.pk]))


KIND = Kind(
    read_by=lambda person: _with_names(_of(person, visible_applications(person))),
    read_closely_by=lambda person: _of(person, closely_seen_applications(person)),
    in_force=lambda: _with_names(
        Evidence.objects.filter(in_force("application"), removed_at__isnull=True)
    ),
    on_record=_on_record,
    place=_place,
    decided=lambda: decided(Evidence.objects.all()),
)


def _with_names(rows: QuerySet[Evidence]) -> QuerySet[Evidence]:
    return rows.select_related("application__organization", "application__round")
