"""Evidence that applications cite: who may read it, and what still rests on it."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from designation.applications import evidence
from designation.applications.models import FINAL_STAGES, Application, Evidence, Stage
from designation.evidence.citing import Kind, Place
from designation.evidence.models import Sensitivity
from designation.organizations.models import Person, Role
from designation.organizations.rules import seats
from designation.register.models import Designation
from designation.site import clock

from .scoping import closely_seen_applications, visible_applications


def readable(person: Person) -> QuerySet[Evidence]:
    """The evidence whose content the person may read; that of the applicant's own, discarded too.

    Personal data: the applicant's own people and those who review the case.
    """
    ordinary = Q(entry__sensitivity=Sensitivity.ORDINARY)
    closely = Q(application__in=_keys(closely_seen_applications(person)))
    return _of(person, visible_applications(person)).filter(ordinary | closely)


def _of(person: Person, applications: QuerySet[Application]) -> QuerySet[Evidence]:
    own = Q(application__organization__in=seats(person).organizations(Role.PREPARER, Role.HEAD))
    shown = own | Q(pk__in=evidence.handed_in().order_by().values("pk"))
    return Evidence.objects.filter(shown, application__in=_keys(applications))


def _keys(applications: QuerySet[Application]) -> QuerySet[Application, Any]:
    return applications.order_by().values("pk")


def reads_personal_data(application: Application, person: Person) -> bool:
    """Whether the person may read what holds personal data in this application."""
    return closely_seen_applications(person).filter(pk=application.pk).exists()


def _in_force() -> QuerySet[Evidence]:
    """Cited by an application that is under way, or that a valid title rests on."""
    titled = Designation.objects.filter(
        status=Designation.Status.VALID, valid_until__gte=clock.today()
    )
    rests = ~Q(application__stage__in=FINAL_STAGES) | Q(
        application__stage=Stage.DESIGNATED, application__in=titled.values("application")
    )
    return Evidence.objects.filter(rests, removed_at__isnull=True)


def _on_record() -> QuerySet[Evidence]:
    """Handed in with a submission, whatever was taken away since."""
    return evidence.handed_in().filter(application__submissions__isnull=False)


def _place(row: Evidence) -> Place:
    application = row.application
    return Place(str(application), reverse("applications:case", args=[application.pk]))


KIND = Kind(
    read_by=lambda person: _with_names(_of(person, visible_applications(person))),
    read_closely_by=lambda person: _of(person, closely_seen_applications(person)),
    in_force=lambda: _with_names(_in_force()),
    on_record=_on_record,
    place=_place,
)


def _with_names(rows: QuerySet[Evidence]) -> QuerySet[Evidence]:
    return rows.select_related("application__organization", "application__round")
