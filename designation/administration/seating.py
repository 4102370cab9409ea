"""Giving and ending seats: who may do what, and for how long."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from designation.audit import events
from designation.audit.models import WithoutSeat
from designation.site import clock, endings
from designation.site.refusal import Refusal

from ..organizations import handover, tenure
from ..organizations.models import Jurisdiction, Organization, Person, Role, Seat
from ..organizations.roles import ADMINISTRATOR_ROLES, HeldIn
from . import announcements
from .rules import given_by, may_give


class SeatRefused(Refusal):
    """A seat that cannot be given, or ended."""


@endings.act()
def give_seat(
    person: Person,
    role: Role,
    place: Organization | Jurisdiction,
    *,
    actor: Person | None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Seat:
    """Give ``person`` a seat, from one day to another, both included; None sets no bound.

    ``actor`` None is whoever types it on the server: so the first administrators come to be.
    Raises SeatRefused. The three administrators are separate people, and none of them acts in a
    case: none of two seats may meet on any day.
    """
    held = Seat.objects.select_for_update().filter(
        tenure.met_by(starts_on or clock.today(), ends_on), person=person
    )
    refuse_what_cannot_be(
        role, place, held.values_list("role", flat=True), (starts_on, ends_on), actor=actor
    )
    where = role.held_in.value
    try:
        with transaction.atomic():
            seat = Seat.objects.create(
                person=person, role=role, starts_on=starts_on, ends_on=ends_on, **{where: place}
            )
    except IntegrityError as error:
        raise SeatRefused.because("held_already", _("此人已有这个岗位。")) from error
    if seat.is_in_force:
        begin(seat)
    giver = WithoutSeat.SYSTEM if actor is None else given_by(role)
    record(seat, "seat.give", actor=actor, role=giver, details=term(seat))
    return seat


def refuse_what_cannot_be(
    role: Role,
    place: Organization | Jurisdiction,
    held: Iterable[str],
    term: tuple[date | None, date | None],
    *,
    actor: Person | None,
) -> None:
    """Raises SeatRefused for a seat that ``give_seat`` does not give.

    ``held`` are the roles that the person holds on some day of the ``term``.
    """
    in_organization = isinstance(place, Organization)
    if in_organization != (role.held_in is HeldIn.ORGANIZATION):
        told = _("这个角色不在这样的地方担任，请重新选择。")
        raise SeatRefused.because("wrong_place", told)
    if why := fault_of_term(*term):
        raise SeatRefused.because("wrong_term", why)
    if actor is not None and not may_give(actor, role, place):
        raise SeatRefused.because("not_allowed", _("这个岗位不由您授予。"))
    _keep_administrators_apart(set(held), role)


def fault_of_term(starts_on: date | None, ends_on: date | None) -> str:
    """Why nobody can be given a seat for this span, as a sentence; "" when they can.

    Rights are given for days to come: what was done without them is not mended afterwards.
    """
    today = clock.today()
    if starts_on is not None and starts_on < today:
        return _("开始日期不能早于今天。")
    if ends_on is not None and ends_on < (starts_on or today):
        return _("到期日期不能早于开始日期，也不能早于今天。")
    return ""


def _keep_administrators_apart(held: set[str], role: Role) -> None:
    administers = {one for one in held if one in ADMINISTRATOR_ROLES}
    if role.is_administrator and administers:
        raise SeatRefused.because(
            "administers_already", _("系统、安全、审计三个管理员须由不同的人担任。")
        )
    if (role.is_administrator and held) or administers:
        raise SeatRefused.because("acts_in_cases", _("管理员不得兼任办理申报的岗位，反之亦然。"))


@endings.act()
def end_seat(seat: Seat, *, actor: Person) -> None:
    """End a seat at once; it stays on record. Nobody ends their own. Raises SeatRefused."""
    if seat.person_id == actor.pk:
        raise SeatRefused.because("own_seat", _("不能终止自己的岗位，请由另一位安全管理员办理。"))
    locked = Seat.objects.select_for_update(of=("self",)).get(pk=seat.pk)
    if not may_give(actor, locked.role, locked.place):
        raise SeatRefused.because("not_allowed", _("这个岗位不由您终止。"))
    if locked.ended_at is not None:
        raise SeatRefused.because("ended_already", _("这个岗位已经终止。"))
    locked.ended_at = clock.now()
    locked.save(update_fields=["ended_at"])
    record(locked, "seat.end", actor=actor, role=given_by(locked.role))
    _end_its_deputies(locked, actor=actor, role=given_by(locked.role))


def end_with_its_place(seat: Seat, *, actor: Person, role: str) -> None:
    """End a seat whose organization is no more, or in which nobody is wanted any longer."""
    seat.ended_at = clock.now()
    seat.save(update_fields=["ended_at"])
    record(seat, "seat.end", actor=actor, role=role)
    _end_its_deputies(seat, actor=actor, role=role)


def pass_on(seat: Seat, place: Organization, *, actor: Person, role: str) -> None:
    """Let the holder of a seat go on in the organization that takes the place of theirs.

    The same role until the same day: nobody is given a right that they had not.
    """
    end_with_its_place(seat, actor=actor, role=role)
    begins = seat.starts_on if seat.starts_on and seat.starts_on > clock.today() else None
    follows = Seat.objects.create(
        person=seat.person,
        role=seat.role,
        organization=place,
        starts_on=begins,
        ends_on=seat.ends_on,
    )
    if follows.is_in_force:
        begin(follows)
    record(follows, "seat.give", actor=actor, role=role, details=term(follows))


def end_by(seat: Seat, last_day: date | None, *, actor: Person, role: str) -> None:
    """End a held seat with ``last_day`` of its holder, where it does not end before; None: at once.

    One that would begin later never does. Those who stand in by it go with it.
    """
    if last_day is None or (seat.starts_on is not None and seat.starts_on > last_day):
        seat.ended_at = clock.now()
        seat.save(update_fields=["ended_at"])
        record(seat, "seat.end", actor=actor, role=role)
        _end_its_deputies(seat, actor=actor, role=role)
        return
    for one in (seat, *_hanging_on(seat)):
        if one.ends_on is None or one.ends_on > last_day:
            one.ends_on = last_day
            one.save(update_fields=["ends_on"])
            _record_in_log(one, "seat.limit", actor=actor, role=role, details=term(one))


def _hanging_on(seat: Seat) -> QuerySet[Seat]:
    hanging = Q(deputy_of=seat) | Q(deputy_from=seat)
    rows = Seat.objects.select_for_update(of=("self",)).select_related("deputy_of__person")
    return rows.filter(hanging, ended_at__isnull=True).order_by("pk")


def keep_terms() -> None:
    """Let the seats begin whose first day has come, and end those whose last day has passed.

    Rights hang on the days alone; this hands over what waits, and writes down the end. Each seat
    in a transaction of its own: it may run twice, or be killed.
    """
    today = clock.today()
    due = Seat.objects.in_force().filter(starts_on__isnull=False, begun_at__isnull=True)
    for pk in list(due.values_list("pk", flat=True)):
        with endings.act():
            for seat in due.select_for_update(of=("self",), skip_locked=True).filter(pk=pk):
                begin(seat)
    over = Seat.objects.filter(ended_at__isnull=True, ends_on__lt=today)
    for pk in list(over.values_list("pk", flat=True)):
        with endings.act():
            for seat in over.select_for_update(of=("self",), skip_locked=True).filter(pk=pk):
                _end_of_term(seat)


def begin(seat: Seat) -> None:
    """Write down that it gives rights, and hand over what waits in it."""
    seat.begun_at = clock.now()
    seat.save(update_fields=["begun_at"])
    handover.take_over(seat)


def _end_of_term(seat: Seat) -> None:
    assert seat.ends_on is not None  # noqa: S101 - the statement asked for it
    seat.ended_at = tenure.end_of(seat.ends_on)
    seat.save(update_fields=["ended_at"])
    record(seat, "seat.end", actor=None, role=WithoutSeat.SYSTEM, details=term(seat))
    _end_its_deputies(seat, actor=None, role=WithoutSeat.SYSTEM)


def _end_its_deputies(seat: Seat, *, actor: Person | None, role: str) -> None:
    """At once: those who stand in in it, and what its holder does for others by it."""
    end_deputies(Q(deputy_of=seat) | Q(deputy_from=seat), actor=actor, role=role)


def end_deputies(hanging: Q, *, actor: Person | None, role: str) -> None:
    """End the deputies' seats of which ``hanging`` speaks: what they hang on is over."""
    rows = Seat.objects.select_for_update(of=("self",)).filter(
        hanging, deputy_of__isnull=False, ended_at__isnull=True
    )
    for one in rows.order_by("pk"):
        one.ended_at = clock.now()
        one.save(update_fields=["ended_at"])
        record(one, "seat.end", actor=actor, role=role)


