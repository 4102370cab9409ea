"""What is done to an account, on record: about its person, where the person belongs."""

from collections.abc import Mapping
from typing import Any

from designation.audit import events
from designation.audit.models import WithoutSeat

from ..organizations.models import Person
from ..organizations.scoping import area_code


def record(
    person: Person,
    action: str,
    *,
    actor: Person | None,
    role: str = WithoutSeat.SELF,
    details: Mapping[str, Any] | None = None,
    asked_from: str = "",
) -> None:
    """Write the event inside the transaction of the act.

    ``asked_from``: the address, where nobody who has signed in acts.
    """
    events.append(
        events.Entry(
            actor=actor,
            action=action,
            subject=person,
            jurisdiction_code=area_code(person) or events.WHOLE_SITE,
            role=role,
            details=details or {},
            origin=asked_from,
        )
    )
