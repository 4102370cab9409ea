"""Writing the outbox inside the transition's transaction, and waking the delivery after it."""

import logging
from typing import Any

from django.db import transaction

from designation.organizations.models import Role
from designation.site.wake_up import WakeUpCall
from workflows.signals import Passage, passed

from .models import OutboxEntry

logger = logging.getLogger(__name__)

_APPLICANT_ROLES = (Role.PREPARER, Role.HEAD)


def listen() -> None:
    passed.connect(write, dispatch_uid="notifications.outbox")


def write(*, passage: Passage, **_kwargs: Any) -> None:
    """One entry for each role of the applicant and one for the new holder, in one statement."""
    OutboxEntry.objects.bulk_create(_entries(passage))
    # A notice passes many applications in one transaction: the worker is woken once for all.
    if not any(hook[1] is wake for hook in transaction.get_connection().run_on_commit):
        transaction.on_commit(wake, robust=True)


def _entries(passage: Passage) -> list[OutboxEntry]:
    application = passage.application
    audience: set[tuple[str, int | None]] = {
        (role, application.organization_id) for role in _APPLICANT_ROLES
    }
    holder = (application.holder_role, application.holder_organization_id)
    if application.holder_role:
        audience.add(holder)
    return [
        OutboxEntry(
            application=application,
            decision=passage.decision,
            role=role,
            organization_id=organization_id,
            asks_to_act=(role, organization_id) == holder,
            created_at=passage.decision.at,
        )
        for role, organization_id in sorted(audience, key=str)
    ]


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
