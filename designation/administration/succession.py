"""What hangs on a person who leaves, whom each of it would go to, and what these may not take.

Nothing is written here: a page shows it before the press, and ``leaving`` does it.
"""

from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Self

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from designation.site import clock
from designation.site.refusal import Finding

from ..organizations import charges, handover, tenure
from ..organizations.charges import Charge
from ..organizations.handover import Waiting
from ..organizations.models import CODE_DIGITS, Level, Person, Role, Seat, head_of
from ..organizations.roles import ADMINISTRATOR_ROLES
from ..organizations.rules import HeldSeat, seats
from .rules import may_give
from .seating import SeatRefused, refuse_what_cannot_be

# By key of a line who is to take it; None: nobody is.
Successors = Mapping[str, Person | None]


@dataclass(frozen=True, slots=True)
class SeatLine:
    """One seat, what waits in it, who takes it, and what they may not take."""

    seat: Seat
    successor: Person | None
    holds_it: bool
    why_not: str
    waiting: list[Waiting]
    kept_from: list[Waiting]
    others: int

    @property
    def key(self) -> str:
        return f"seat-{self.seat.pk}"

    @property
    def is_taken(self) -> bool:
        return self.successor is not None and not self.why_not

    @property
    def is_left_alone(self) -> bool:
        """Nobody can go on with what waits there."""
        return not self.is_taken and not self.others

    def as_held(self) -> HeldSeat:
        area = self.seat.jurisdiction
        over = head_of(area.code, area.level) if area is not None else ""
        return HeldSeat(Role(self.seat.role), self.seat.organization_id, over)


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """One piece of work that hangs on the name, who takes it, and why they do not."""

    charge: Charge
    successor: Person | None
    why_not: str

    @property
    def key(self) -> str:
        return self.charge.key

    @property
    def is_taken(self) -> bool:
        return self.successor is not None and not self.why_not

    @property
    def is_left_alone(self) -> bool:
        return not self.is_taken


