"""Accounts that nobody uses (久未登录): told of, switched off by time, and switched on again.

Nothing but the account is touched: seats, drafts and history stay, and what waited is found where
it is found of anybody who cannot act. The last administrator of a kind stays: an area that nobody
administers could switch nobody on again.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from designation.audit.models import WithoutSeat
from designation.site import clock, endings, filling
from designation.site.reasons import LEAST_REASON
from designation.site.refusal import Finding, Refusal

from ..accounts import use
from ..accounts.record import record
from ..accounts.use import UNUSED_AFTER
from ..organizations.models import Level, Person, Role, Seat, head_of
from ..organizations.roles import ADMINISTRATOR_ROLES
from ..organizations.scoping import Administered, area_code
from . import announcements
from .rules import leaving_role

# Our default: who is to be switched off is told so many days before, never fewer.
TOLD_BEFORE = timedelta(days=14)


def goes_off_on(person: Person) -> date:
    """The day on which an account is switched off that nobody signs in with until then."""
    told = person.unused_told_on or clock.today()
    return max(person.used_on + UNUSED_AFTER, told + TOLD_BEFORE)


def listed(actor: Person) -> QuerySet[Person]:
    """Those of the actor's area who are soon to be switched off, and who were.

    Raises Http404 for who is no security administrator.
    """
    return own_people(actor).filter(_due() | Q(is_active=False, unused_off_on__isnull=False))


def own_people(actor: Person) -> QuerySet[Person]:
    """Whom the actor may switch on again, once time has switched them off. Raises Http404."""
    return Administered(actor, Role.SECURITY_ADMINISTRATOR).own_people()


def _due() -> Q:
    return Q(is_active=True, used_on__lte=clock.today() - UNUSED_AFTER + TOLD_BEFORE)


def last_administrators(people: Iterable[Person]) -> set[int]:
    """The keys of those without whom an area would lack one of its administrators.

    Two statements, whatever the number.
    """
    theirs = list(_administering().filter(person__in=list(people)))
    held = defaultdict(set)
    for seat in _administering().filter(jurisdiction__in={one.jurisdiction_id for one in theirs}):
        held[seat.role, seat.jurisdiction_id].add(seat.person_id)
    return {one.person_id for one in theirs if len(held[one.role, one.jurisdiction_id]) == 1}


def _administering() -> QuerySet[Seat]:
    rows = Seat.objects.own().in_force().filter(role__in=list(ADMINISTRATOR_ROLES))
    return rows.filter(person__is_active=True)


def look() -> None:
    """Once a day: tell who is soon to be switched off, and switch off who was told in time.

    A transaction for each county; it may run twice, or be killed.
    """
    by_county = defaultdict(set)
    places = ("home_organization__jurisdiction", "jurisdiction")
    for person in Person.objects.filter(_due()).select_related(*places):
        # Who belongs nowhere can do nothing, and nobody looks after them.
        if code := area_code(person):
            by_county[head_of(code, Level.COUNTY)].add(person.pk)
    for county, keys in by_county.items():
        with endings.act():
            _look_after(county, keys)


def _look_after(county: str, keys: Collection[int]) -> None:
    soon, off = [], []
    for person in Person.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"):
        if person.used_on > clock.today() - UNUSED_AFTER + TOLD_BEFORE:
            continue
        # Asked one by one: who goes first leaves the next one as the last.
        if last_administrators([person]):
            continue
        if person.unused_told_on is None:
            _tell(person)
            soon.append(person)
        elif goes_off_on(person) <= clock.today():
            _switch_off(person)
            off.append(person)
    if soon or off:
        announcements.unused_in(county, soon=len(soon), off=len(off))


def _tell(person: Person) -> None:
    person.unused_told_on = clock.today()
    person.save(update_fields=["unused_told_on"])
    announcements.unused_soon(person, goes_off_on(person))
    _record_by_time(person, "person.unused_soon", {"goes_off_on": goes_off_on(person)})


def _switch_off(person: Person) -> None:
    person.is_active, person.unused_off_on = False, clock.today()
    person.save(update_fields=["is_active", "unused_off_on"])
    _record_by_time(person, "person.unused_off", _changed(person) | {"used_on": person.used_on})


def _changed(person: Person) -> dict[str, object]:
    switched = (not person.is_active, person.is_active)
    return {"changed": filling.in_words(person, {"is_active": switched})}


@endings.act()
def switch_on(person: Person, *, reason: str, actor: Person) -> None:
    """Let in again who was switched off by time; counted anew from today. Raises Refusal."""
    held = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    role = leaving_role(actor, held)
    if role is None:
        raise Refusal.because("not_allowed", _("账号由本辖区的安全管理员重新启用。"))
    if not use.is_switched_off_unused(held):
        told = _("这个账号不是因久未登录停用的，或者已经重新启用，请看现在的列表。")
        raise Refusal.because("not_switched_off", told)
    if len(reason.strip()) < LEAST_REASON:
        told = _("请写明理由，不少于 %(count)s 个字。") % {"count": LEAST_REASON}
        raise Refusal([Finding("reason_too_short", "", told, field="reason")])
    held.is_active, held.unused_off_on = True, None
    use.count_anew(held)
    held.save(update_fields=["is_active", "unused_off_on", "used_on", "unused_told_on"])
    details = _changed(held) | {"reason": reason.strip()}
    announcements.switched_on(held, reason.strip(), actor=actor, role=role)
    record(held, "person.unused_on", actor=actor, role=role, details=details)


def _record_by_time(person: Person, action: str, details: dict[str, object]) -> None:
    record(person, action, actor=None, role=WithoutSeat.SYSTEM, details=details)
