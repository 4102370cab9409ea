"""Who brings a calendar year in: one person loads it, and another confirms it.

The calendar is the country's: whoever holds the role over any area may. Administrators of
security and of the audit do not: what they look after is who may, and who did.
"""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from designation.organizations.divisions import codes_around
from designation.organizations.models import Person, Role, Seat
from designation.organizations.rules import seats

from .models import CalendarLoad, CalendarYear

LOADING = (Role.SYSTEM_ADMINISTRATOR,)
CONFIRMING = (Role.SYSTEM_ADMINISTRATOR, Role.COUNTY_COORDINATOR)


def _held(person: Person | AnonymousUser, roles: tuple[Role, ...]) -> Role | None:
    return next((role for role in roles if role in seats(person).roles), None)


def loading_role(person: Person | AnonymousUser) -> Role | None:
    """The role in which the person loads a year: as system administrator, or not at all."""
    return _held(person, LOADING)


def confirming_role(person: Person | AnonymousUser) -> Role | None:
    """The role in which the person confirms what another loaded, or sends it back."""
    return _held(person, CONFIRMING)


def shown_years(person: Person | AnonymousUser) -> QuerySet[CalendarYear]:
    """Every year, to those who bring years in."""
    rows = CalendarYear.objects.all()
    return rows if confirming_role(person) else rows.none()


def shown_loads(person: Person | AnonymousUser) -> QuerySet[CalendarLoad]:
    """Every load, to those who bring years in."""
    rows = CalendarLoad.objects.select_related("loaded_by", "decided_by")
    return rows if confirming_role(person) else rows.none()


def who_loads(area_code: str) -> str:
    """The names of those who may load a year, over an area around the 12-digit code; one statement.

    Where there is nobody it says who can change that.
    """
    held = Seat.objects.in_force().filter(
        role__in=LOADING, jurisdiction__code__in=codes_around(area_code), person__is_active=True
    )
    names = held.order_by("pk").values_list("person__full_name", flat=True)
    told = "、".join(dict.fromkeys(names))
    return told or _("暂无人担任，请安全管理员授予岗位")
