"""Evidence of an objection: sealed with it to whoever may not hear it."""

from django.db.models import Q, QuerySet
from django.urls import reverse

from designation.evidence.citing import Subjects
from designation.organizations.models import Person, Role

from ...case import cited_evidence
from ...case.facts import Case
from ...case.rules import is_of_the_applicant
from . import hearing, objections
from .models import Hearing, Objection

_UNSETTLED = (Objection.Status.RECEIVED, Objection.Status.ACCEPTED)


def _role(objection: Objection, person: Person) -> str | None:
    """The officer who hears it, until it is answered."""
    heard = objections.unsettled(person).filter(pk=objection.pk)
    return Role.OBJECTION_OFFICER if heard.exists() else None


def is_open(rows: QuerySet[Objection]) -> QuerySet[Objection]:
    """Not settled, or about an application that is under way or has its title."""
    unsettled = Q(status__in=_UNSETTLED)
    return rows.filter(unsettled | cited_evidence.in_force("entry__application"))


def _decided() -> QuerySet[Objection]:
    """With the application that it is about, which waits for it."""
    settled = Objection.objects.exclude(status__in=_UNSETTLED)
    return cited_evidence.decided(settled, "entry__application")


SUBJECTS = Subjects(
    model=Objection,
    readable=objections.in_scope,
    closely=objections.in_scope,
    role=_role,
    is_open=is_open,
    address=lambda pk: reverse("notices:objection", args=[pk]),
    decided=_decided,
)


def _read_by(person: Person) -> QuerySet[Hearing]:
    """Those who hear the objection, and the organization that answers."""
    heard = Q(objection__in=objections.in_scope(person).order_by().values("pk"))
    own = Q(pk__in=hearing.put_to(person).order_by().values("pk"))
    return Hearing.objects.filter(heard | own)


def _stating_role(put: Hearing, person: Person) -> str | None:
    if not hearing.may_state(put, person):
        return None
    return is_of_the_applicant.role(Case(put.objection.entry.application), person)


def _open_hearings(rows: QuerySet[Hearing]) -> QuerySet[Hearing]:
    return rows.filter(objection__in=is_open(Objection.objects.all()).order_by().values("pk"))


HEARINGS = Subjects(
    model=Hearing,
    readable=_read_by,
    closely=_read_by,
    role=_stating_role,
    is_open=_open_hearings,
    address=lambda pk: reverse("notices:hearing", args=[pk]),
    decided=lambda: cited_evidence.decided(
        Hearing.objects.exclude(objection__status__in=_UNSETTLED), "objection__entry__application"
    ),
)
