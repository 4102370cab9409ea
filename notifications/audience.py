"""Who is told: whoever holds the seat now. Asked of many events at once, in few statements."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from designation.announcements.receivers import Wanted
from designation.announcements.subjects import Asked, kind_of
from designation.organizations.divisions import codes_around
from designation.organizations.models import Person, Seat
from designation.organizations.tenure import stands_with_its_seats

from .models import Event


@dataclass(frozen=True, slots=True)
class Place:
    """A seat that one event is to be told to, or people that it names."""

    event: Event
    wanted: Wanted


def people_in(places: Sequence[Place]) -> list[list[Person]]:
    """For each place, in its order, those who are told there and may be.

    Accounts that are off and seats that ended are not among them, nor is whoever acted, nor who
    has to be kept from the subject. The number of statements does not depend on how many are
    asked about: one for seats, one for people without, a fixed few for each kind of subject.
    """
    seated, named = _Seated(places), _named(places)
    found = [
        [
            person
            for person in (seated.at(place) if place.wanted.role else _those(place, named))
            if person.pk != place.event.actor_id
        ]
        for place in places
    ]
    return _admitted(places, found)


class _Seated:
    """The people in every seat that any of the places speaks of, read in one statement."""

    def __init__(self, places: Iterable[Place]) -> None:
        wanted = [place.wanted for place in places if place.wanted.role]
        codes = {
            code
            for place in places
            if place.wanted.role and place.wanted.organization_id is None
            for code in codes_around(place.event.jurisdiction_code)
        }
        organizations = {one.organization_id for one in wanted if one.organization_id is not None}
        self._in: dict[tuple[str, int], list[Person]] = defaultdict(list)
        self._over: dict[tuple[str, str], list[Person]] = defaultdict(list)
        if not wanted:
            return
        rows = Seat.objects.in_force().filter(
            Q(organization__in=organizations) | Q(jurisdiction__code__in=codes),
            stands_with_its_seats(),
            role__in={one.role for one in wanted},
            person__is_active=True,
        )
        for seat in rows.select_related("person", "jurisdiction").order_by("pk"):
            if seat.organization_id is not None:
                self._in[seat.role, seat.organization_id].append(seat.person)
            elif seat.jurisdiction is not None:
                self._over[seat.role, seat.jurisdiction.prefix].append(seat.person)

    def at(self, place: Place) -> Iterable[Person]:
        """Each person once, however many seats let them in."""
        wanted = place.wanted
        if wanted.organization_id is not None:
            held = self._in[wanted.role, wanted.organization_id]
        else:
            code = place.event.jurisdiction_code
            held = [
                person
                for length in range(1, len(code) + 1)
                for person in self._over.get((wanted.role, code[:length]), ())
            ]
        meant = wanted.people
        return dict.fromkeys(one for one in held if meant is None or one.pk in meant)


def _named(places: Iterable[Place]) -> dict[int, Person]:
    wanted = {pk for place in places if not place.wanted.role for pk in place.wanted.people or ()}
    if not wanted:
        return {}
    return Person.objects.filter(is_active=True).in_bulk(wanted)


def _those(place: Place, named: dict[int, Person]) -> Iterable[Person]:
    return [named[pk] for pk in sorted(place.wanted.people or ()) if pk in named]


def _admitted(places: Sequence[Place], found: list[list[Person]]) -> list[list[Person]]:
    """Without those whom the subject has to be kept from."""
    asked: dict[str, set[Asked]] = defaultdict(set)
    for place, people in zip(places, found, strict=True):
        if kind_of(place.event.subject_type).admits is not None:
            asked[place.event.subject_type].update(_asked(place, person) for person in people)
    admitted = {
        model: frozenset(admits(questions))
        for model, questions in asked.items()
        if (admits := kind_of(model).admits) is not None
    }
    return [
        [
            person
            for person in people
            if place.event.subject_type not in admitted
            or _asked(place, person) in admitted[place.event.subject_type]
        ]
        for place, people in zip(places, found, strict=True)
    ]


def _asked(place: Place, person: Person) -> Asked:
    return Asked(place.event.subject_id, person, place.wanted.role)
