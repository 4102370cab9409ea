"""Evidence of an objection: sealed with it to whoever may not hear it."""

from django.db.models import Q, QuerySet
from django.urls import reverse

from designation.evidence.citing import Subjects
from designation.organizations.models import Person, Role

from ...case import cited_evidence
from . import objections
from .models import Objection

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
