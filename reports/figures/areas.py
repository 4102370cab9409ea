"""The year of an area: its rounds together, place by place.

Of a province and of a prefecture the places are counties, of a county its townships.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from designation.applications.models import Application
from designation.organizations.divisions import DIGITS
from designation.organizations.models import CODE_DIGITS, Jurisdiction, Level

from . import funnel, place_names, spans

_PLACES: Mapping[str, Level] = {
    Level.PROVINCE: Level.COUNTY,
    Level.PREFECTURE: Level.COUNTY,
    Level.COUNTY: Level.TOWNSHIP,
}


@dataclass(frozen=True, slots=True)
class Place:
    """``head`` is what the codes within it begin with."""

    head: str
    name: str
    funnel: funnel.Funnel
    days: spans.Days

    @property
    def is_own(self) -> bool:
        return place_names.is_own(self.head)

    @property
    def code(self) -> str:
        return self.head.ljust(DIGITS, "0")


def places(area: Jurisdiction, rows: QuerySet[Application]) -> list[Place]:
    """Those in which somebody applied, in the order of their codes: nobody is ranked.

    Three statements beside the calendar, whatever the number of places.
    """
    digits = CODE_DIGITS[_PLACES[area.level]]
    funnels = funnel.by_place(rows, digits)
    days = spans.to_the_title_by_place(rows, digits)
    untold = spans.Days(0, None)
    return [
        Place(head, name, funnels[head], days.get(head, untold))
        for head, name in place_names.names(funnels).items()
    ]


def has_places(area: Jurisdiction) -> bool:
    return area.level in _PLACES
