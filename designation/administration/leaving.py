"""People who leave (离任交接): their work handed over, their seats and their account ended, in one.

Who takes rights away is the security administrator; letting somebody back in stays with the
system administrator. Nothing that the leaver did is rewritten.
"""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from designation.audit.models import WithoutSeat
from designation.site import clock, endings, filling, shown
from designation.site.refusal import Refusal
from designation.site.shown import Seen
from standards.language import of_the_record

from ..accounts import use
from ..accounts.record import record
from ..organizations import charges
from ..organizations.models import Person, Role, Seat
from . import announcements, deputies, seating
from .rules import leaving_role
from .succession import SeatLine, Succession, Successors


@endings.act()
def leave(
    leaver: Person,
    successors: Successors,
    *,
    actor: Person,
    last_day: date | None = None,
    seen: Seen | None = None,
) -> None:
    """Hand over what ``successors`` take, end the seats, and switch the account off.

    With ``last_day``, when it has passed; without one at once, and every session with it.
    ``successors`` is by key of a line of ``Succession``; what the chosen may not take stays. Raises
    Refusal for who may not, while somebody would leave nobody to administer, and when another was
    shown to the actor (``seen``) than what is.
    """
    held = Person.objects.select_for_update(no_key=True).get(pk=leaver.pk)
    role = _role(held, actor)
    plan = Succession(held, successors, actor=actor, last_day=last_day)
    _lock_seats(held)
    filling.refuse(plan.findings())
    if seen is not None and seen.digests != shown.digests(plan.said()):
        told = _("您打开页面后情况有变，已按最新的情况列出。请重新核对，再办理。")
        raise Refusal.because("changed_meanwhile", told)
    for line in plan.seat_lines:
        _hand_over_seat(line, actor=actor)
    for taken in plan.charge_lines:
        if taken.is_taken and taken.successor is not None:
            # Read anew, with the seats just given.
            successor = Person.objects.get(pk=taken.successor.pk)
            charges.hand_over(taken.charge, held, successor, actor=actor)
    for seat in plan.seats:
        seating.end_by(seat, last_day, actor=actor, role=role)
    announcements.left(held, plan.successors, actor=actor, role=role, last_day=last_day)
    _switch_off(held, last_day, actor=actor, role=role)
    record(held, "person.leave", actor=actor, role=role, details=_details(plan))


@endings.act()
def stay(leaver: Person, *, actor: Person) -> None:
    """Take back that somebody leaves, before their last day has passed.

    What was handed over stays so; seats that end with that day are given anew. Raises Refusal.
    """
    held = Person.objects.select_for_update(no_key=True).get(pk=leaver.pk)
    role = leaving_role(actor, held)
    if role is None:
        raise _not_allowed()
    if held.last_day is None or not held.is_active:
        raise Refusal.because("not_leaving", _("此人没有待办的离任，或者账号已经停用。"))
    held.last_day = None
    held.save(update_fields=["last_day"])
    record(held, "person.stay", actor=actor, role=role)


def switch_off_who_left() -> None:
    """Switch off the accounts whose last day has passed. Each in a transaction of its own."""
    gone = Person.objects.filter(is_active=True, last_day__lt=clock.today())
    for pk in list(gone.values_list("pk", flat=True)):
        with endings.act():
            rows = gone.select_for_update(no_key=True, skip_locked=True).filter(pk=pk)
            for person in rows:
                person.is_active = False
                person.save(update_fields=["is_active"])
                record(person, "person.left", actor=None, role=WithoutSeat.SYSTEM)


def may_be_let_go(leaver: Person) -> bool:
    """Whether somebody has to hand over yet; what time switched off was handed to nobody."""
    return leaver.is_active or use.is_switched_off_unused(leaver)


def _role(leaver: Person, actor: Person) -> Role:
    if not may_be_let_go(leaver):
        raise Refusal.because("left_already", _("这个账号已经停用。"))
    role = leaving_role(actor, leaver)
    if role is None:
        raise _not_allowed()
    if leaver.pk == actor.pk:
        told = _("不能办理本人的离任，请由另一位安全管理员办理。")
        raise Refusal.because("oneself", told)
    return role


def _not_allowed() -> Refusal:
    return Refusal.because("not_allowed", _("离任由本辖区的安全管理员办理。"))


def _lock_seats(person: Person) -> None:
    list(Seat.objects.select_for_update(of=("self",)).filter(person=person).order_by("pk"))


def _hand_over_seat(line: SeatLine, *, actor: Person) -> None:
    if line.is_taken and not line.holds_it and line.successor is not None:
        seat = line.seat
        role, days = Role(seat.role), {"ends_on": seat.ends_on}
        if not seat.is_in_force:
            days["starts_on"] = seat.starts_on
        seating.give_seat(line.successor, role, seat.place, actor=actor, **days)


def _switch_off(person: Person, last_day: date | None, *, actor: Person, role: Role) -> None:
    person.last_day, person.unused_off_on = last_day, None
    if last_day is None or not person.is_active:
        person.is_active, person.last_day = False, None
        deputies.end_with_the_account(person, actor=actor, role=role)
    person.save(update_fields=["last_day", "is_active", "unused_off_on"])


@of_the_record()
def _details(plan: Succession) -> dict[str, Any]:
    """Who took what, in the words of the record."""
    taken = [_taken(line) for line in plan.seat_lines if line.is_taken]
    taken += [
        f"{line.charge.what} {line.charge.about} → {line.successor.full_name}"
        for line in plan.charge_lines
        if line.is_taken and line.successor is not None
    ]
    return {"last_day": plan.last_day or clock.today(), "taken": taken}


def _taken(line: SeatLine) -> str:
    successor = line.successor.full_name if line.successor is not None else ""
    return f"{line.seat.get_role_display()} {line.seat.place.name_zh} → {successor}"
