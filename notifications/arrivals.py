"""How far the e-mails about a subject have come."""

from collections.abc import Mapping

from django.db import models

from designation.announcements.arrivals import Arrival, How

from .channels.email import EMAIL
from .models import Delivery

_HOW = {
    Delivery.State.SENT: How.SENT,
    Delivery.State.FAILED: How.FAILED,
    Delivery.State.WITHDRAWN: How.WITHDRAWN,
    # The address was taken away meanwhile.
    Delivery.State.NONE: How.FAILED,
}


def of(subject: models.Model) -> Mapping[int, Arrival]:
    """By the key of the person; one statement."""
    rows = Delivery.objects.filter(
        channel=EMAIL.name,
        message__event__subject_type=subject._meta.label_lower,  # noqa: SLF001 - its public name
        message__event__subject_id=str(subject.pk),
    )
    return {row.message.person_id: _arrival(row) for row in rows.select_related("message")}


def _arrival(row: Delivery) -> Arrival:
    """What was answered is said where it still stands in the way."""
    how = _HOW.get(Delivery.State(row.state))
    if how is not None:
        return Arrival(how, row.answer if how == How.FAILED else "")
    if row.answer:
        return Arrival(How.PUT_OFF, row.answer, row.next_at)
    return Arrival(How.WAITING)
