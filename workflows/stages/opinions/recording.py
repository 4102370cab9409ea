"""One act on a list: it is on record and told, without a word of what was answered."""

from typing import Any

from designation.audit import events
from designation.organizations.models import Person, Role

from . import announcements
from .models import OpinionList


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
        )
    )
