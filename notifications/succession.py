"""Whoever takes a seat gets the messages that still ask somebody in it to act."""

from django.db.models import Exists, OuterRef, Q

from designation.announcements.declared import announcements_of, asides
from designation.announcements.receivers import Wanted
from designation.organizations.models import Seat

from .audience import Place, people_in
from .delivery import Letter, write
from .models import Event


def hand_over(seat: Seat) -> None:
    """Put the open requests of a seat in the inbox of the person who takes it.

    Open is a request that nothing followed yet about the same subject. One that the person had
    already is not sent again.
    """
    if seat.organization_id is not None:
        place = Q(asks_organization=seat.organization_id)
    elif seat.jurisdiction is not None:
        place = Q(
            asks_organization__isnull=True,
            jurisdiction_code__startswith=seat.jurisdiction.prefix,
        )
    else:
        return
    later = Event.objects.filter(
        subject_type=OuterRef("subject_type"),
        subject_id=OuterRef("subject_id"),
        pk__gt=OuterRef("pk"),
    ).exclude(action__in=asides())
    asking = Event.objects.filter(
        place, ~Exists(later), asks_role=seat.role, delivered_at__isnull=False
    )
    wanted = Wanted(seat.role, seat.organization_id, frozenset([seat.person_id]))
    places = [Place(event, wanted) for event in asking]
    write(
        [
            Letter(place.event, announcement, wanted, person)
            for place, people in zip(places, people_in(places), strict=True)
            for person in people
            for announcement in announcements_of(place.event.action)[:1]
        ]
    )
