"""Which meetings a person may read, and of which rounds they see the choosing."""

from django.db.models import QuerySet

from designation.organizations.models import Person
from designation.organizations.roles import NOTICE_ROLES
from designation.organizations.rules import seats
from designation.rounds.models import Round, RoundCategory
from designation.rounds.rules import managed_rounds

from .models import Selection


def read_selections(person: Person) -> QuerySet[Selection]:
    """Those of the rounds whose cases the person reads as one of the county's office."""
    return Selection.objects.filter(
        seats(person).within("round__jurisdiction__code", *NOTICE_ROLES)
    )


def rounds_chosen_in(person: Person) -> QuerySet[Round]:
    """The rounds that are public and whose choosing the person may follow."""
    mine = Round.objects.filter(seats(person).within("jurisdiction__code", *NOTICE_ROLES))
    return mine.exclude(status=Round.Status.DRAFT)


def categories_to_choose_in(person: Person) -> QuerySet[RoundCategory]:
    """Categories of the public rounds that the person coordinates: they record its meetings."""
    rounds = managed_rounds(person).exclude(status=Round.Status.DRAFT)
    return RoundCategory.objects.filter(round__in=rounds).select_related(
        "round__jurisdiction", "standard"
    )
