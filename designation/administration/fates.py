"""What becomes of seats, people and subordinate organizations when theirs is reorganized."""

from collections.abc import Iterator
from functools import partial

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..organizations import tenure
from ..organizations.models import Organization, Person, Role, Seat
from ..organizations.roles import Office
from ..organizations.succession import END, STAY, Done, Fate, Proposal, Room, Way, ways_to_units
from . import seating

_HOMES, _SUBORDINATES = "homes", "subordinates"


def _seats(proposal: Proposal) -> QuerySet[Seat]:
    """Those in what passes on, without the deputies', which end with them."""
    rows = Seat.objects.own().filter(tenure.not_over(), organization__in=_keys(proposal))
    return rows.select_related("person", "organization").order_by("pk")


def _homes(proposal: Proposal) -> QuerySet[Person]:
    return Person.objects.filter(home_organization__in=_keys(proposal))


def _subordinates(proposal: Proposal) -> QuerySet[Organization]:
    rows = Organization.objects.filter(superior__in=_keys(proposal), is_active=True)
    return rows.exclude(pk__in=_keys(proposal))


def _keys(proposal: Proposal) -> list[int]:
    return [one.pk for one in proposal.sources]


def seats_told(proposal: Proposal) -> Iterator[Fate]:
    """Whoever fills in or answers for a unit goes on where that is wanted, else the seat ends.

    A unit that has its head keeps that one, unless it is said otherwise.
    """
    ends = Way(END, _("岗位终止"))
    held = _held_in(proposal)
    headed = {place for _who, place, role in held if role == Role.HEAD}
    for seat in _seats(proposal):
        ways = ways_to_units(
            proposal,
            _("转到“%(unit)s”"),
            stays=_("留在“%(unit)s”"),
            fits=partial(_fits, seat, held),
        )
        keeps_its_head = seat.role == Role.HEAD and bool(headed)
        what = f"{seat.person.full_name} · {seat.organization} · {seat.get_role_display()}"
        ordered = [ends, *ways] if keeps_its_head else [*ways, ends]
        yield Fate(_key(seat), what, tuple(ordered))


def _held_in(proposal: Proposal) -> set[tuple[int, int | None, str]]:
    places = [one for one in proposal.after if one.pk and one not in proposal.before]
    rows = Seat.objects.filter(tenure.not_over(), organization__in=places)
    return set(rows.values_list("person", "organization", "role"))


def _fits(seat: Seat, held: set[tuple[int, int | None, str]], unit: Organization) -> bool:
    """A role of an applicant in what applies, one of a body in a body; and held once."""
    applies = Role(seat.role).office == Office.APPLICANT if seat.role in Role else False
    right_place = bool(unit.category) if applies else bool(unit.body_kind)
    return right_place and (seat.person_id, unit.pk, seat.role) not in held


def _key(seat: Seat) -> str:
    return f"seat-{seat.pk}"


def carry_seats(done: Done) -> None:
    for seat in list(_seats(done.proposal).select_for_update(of=("self",))):
        unit = done.unit(_key(seat))
        if unit is not None and unit.pk == seat.organization_id:
            continue
        if unit is None:
            seating.end_with_its_place(seat, actor=done.actor, role=done.role)
        else:
            seating.pass_on(seat, unit, actor=done.actor, role=done.role)


def people_told(proposal: Proposal) -> Iterator[Fate]:
    count = _homes(proposal).count()
    if not count:
        return
    stays = Way(STAY, _("工作单位不改，以后在“人员”中逐人修改"))
    ways = ways_to_units(proposal, _("工作单位改为“%(unit)s”"), stays=_("工作单位不变"))
    what = ngettext("%(count)s 名工作人员", "%(count)s 名工作人员", count) % {"count": count}
    yield Fate(_HOMES, what, tuple(ways if len(ways) == 1 else [*ways, stays]))


def carry_people(done: Done) -> None:
    unit = done.unit(_HOMES)
    if unit is not None:
        _homes(done.proposal).update(home_organization=unit)


def subordinates_told(proposal: Proposal) -> Iterator[Fate]:
    count = _subordinates(proposal).count()
    if not count:
        return
    ways = ways_to_units(proposal, _("上级党组织改为“%(unit)s”"), stays=_("上级党组织不变"))
    above = proposal.before[0].superior
    if not ways and above is not None:
        ways = [Way(END, _("上级党组织改为“%(unit)s”") % {"unit": above.name_zh})]
    what = ngettext("%(count)s 个下级组织", "%(count)s 个下级组织", count) % {"count": count}
    wanting = "" if ways else _("还有下级组织，请先在“组织”中改好它们的上级党组织。")
    yield Fate(_SUBORDINATES, what, tuple(ways), waits=wanting)


def carry_subordinates(done: Done) -> None:
    above = done.unit(_SUBORDINATES) or done.proposal.before[0].superior
    if done.way(_SUBORDINATES) and above is not None:
        _subordinates(done.proposal).exclude(pk=above.pk).update(superior=above)


ROOMS = {
    "seats": Room(30, gettext_lazy("岗位"), seats_told, carry_seats),
    "people": Room(40, gettext_lazy("人员"), people_told, carry_people),
    "subordinates": Room(50, gettext_lazy("下级组织"), subordinates_told, carry_subordinates),
}
