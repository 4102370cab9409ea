"""Which areas, organizations and people an administrator looks after."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from .models import Jurisdiction, Organization, Person, Role, Seat
from .rules import seats


class Administered:
    """Everything within the areas over which ``person`` holds ``role``; Http404 for others."""

    def __init__(self, person: Any, role: Role) -> None:
        self.held, self.role = seats(person), role
        if not self.held.areas(role):
            raise Http404

    def _within(self, path: str) -> Q:
        return self.held.within(path, self.role)

    def jurisdictions(self) -> QuerySet[Jurisdiction]:
        return Jurisdiction.objects.filter(self._within("code"))

    def organizations(self) -> QuerySet[Organization]:
        return Organization.objects.filter(self._within("jurisdiction__code")).select_related(
            "jurisdiction", "superior"
        )

    def people(self) -> QuerySet[Person]:
        """People with a home or a seat here, and those who have neither yet."""
        home = self._within("home_organization__jurisdiction__code")
        held = Seat.objects.filter(
            self._within("organization__jurisdiction__code") | self._within("jurisdiction__code")
        )
        unplaced = Q(home_organization__isnull=True, seats__isnull=True)
        return (
            Person.objects.filter(home | Q(pk__in=held.values("person")) | unplaced)
            .select_related("home_organization")
            .distinct()
        )

    def seats(self) -> QuerySet[Seat]:
        return Seat.objects.filter(
            self._within("organization__jurisdiction__code") | self._within("jurisdiction__code"),
            ended_at__isnull=True,
        ).select_related("person", "organization", "jurisdiction")
