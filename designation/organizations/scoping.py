"""Which areas, organizations and people an administrator looks after."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from .models import Jurisdiction, Organization, Person, Role, Seat
from .rules import seats


def _within(areas: frozenset[str], path: str) -> Q:
    condition = Q(pk__in=())
    for area in areas:
        condition |= Q(**{f"{path}__startswith": area})
    return condition


class Administered:
    """Everything within the areas over which ``person`` holds ``role``; Http404 for others."""

    def __init__(self, person: Any, role: Role) -> None:
        self.areas = seats(person).areas(role)
        if not self.areas:
            raise Http404

    def jurisdictions(self) -> QuerySet[Jurisdiction]:
        return Jurisdiction.objects.filter(_within(self.areas, "code"))

    def organizations(self) -> QuerySet[Organization]:
        return Organization.objects.filter(
            _within(self.areas, "jurisdiction__code")
        ).select_related("jurisdiction", "superior")

    def people(self) -> QuerySet[Person]:
        """People with a home or a seat here, and those who have neither yet."""
        home = _within(self.areas, "home_organization__jurisdiction__code")
        held = Seat.objects.filter(
            _within(self.areas, "organization__jurisdiction__code")
            | _within(self.areas, "jurisdiction__code")
        )
        unplaced = Q(home_organization__isnull=True, seats__isnull=True)
        return (
            Person.objects.filter(home | Q(pk__in=held.values("person")) | unplaced)
            .select_related("home_organization")
            .distinct()
        )

    def seats(self) -> QuerySet[Seat]:
        return Seat.objects.filter(
            _within(self.areas, "organization__jurisdiction__code")
            | _within(self.areas, "jurisdiction__code"),
            ended_at__isnull=True,
        ).select_related("person", "organization", "jurisdiction")
