"""On record: that somebody's value gave way to another's. No texts; those are kept as they were."""

from collections.abc import Sequence

from designation.applications.models import Application, FormerValue
from designation.audit import events
from designation.organizations.models import Person

ACTION = "application.replace"


def record(
    application: Application, replaced: Sequence[FormerValue], *, actor: Person, role: str | None
) -> None:
    """One event over the values of others that ``actor`` replaced; none when there are none.

    Call it last in a transaction: it locks the head of the log.
    """
    append(application, [_place(former) for former in replaced], actor=actor, role=role)


def append(
    application: Application, fields: Sequence[str], *, actor: Person, role: str | None
) -> None:
    """As ``record``, by the names of the fields."""
    if not fields:
        return
    events.append(
        events.Entry(
            actor=actor,
            action=ACTION,
            subject=application,
            jurisdiction_code=application.area_code,
            role=role,
            details={"fields": list(fields)},
        )
    )


def _place(former: FormerValue) -> str:
    code = former.item.code if former.item else ""
    return former.field if former.field.startswith(code) else f"{code} {former.field}"
