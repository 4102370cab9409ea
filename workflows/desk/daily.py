"""The list of each morning: what stands still for want of people, and whom nothing reaches.

Whoever coordinates sees the cases; administrators, who see no case, the seats for want of which
they stand. A fixed number of statements, whatever there is to be listed.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import time
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from designation.announcements.happened import Event, tell
from designation.audit import events
from designation.audit.models import AuditEvent, WithoutSeat
from designation.organizations.models import Jurisdiction, Level, Organization, Person, Role
from designation.organizations.reach import BOUNCED, unreached
from designation.organizations.rules import seats
from designation.organizations.scoping import Administered
from designation.organizations.tenure import in_force
from designation.site import clock, endings

from .announcements import READERS, TOLD
from .orphans import Orphan, Within, orphans, orphans_of, vacant_cases, vacant_steps

_ADMINISTRATORS = READERS[1:]
# Our default: before the offices open; who was down then tells by noon, or the next day.
_FROM, _UNTIL = time(7, 30), time(12)
# Longer lists say how many more there are: what is mended makes room for the next.
MOST = 50


@dataclass(frozen=True, slots=True)
class Gap:
    """A seat for want of which work stands still: of which role, where, and how much."""

    role: str
    place: str
    count: int
    organization_id: int | None = None

    @property
    def label(self) -> str:
        return str(Role(self.role).label) if self.role in Role else self.role

    @property
    def asks_for(self) -> str:
        """What the page that gives a seat is to fill in, as its address says it."""
        place = {"organization": self.organization_id} if self.organization_id else {}
        return urlencode({"role": self.role} | place)

    @property
    def is_filled_by_a_seat(self) -> bool:
        """A verifier is replaced on the team, by the coordinator."""
        return self.role != Role.VERIFIER


@dataclass(frozen=True, slots=True)
class Daily:
    """What one person reads of a morning; ``still`` and ``unreached`` count all there is."""

    still: int
    orphans: list[Orphan]
    gaps: list[Gap]
    unreached: int
    people: list[Any]


def daily(person: Person) -> Daily:
    """What the person is to see to. Raises Http404 for whom it is not."""
    if not seats(person).roles & {*READERS}:
        raise Http404
    people = unreached(Administered(person, *READERS).people()).order_by("pk")
    coordinates = seats(person).is_county_coordinator
    gaps = [] if coordinates else _gaps(_administered_by(person))
    cases, steps = orphans_of(person)
    return Daily(
        still=cases.count() + steps.count() if coordinates else sum(gap.count for gap in gaps),
        orphans=orphans(person, MOST),
        gaps=gaps[:MOST],
        unreached=people.count(),
        people=list(people[:MOST]),
    )


def _administered_by(person: Person) -> Within:
    return lambda path: seats(person).within(path, *_ADMINISTRATORS)


def _gaps(within: Within) -> list[Gap]:
    """By role and place, those with the most work first."""
    rows = vacant_cases(within).order_by().values("holder_role", "holder_organization")
    counted = list(rows.annotate(count=Count("pk")))
    names = Organization.objects.in_bulk({row["holder_organization"] for row in counted} - {None})
    found = [_gap(row, names.get(row["holder_organization"])) for row in counted]
    steps = Counter(role for _key, _name, role, _page in vacant_steps(within))
    found += [Gap(role, "", count) for role, count in steps.items()]
    return sorted(found, key=lambda gap: (-gap.count, gap.role, gap.place))


def _gap(row: dict[str, Any], place: Organization | None) -> Gap:
    name = place.name if place is not None else ""
    return Gap(row["holder_role"], name, row["count"], row["holder_organization"])


def tell_each_morning() -> None:
    """Tell of each county, once a day, where there is anything to tell. May run again at will."""
    now = clock.now().astimezone(clock.SHANGHAI)
    if not _FROM <= now.time() < _UNTIL:
        return
    for pk in list(_counties().values_list("pk", flat=True)):
        with endings.act():
            rows = Jurisdiction.objects.select_for_update(of=("self",), skip_locked=True)
            for area in rows.filter(pk=pk):
                _tell_of(area)


def _counties() -> QuerySet[Jurisdiction]:
    """Those with somebody who reads it."""
    read = Q(in_force("seats__"), seats__role__in=READERS, seats__person__is_active=True)
    return Jurisdiction.objects.filter(read, level=Level.COUNTY).distinct().order_by("pk")


def _tell_of(area: Jurisdiction) -> None:
    if _is_told(area):
        return
    still, lost = still_in(area), unreached(_people_of(area)).count()
    if not still and not lost:
        return
    counts = {"still": still, "unreached": lost}
    tell(
        Event(
            action=TOLD,
            subject=area,
            jurisdiction_code=area.code,
            actor=None,
            role=WithoutSeat.SYSTEM,
            said={"place": area.name_zh, **{name: str(count) for name, count in counts.items()}},
            at=clock.now(),
        )
    )
    events.append(
        events.Entry(
            actor=None,
            action=TOLD,
            subject=area,
            jurisdiction_code=area.code,
            role=WithoutSeat.SYSTEM,
            details=counts,
        )
    )


def _is_told(area: Jurisdiction) -> bool:
    """Whether it was told today: the log says so."""
    told = AuditEvent.objects.filter(
        subject_type=Jurisdiction._meta.label_lower,  # noqa: SLF001 - Django's public name for it
        subject_id=str(area.pk),
        action=TOLD,
    )
    last = told.order_by("-sequence").values_list("at", flat=True).first()
    return last is not None and last.astimezone(clock.SHANGHAI).date() >= clock.today()


def still_in(area: Jurisdiction) -> int:
    """How much stands still in an area."""

    def within(path: str) -> Q:
        return Q(**{f"{path}__startswith": area.prefix})

    return vacant_cases(within).count() + vacant_steps(within).count()


def _people_of(area: Jurisdiction) -> QuerySet[Person]:
    held = Q(in_force("seats__"), seats__jurisdiction__code__startswith=area.prefix) | Q(
        in_force("seats__"), seats__organization__jurisdiction__code__startswith=area.prefix
    )
    return Person.objects.filter(held).distinct()


def advice(why: str) -> str:
    """What is done about somebody whom nothing reaches."""
    if why == BOUNCED:
        return _("最近一封邮件没有送到：请本人在“个人设置”中改正邮箱，急事请打电话。")
    return _("没有邮箱，收到消息后一周没有登录：请录入邮箱，或者打电话请其登录。")
