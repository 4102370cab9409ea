"""Which areas, organizations and people an administrator looks after."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from .models import Jurisdiction, Organization, Person, Role, Seat
from .rules import seats
from .tenure import in_force, not_over


class Administered:
    """All within the areas over which ``person`` holds one of ``roles``; Http404 for others."""

    def __init__(self, person: Any, *roles: Role) -> None:
        self.person, self.held, self.roles = person, seats(person), roles
        if not self.held.areas(*roles):
            raise Http404

    def _within(self, path: str) -> Q:
        return self.held.within(path, *self.roles)

    def jurisdictions(self) -> QuerySet[Jurisdiction]:
        return Jurisdiction.objects.filter(self._within("code"))

    def area(self) -> Jurisdiction:
        """The area itself over which the role is held: an administrator has one."""
        return Jurisdiction.objects.get(
            in_force("seats__"), seats__person=self.person, seats__role__in=self.roles
        )

    def organizations(self) -> QuerySet[Organization]:
        return Organization.objects.filter(self._within("jurisdiction__code")).select_related(
            "jurisdiction", "superior"
        )

    def people(self) -> QuerySet[Person]:
        """Whoever belongs here, and whoever holds a seat here."""
        return self._people(self._belongs() | Q(pk__in=self._holders()))

    def own_people(self) -> QuerySet[Person]:
        """Whoever belongs here: by the administrator who entered them, or by their home.

        Someone whom no area is known to have entered belongs where a seat is held.
        """
        unknown = Q(jurisdiction__isnull=True, home_organization__isnull=True)
        return self._people(self._belongs() | unknown & Q(pk__in=self._holders()))

    def _people(self, condition: Q) -> QuerySet[Person]:
        return Person.objects.filter(condition).select_related("home_organization", "jurisdiction")

    def _belongs(self) -> Q:
        home = self._within("home_organization__jurisdiction__code")
        return self._within("jurisdiction__code") | home

    def _holders(self) -> QuerySet[Seat, Any]:
        held = self._within("organization__jurisdiction__code") | self._within("jurisdiction__code")
        return Seat.objects.filter(held, not_over()).values("person")

    def seats(self) -> QuerySet[Seat]:
        """Those in force, and those that will be."""
        return self.seats_ever().filter(not_over())

    def seats_ever(self) -> QuerySet[Seat]:
        """Those that have ended too."""
        return Seat.objects.filter(
            self._within("organization__jurisdiction__code") | self._within("jurisdiction__code")
        ).select_related("person", "organization", "jurisdiction", "deputy_of__person")


def belongs_to(person: Person) -> set[str]:
    """The division codes of the area that entered the person, and of their home."""
    home = person.home_organization.jurisdiction if person.home_organization else None
    return {area.code for area in (person.jurisdiction, home) if area is not None}


def area_code(person: Person) -> str:
    """The division code of where the person belongs; "" when no area is known.

    The home's, which is the narrower, or the area that entered them, or that of a seat.
    """
    if person.home_organization is not None:
        return person.home_organization.jurisdiction.code
    if person.jurisdiction is not None:
        return person.jurisdiction.code
    return next(iter(sorted(held_codes(person))), "")


def held_codes(person: Person) -> set[str]:
    """The division codes of the places in which the person holds a seat, or will."""
    places = person.seats.filter(not_over()).values_list(
        "organization__jurisdiction__code", "jurisdiction__code"
    )
    return {in_organization or over for in_organization, over in places}
