"""Giving and ending seats: who may do what, kept by the security administrator."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from designation.audit import events
from designation.site import clock, endings

from ..organizations import handover
from ..organizations.models import (
    ADMINISTRATOR_ROLES,
    Jurisdiction,
    Organization,
    Person,
    Role,
    Seat,
)
from . import announcements


class SeatRefused(ValueError):
    """A seat that cannot be given; ``str()`` says why."""


@endings.act()
def give_seat(
    person: Person, role: Role, place: Organization | Jurisdiction, *, actor: Person
) -> Seat:
    """Give ``person`` a seat. Raises SeatRefused.

    The three administrators are separate people, and none of them acts in a case.
    """
    held = set(
        Seat.objects.select_for_update()
        .filter(person=person, ended_at__isnull=True)
        .values_list("role", flat=True)
    )
    _keep_administrators_apart(held, role)
    where = "organization" if isinstance(place, Organization) else "jurisdiction"
    try:
        with transaction.atomic():
            seat = Seat.objects.create(person=person, role=role, **{where: place})
    except IntegrityError as error:
        raise SeatRefused(_("此人已有这个岗位。")) from error
    announcements.happened(seat, "seat.give", actor=actor)
    _record(seat, actor, "seat.give")
    handover.take_over(seat)
    return seat


def _keep_administrators_apart(held: set[str], role: Role) -> None:
    administrators = {str(one) for one in ADMINISTRATOR_ROLES}
    if role in ADMINISTRATOR_ROLES and held & administrators:
        raise SeatRefused(_("系统、安全、审计三个管理员须由不同的人担任。"))
    if (role in ADMINISTRATOR_ROLES and held) or held & administrators:
        raise SeatRefused(_("管理员不得兼任办理申报的岗位，反之亦然。"))


@transaction.atomic
def end_seat(seat: Seat, *, actor: Person) -> None:
    """End a seat; it stays on record. Nobody ends their own. Raises SeatRefused."""
    if seat.person_id == actor.pk:
        raise SeatRefused(_("不能终止自己的岗位，请由另一位安全管理员办理。"))
    locked = Seat.objects.select_for_update().get(pk=seat.pk)
    if locked.ended_at is not None:
        raise SeatRefused(_("这个岗位已经终止。"))
    locked.ended_at = clock.now()
    locked.save(update_fields=["ended_at"])
    announcements.happened(locked, "seat.end", actor=actor)
    _record(locked, actor, "seat.end")


def _record(seat: Seat, actor: Person, action: str) -> None:
    place = seat.organization or seat.jurisdiction
    area = seat.organization.jurisdiction if seat.organization else seat.jurisdiction
    events.append(
        events.Entry(
            actor=actor,
            action=action,
            subject=seat.person,
            jurisdiction_code=area.code if area else events.WHOLE_SITE,
            role=Role.SECURITY_ADMINISTRATOR,
            details={"role": seat.role, "place": place},
        )
    )
