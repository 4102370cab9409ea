"""What is said of names, and each act on a list: on record and told, without a word of it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from designation.audit import events
from designation.organizations.models import Person, Role
from designation.organizations.rules import seats
from designation.site import clock

from . import announcements
from .facts import counts
from .models import Opinion, OpinionLine, OpinionList


def write(
    opinions: OpinionList,
    lines: Iterable[OpinionLine],
    said: Callable[[OpinionLine], Mapping[str, Any]],
    *,
    actor: Person,
    role: Role,
) -> None:
    """Keep what is ``said`` of each name, by column; what counted until now is replaced."""
    acted_for = in_whose_place(opinions, role, actor)
    Opinion.objects.bulk_create(
        Opinion(
            line=line,
            **said(line),
            actor=actor,
            role=role,
            acted_for=acted_for,
            at=clock.now(),
            replaces=counts(line),
        )
        for line in lines
    )


def record(
    opinions: OpinionList, action: str, *, actor: Person, role: Role, count: int, **details: Any
) -> None:
    """Tell of an act on ``count`` names of a list, and append it to the log."""
    announcements.happened(opinions, action, actor=actor, role=role, count=count)
    events.append(
        events.Entry(
            actor=actor,
            action=action,
            subject=opinions,
            jurisdiction_code=opinions.round.jurisdiction.code,
            role=role,
            details={"department": opinions.department.name_zh, "count": count, **details},
            acted_for=in_whose_place(opinions, role, actor),
        )
    )


def in_whose_place(opinions: OpinionList, role: Role, actor: Person) -> Person | None:
    """For whom the actor answers or enters in ``role``; None where the seat is their own."""
    if role == Role.DEPARTMENT_CLERK:
        return seats(actor).in_whose_place(role, organization_id=opinions.department_id)
    return seats(actor).in_whose_place(role, code=opinions.round.jurisdiction.code)
