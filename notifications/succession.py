"""Whoever takes a seat gets the messages that still ask somebody in it to act."""

from django.db.models import OuterRef, Q, Subquery

from designation.applications.models import FINAL_STAGES
from designation.organizations.models import Seat
from workflows.case.records import Decision

from .delivery import message
from .models import Message, OutboxEntry


def hand_over(seat: Seat) -> None:
    """Put the open requests of a seat in the inbox of the person who takes it.

    Open is the request of the last passage of a case that waits for this very seat. One that the
    person had already is not sent again.
    """
    if seat.organization_id is not None:
        place = Q(organization=seat.organization_id)
    elif seat.jurisdiction is not None:
        place = Q(
            organization__isnull=True, application__area_code__startswith=seat.jurisdiction.prefix
        )
    else:
        return
    last = Decision.objects.filter(application=OuterRef("application")).order_by("-pk")
    entries = (
        OutboxEntry.objects.filter(
            place,
            role=seat.role,
            asks_to_act=True,
            delivered_at__isnull=False,
            application__holder_role=seat.role,
            decision=Subquery(last.values("pk")[:1]),
        )
        .exclude(application__stage__in=FINAL_STAGES)
        .select_related("application__organization", "application__round", "decision")
        .prefetch_related("decision__corrections__item")
    )
    told = [
        message(entry, seat.person)
        for entry in entries
        if entry.decision.actor_id != seat.person_id
    ]
    Message.objects.bulk_create(told, ignore_conflicts=True)
