"""A public notice as open data: the same as its page says, for other programs.

The fields are told in docs/open_data.md; whoever changes one raises ``FORMAT``.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from designation.site import clock

from ..stages.objections.queries import Counted
from ..stages.public_notice.held_up import HeldUp
from ..stages.public_notice.models import Notice, NoticeEntry
from ..stages.public_notice.postings import Posted

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Wall:
    """What the page shows of a notice; ``pages`` is the address of all of them."""

    notice: Notice
    entries: Iterable[NoticeEntry]
    held_up: HeldUp
    posted: Iterable[Posted]
    counted: Counted
    is_reduced: bool
    pages: str


def notice_as_data(wall: Wall) -> dict[str, Any]:
    """Months after its end title and result alone, as on the page."""
    notice = wall.notice
    said = {
        "format": FORMAT,
        "number": notice.number,
        "title": notice.title,
        "status": notice.status,
        "status_name": str(notice.get_status_display()),
        "unit": notice.contact_unit,
        "published_on": _published_on(notice),
        "page": _page(wall, notice),
        "names": [_name(entry, wall) for entry in wall.entries],
        "objections": asdict(wall.counted),
        **_held_up(wall),
    }
    return said if wall.is_reduced else said | _whole(wall)


def _published_on(notice: Notice) -> str | None:
    published = notice.published_at
    return None if published is None else _day(published.astimezone(clock.SHANGHAI).date())


def _whole(wall: Wall) -> dict[str, Any]:
    notice = wall.notice
    return {
        "basis": notice.basis,
        "procedure": notice.procedure,
        "meeting": {
            "name": notice.meeting_name,
            "on": _day(notice.meeting_on),
            "result": notice.meeting_result,
        },
        "period": {
            "first_day": _day(notice.first_day),
            "last_day": _day(notice.last_day),
            "working_days": notice.working_days,
            "calendar_days": notice.calendar_days,
            "counts_day_of_publication": notice.counts_first_day,
        },
        "contact": {
            "phone": notice.contact_phone,
            "email": notice.contact_email,
            "address": notice.contact_address,
        },
        "posted": [
            {"channel": one.channel, "place": one.place, "on": _day(one.on)} for one in wall.posted
        ],
    }


def _name(entry: NoticeEntry, wall: Wall) -> dict[str, str]:
    said = {
        "name": str(entry.name),
        "area": str(entry.area),
        "category": entry.application.category,
        "category_name": str(entry.application.get_category_display()),
        "corrected_from": entry.corrected_from,
    }
    result = {"result": str(entry.application.get_stage_display())} if wall.is_reduced else {}
    return said | result


def _held_up(wall: Wall) -> dict[str, Any]:
    told = wall.held_up
    longer = [
        {"on": _day(one.on), "before": _day(one.before), "after": _day(one.after)}
        | {"reason": one.reason}
        for one in told.longer
    ]
    return {
        "extended": longer,
        "stopped_on": _day(told.stopped_on),
        "stopped_because": told.reason,
        "replaced_by": _page(wall, told.follows),
        "replaces": _page(wall, told.instead_of),
    }


def _page(wall: Wall, notice: Notice | None) -> str | None:
    return f"{wall.pages}{notice.pk}/" if notice is not None else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None
