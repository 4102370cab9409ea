"""The meeting that chose the names of a notice, as it was recorded: the notice tells of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from designation.applications.models import Application

from ..selection.models import SelectionRow


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting as a notice prints it; two categories may have been before the same one."""

    name: str
    on: date
    attendance: str
    result: str

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
    )
    return {pk: Held(name, on, attendance, result) for pk, name, on, attendance, result in held}
