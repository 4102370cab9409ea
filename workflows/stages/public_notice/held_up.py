"""What held a notice up, as its pages tell it: more time, and which other takes its place."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from designation.site import clock

from .models import Notice, NoticeStep


@dataclass(frozen=True, slots=True)
class Longer:
    """More time: given on which day, from when to when, and why."""

    on: date
    before: date
    after: date
    reason: str


@dataclass(frozen=True, slots=True)
class HeldUp:
    """``follows``: the published notice that takes its place; None while it is on its way.

    ``is_awaited``: it is; else no name is left that would go on it.
    """

    longer: tuple[Longer, ...] = ()
    stopped_on: date | None = None
    reason: str = ""
    follows: Notice | None = None
    is_awaited: bool = False
    instead_of: Notice | None = None


def told(notice: Any) -> HeldUp:
    """Of a notice read ``with_what_held_it_up``."""
    steps = notice.held_up or ()
    longer = tuple(_longer(one) for one in steps if one["act"] == NoticeStep.Act.EXTENDED)
    stopped = notice.status == Notice.Status.STOPPED
    last = steps[-1] if stopped and steps else None
    return HeldUp(
        longer=longer,
        stopped_on=_day(last["at"]) if last else None,
        reason=last["reason"] if last else "",
        follows=_follows(notice) if stopped else None,
        is_awaited=stopped and notice.is_awaited,
        instead_of=notice.restarts,
    )


def _follows(notice: Notice) -> Notice | None:
    """A draft is nobody's to read; where that was broken off, too, its page says what came then."""
    follows: Notice | None = getattr(notice, "restarted_as", None)
    return follows if follows is not None and follows.status != Notice.Status.DRAFT else None


def _longer(step: dict[str, Any]) -> Longer:
    content = step["content"]
    return Longer(
        on=_day(step["at"]),
        before=date.fromisoformat(content["before"]),
        after=date.fromisoformat(content["after"]),
        reason=step["reason"],
    )


def _day(at: str) -> date:
    return datetime.fromisoformat(at).astimezone(clock.SHANGHAI).date()
