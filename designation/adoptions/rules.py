"""Who may adopt a sample: the county coordinator, for the areas that the seat covers."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from designation.organizations.models import Jurisdiction, Level, Person, Role
from designation.organizations.rules import administers, seats


def may_adopt(person: Person | AnonymousUser, jurisdiction: Jurisdiction) -> bool:
    """A township organizes no round, so it adopts no standard."""
    return jurisdiction.level != Level.TOWNSHIP and administers(
        person, jurisdiction, Role.COUNTY_COORDINATOR
    )


def adopting_areas(person: Person | AnonymousUser) -> QuerySet[Jurisdiction]:
    """Every jurisdiction for which ``may_adopt`` holds."""
    covered = seats(person).within("code", Role.COUNTY_COORDINATOR)
    return Jurisdiction.objects.filter(covered).exclude(level=Level.TOWNSHIP)