def term(seat: Seat) -> dict[str, Any]:
    """Its days, as they are recorded."""
    return {"starts_on": seat.starts_on, "ends_on": seat.ends_on}


# What an act on a deputy's seat is called in the log and in messages.
_OF_A_DEPUTY = {"seat.give": "deputy.name", "seat.end": "deputy.end"}


def record(
    seat: Seat,
    action: str,
    *,
    actor: Person | None,
    role: str,
    details: Mapping[str, Any] | None = None,
) -> None:
    """What was done to a seat, told and recorded; what nobody did, its term did."""
    if seat.deputy_of is not None:
        action = _OF_A_DEPUTY[action]
    announcements.happened(seat, action, actor=actor, role=role)
    _record_in_log(seat, action, actor=actor, role=role, details=details)


def _record_in_log(
    seat: Seat,
    action: str,
    *,
    actor: Person | None,
    role: str,
    details: Mapping[str, Any] | None = None,
) -> None:
    told = {"role": seat.role, "place": seat.place} | dict(details or {})
    if seat.deputy_of is not None:
        told["deputised"] = seat.deputy_of.person
    events.append(
        events.Entry(
            actor=actor,
            action=action,
            subject=seat.person,
            jurisdiction_code=seat.area.code,
            role=role,
            details=told,
        )
    )
