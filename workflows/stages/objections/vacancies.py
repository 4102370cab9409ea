"""Open objections that nobody can take in hand."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from designation.organizations.models import Role

from ...case.interests import KEEP_FROM_OBJECTIONS, Tie, untied
from ...case.vacancies import held_over
from .models import Objection

OPEN_OBJECTIONS = (Objection.Status.RECEIVED, Objection.Status.ACCEPTED)


def vacant_objections() -> QuerySet[Objection]:
    """Open objections that no officer may hear."""
    entry = "entry__application"
    officers = (
        held_over(f"{entry}__area_code")
        .filter(untied(entry, (Tie.APPLIES, *KEEP_FROM_OBJECTIONS)), role=Role.OBJECTION_OFFICER)
        .exclude(person__home_organization=OuterRef(f"{entry}__organization"))
    )
    return Objection.objects.filter(~Q(Exists(officers)), status__in=OPEN_OBJECTIONS)
