"""The meeting that chose the names of a notice, as it was recorded: the notice tells of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, When
from django.utils.translation import gettext as _

from designation.applications.models import Application

from ..selection.models import SelectionRow


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting as a notice prints it; two categories may have been before the same one."""

    name: str
    on: date
    attendance: str
    result: str
    # Whether it put the name in reserve: it has moved up since.
    moved_up: bool = False

    @property
    def printed(self) -> dict[str, Any]:
        """By field of a notice."""
        return {
            "meeting_name": self.name,
            "meeting_on": self.on,
            "meeting_attendance": self.attendance,
            "meeting_result": self.result,
        }

    def is_the_same_as(self, other: "Held") -> bool:
        """Recorded for another category, it may have said its result in other words."""
        return (self.name, self.on) == (other.name, other.on)


def meetings_of(applications: Iterable[Application]) -> dict[int, Held]:
    """By application the last meeting that chose it, or put it in reserve. One statement."""
    rows = SelectionRow.objects.filter(
        application__in=[row.pk for row in applications], outcome__in=("chosen", "reserve")
    )
    held = rows.order_by("selection_id", "pk").values_list(
        "application",
        "selection__meeting_name",
        "selection__meeting_on",
        "selection__meeting_attendance",
        "selection__meeting_result",
        Case(When(outcome="reserve", then=True), default=False, output_field=BooleanField()),
    )
    return {pk: Held(*printed) for pk, *printed in held}


def apart(meetings: Iterable[Held | None]) -> str:
    """Why names stand on notices of their own; "" where one notice may tell of all of them.

    A notice tells of one meeting; whoever moved up from the reserve has one for that name alone.
    """
    known = [one for one in meetings if one is not None]
    if not all(one.is_the_same_as(known[0]) for one in known):
        return _("勾选的单位出自不同的会议，请按会议分开拟定公示。")
    if len(known) > 1 and any(one.moved_up for one in known):
        return _("由候补递补的单位须单独公示，请一次只勾选这一家。")
    return ""
