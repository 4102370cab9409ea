"""Whose decision it is: the deciding officer's, over the area of the round."""

from django.db.models import QuerySet

from designation.applications.models import Stage
from designation.organizations.models import Person, Role
from designation.organizations.rules import seats
from designation.rounds.models import Round


def decided_rounds(person: Person) -> QuerySet[Round]:
    """The rounds in which the person gives the titles."""
    within = seats(person).within("jurisdiction__code", Role.DECIDING_OFFICER)
    return Round.objects.filter(within)


def rounds_to_decide(person: Person) -> QuerySet[Round]:
    """Those of them in which an application waits for its decision."""
    awaiting = decided_rounds(person).filter(applications__stage=Stage.AWAITING_DESIGNATION)
    return awaiting.distinct()