class Succession:
    """Everything that one person hands over; ``chosen`` is by key of a line."""

    def __init__(
        self,
        leaver: Person,
        chosen: Successors,
        *,
        actor: Person,
        last_day: date | None = None,
    ) -> None:
        self.leaver, self.chosen, self.actor, self.last_day = leaver, chosen, actor, last_day

    @classmethod
    def of_nobody(cls, leaver: Person, *, actor: Person) -> Self:
        """Before anybody is chosen."""
        return cls(leaver, {}, actor=actor)

    def given_to(self, chosen: Successors) -> Self:
        """The same with others chosen; what hangs on the leaver is not read again."""
        other = copy(self)
        for name in ("seat_lines", "charge_lines"):
            other.__dict__.pop(name, None)
        other.chosen = chosen
        return other

    @cached_property
    def charges(self) -> list[Charge]:
        return charges.charges_of(self.leaver)

    @cached_property
    def seats(self) -> list[Seat]:
        """The leaver's own, those of days to come too."""
        rows = Seat.objects.own().filter(tenure.not_over(), person=self.leaver)
        return list(
            rows.select_related("person", "organization__jurisdiction", "jurisdiction").order_by(
                "pk"
            )
        )

    @cached_property
    def deputies(self) -> list[Seat]:
        """The deputies' seats that end with the leaver's: of who acts for them, or for whom."""
        theirs = Q(person=self.leaver) | Q(deputy_of__person=self.leaver)
        rows = Seat.objects.filter(tenure.not_over(), theirs, deputy_of__isnull=False)
        columns = ("person", "deputy_of__person", "organization", "jurisdiction")
        return list(rows.select_related(*columns).order_by("pk"))

    @cached_property
    def seat_lines(self) -> list[SeatLine]:
        return [self._seat_line(seat) for seat in self.seats]

    @cached_property
    def charge_lines(self) -> list[ChargeLine]:
        return [self._charge_line(charge) for charge in self.charges]

    @property
    def lines(self) -> list[SeatLine | ChargeLine]:
        return [*self.seat_lines, *self.charge_lines]

    @property
    def left_alone(self) -> list[SeatLine | ChargeLine]:
        """What nobody takes over, or goes on with."""
        return [line for line in self.lines if line.is_left_alone]

    @property
    def successors(self) -> list[Person]:
        """Whoever takes something, each once."""
        taken = (line.successor for line in self.lines if line.is_taken)
        return list({person.pk: person for person in taken if person is not None}.values())

    def said(self) -> dict[str, Any]:
        """What a page shows of it; a form carries its digests."""
        return {
            line.key: [line.successor and line.successor.pk, line.why_not, line.is_left_alone]
            for line in self.lines
        } | {"deputies": [seat.pk for seat in self.deputies]}

    def findings(self) -> Iterator[Finding]:
        """Why the leaver cannot go yet."""
        if self.last_day is not None and self.last_day < clock.today():
            told = _("最后工作日不能早于今天；须立即停用的，请不填。")
            yield Finding("in_the_past", "", told, field="last_day")
        elsewhere = [seat for seat in self.seats if not may_give(self.actor, seat.role, seat.place)]
        for seat in elsewhere:
            told = _("%(place)s的“%(role)s”不由您终止：请先由授予这个岗位的人终止。")
            said = {"place": seat.place.name, "role": seat.get_role_display()}
            yield Finding("seat_elsewhere", "", told % said)
        for line in self.seat_lines:
            if line.seat.role in ADMINISTRATOR_ROLES and line.is_left_alone:
                told = _(
                    "%(place)s没有另一位“%(role)s”：请先选定接替的人，否则今后无人能管理账号。"
                )
                said = {"place": line.seat.place.name, "role": line.seat.get_role_display()}
                yield Finding("last_administrator", "", told % said)

    def _seat_line(self, seat: Seat) -> SeatLine:
        successor, waiting = self.chosen.get(f"seat-{seat.pk}"), handover.waiting_in(seat)
        holds_it = successor is not None and _holds(successor, seat)
        why_not = self._why_not_seated(seat, successor) if successor and not holds_it else ""
        is_taken = successor is not None and not why_not
        return SeatLine(
            seat,
            successor,
            holds_it,
            why_not,
            [one for one in waiting if not one.is_by_name],
            handover.kept_from(seat, successor) if successor and is_taken else [],
            handover.others_beside(seat).values("person").distinct().count(),
        )

    def _why_not_seated(self, seat: Seat, successor: Person) -> str:
        if seat.role not in Role:
            return _("这个角色已不再使用")
        held = Seat.objects.filter(
            tenure.met_by(clock.today(), seat.ends_on), person=successor
        ).values_list("role", flat=True)
        days = (None, seat.ends_on)
        try:
            refuse_what_cannot_be(Role(seat.role), seat.place, held, days, actor=self.actor)
        except SeatRefused as refused:
            return str(refused)
        return ""

    def _charge_line(self, charge: Charge) -> ChargeLine:
        successor = self.chosen.get(charge.key)
        return ChargeLine(charge, successor, self._why_not_theirs(charge, successor))

    def _why_not_theirs(self, charge: Charge, successor: Person | None) -> str:
        """With the seats that they hold, or are to be given here."""
        if successor is None:
            return ""
        given = (
            line.as_held()
            for line in self.seat_lines
            if line.is_taken and line.successor == successor
        )
        if not charge.opens_to((*seats(successor).held, *given)):
            told = _("没有“%(role)s”的岗位，请一并移交这个岗位或者另选一人")
            return charges.why_not(charge, successor) or told % {"role": charge.role.label}
        return charges.why_not(charge, successor)


def _holds(person: Person, seat: Seat) -> bool:
    """Whether the person has the same seat already, and of their own."""
    own = Seat.objects.own().filter(tenure.in_force(), person=person, role=seat.role)
    place = {Role(seat.role).held_in.value: seat.place} if seat.role in Role else {"pk": None}
    return own.filter(**place).exists()


def may_follow(leaver: Person) -> QuerySet[Person]:
    """Whom one may choose from: of the leaver's organizations, or beside them in the county.

    Over an area whoever holds a seat over one of its county, or belongs to an organization there
    at county level.
    """
    held = list(
        Seat.objects.own()
        .filter(tenure.not_over(), person=leaver)
        .select_related("jurisdiction", "organization")
    )
    places = {seat.organization_id for seat in held} | {leaver.home_organization_id}
    organizations = places - {None}
    beside = Q(home_organization__in=organizations) | Q(
        tenure.in_force("seats__"), seats__organization__in=organizations
    )
    for seat in held:
        if seat.jurisdiction is not None:
            around = seat.jurisdiction.code[: CODE_DIGITS[Level.COUNTY]]
            beside |= Q(
                tenure.in_force("seats__"), seats__jurisdiction__code__startswith=around
            ) | Q(
                home_organization__jurisdiction__code__startswith=around,
                home_organization__jurisdiction__level=Level.COUNTY,
            )
    people = Person.objects.filter(beside, is_active=True, last_day__isnull=True)
    rows = people.exclude(pk=leaver.pk).select_related("home_organization__jurisdiction")
    return rows.distinct().order_by("full_name", "pk")
