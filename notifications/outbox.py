"""Writing an event inside the transaction of the act, and waking the delivery after it."""

import logging
from typing import Any

from django.db import transaction

from designation.announcements import happened
from designation.announcements.declared import announcements_of
from designation.announcements.receivers import Wanted
from designation.announcements.subjects import kind_of, reference
from designation.audit.models import LONGEST_LABEL
from designation.site.wake_up import WakeUpCall
from standards.language import of_the_record

from .models import Event

logger = logging.getLogger(__name__)


def listen() -> None:
    happened.happened.connect(write, dispatch_uid="notifications.outbox")


def write(*, event: happened.Event, **_kwargs: Any) -> None:
    """Store the event with all that its messages will say, in one statement."""
    kept = reference(event.subject)
    parties = {name: _stored(party) for name, party in event.parties.items()}
    asked = _asked_first(event.action, parties)
    with of_the_record():
        label = kind_of(kept["type"]).label(event.subject)[:LONGEST_LABEL]
    Event.objects.create(
        action=event.action,
        subject_type=kept["type"],
        subject_id=kept["id"],
        subject_label=label,
        page=kept["page"],
        jurisdiction_code=event.jurisdiction_code,
        actor=event.actor,
        actor_role=event.role,
        said=dict(event.said),
        parties=parties,
        asks_role=asked.role if asked else "",
        asks_organization_id=asked.organization_id if asked else None,
        at=event.at,
    )
    # A notice passes many applications in one transaction: the worker is woken once for all.
    if not any(hook[1] is wake for hook in transaction.get_connection().run_on_commit):
        transaction.on_commit(wake, robust=True)


def _stored(party: Any) -> Any:
    return party.stored() if isinstance(party, happened.Turn) else party


def _asked_first(action: str, parties: dict[str, Any]) -> Wanted | None:
    """The whole seat that is asked to act, whoever sits in it; None where only people are."""
    asking = (one for one in announcements_of(action) if one.asks_to_act)
    wanted = (
        want for one in asking for receivers in one.receivers for want in receivers.wanted(parties)
    )
    return next((want for want in wanted if want.role and want.people is None), None)


def _deliver_now() -> None:
    from .tasks import deliver_outbox

    try:
        deliver_outbox.delay()
    except deliver_outbox.OperationalError:
        logger.warning("The broker is not there; the outbox keeps the messages.")


wake_up = WakeUpCall(_deliver_now)


def wake() -> None:
    """Ask a worker to deliver now. With the broker down the sweep delivers later."""
    wake_up.ring()
