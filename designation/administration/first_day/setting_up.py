"""A county and its three administrators, all of it or nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from designation.audit import events
from designation.audit.models import WithoutSeat
from designation.site import clock, endings, filling, origin
from designation.site.refusal import Finding, Refusal

from ...accounts import password_links, slips_pdf
from ...accounts.slips import Slip
from ...organizations.divisions import code_above
from ...organizations.models import Jurisdiction, Level, Person, Role, Seat
from .. import entering, seating
from ..models import FirstDayLink
from . import conditions, links

# In this order they are asked for and shown.
ADMINISTRATORS = (
    Role.SYSTEM_ADMINISTRATOR,
    Role.SECURITY_ADMINISTRATOR,
    Role.AUDIT_ADMINISTRATOR,
)
COUNTY = ("name_zh", "code")
PERSON = ("full_name", "username", "email")


@dataclass(frozen=True, slots=True)
class _Rows:
    """What will be saved, each row with what of it was filled in."""

    county: Jurisdiction
    people: Mapping[Role, Person]


def field_of(role: Role, column: str) -> str:
    """Where a finding about an administrator's column is told."""
    return f"{role}-{column}"


def set_up(
    token_hash: str, county: Mapping[str, str], administrators: Mapping[Role, Mapping[str, str]]
) -> Jurisdiction:
    """Enter the county and its administrators, and use the link up.

    ``county`` by column (``COUNTY``), ``administrators`` by role and column (``PERSON``). The link
    is the right: nobody who acts has an account yet. Raises Refusal with a finding for each value
    that cannot be, and for a link that is over; Overtaken as ``entering.add``.
    """
    with entering.second_ones_told(), endings.act():
        link = links.hold(token_hash)
        rows = _proposed(county, administrators)
        _save(rows)
        link.used_at, link.county = clock.now(), rows.county
        link.save(update_fields=["used_at", "county"])
        return rows.county


def _proposed(county: Mapping[str, str], administrators: Mapping[Role, Mapping[str, str]]) -> _Rows:
    found: list[Finding] = []
    area = Jurisdiction(level=Level.COUNTY)
    found += _filled(area, county, COUNTY)
    people: dict[Role, Person] = {}
    for role in ADMINISTRATORS:
        people[role] = Person()
        own = _filled(people[role], administrators[role], PERSON)
        found += [replace(finding, field=field_of(role, finding.field)) for finding in own]
    found += _beyond(found, area, people)
    filling.refuse(found)
    area.parent = Jurisdiction.objects.filter(code=code_above(area.code)).first()
    return _Rows(conditions.standing(area) or area, people)


def _filled(
    row: models.Model, values: Mapping[str, str], columns: tuple[str, ...]
) -> list[Finding]:
    filled = filling.fill(row, values, columns=columns)
    return list(filling.all_of(filled, row, columns=columns))


def _beyond(
    found: list[Finding], area: Jurisdiction, people: Mapping[Role, Person]
) -> Iterator[Finding]:
    """What is asked of several values together, where each is one."""
    faulty = {finding.field for finding in found}
    if faulty.isdisjoint(COUNTY):
        yield from conditions.of_county(area)
    before: list[Person] = []
    for role, person in people.items():
        for finding in conditions.of_administrator(person, before):
            if field_of(role, finding.field) not in faulty:
                yield replace(finding, field=field_of(role, finding.field))
        before.append(person)


def _save(rows: _Rows) -> None:
    if rows.county.pk is None:
        rows.county.save()
        _record("jurisdiction.add", rows.county, rows.county, COUNTY)
    for role, person in rows.people.items():
        person.jurisdiction = rows.county
        person.set_unusable_password()
        person.save()
        _record("person.add", person, rows.county, PERSON)
        seating.give_seat(person, role, rows.county, actor=None)


def _record(
    action: str, subject: models.Model, area: Jurisdiction, columns: tuple[str, ...]
) -> None:
    """By nobody with an account; the address it came from is written down all the same."""
    events.append(
        events.Entry(
            actor=None,
            action=action,
            subject=subject,
            jurisdiction_code=area.code,
            role=WithoutSeat.SYSTEM,
            details={"changed": list(columns)},
            origin=origin.here(),
        )
    )


@endings.act()
def slips(token_hash: str) -> list[Slip]:
    """The password links of those administrators who have not set a password yet.

    For the press that set the county up, and for the same press sent again because its answer was
    lost; each time new ones, which end those before. Raises Refusal once the link's day is over.
    """
    return [
        Slip.of(seat.person, password_links.make_first(seat.person), what=Role(seat.role).label)
        for seat in _given(FirstDayLink.objects.select_for_update(), token_hash)
        if not seat.person.has_usable_password()
    ]


def slips_shown(token_hash: str, paths: Sequence[str]) -> list[Slip]:
    """The slips of the addresses that the page shows, for their file; it makes no link.

    Raises Refusal once the link's day is over, and for what is no link of these administrators.
    """
    given = _given(FirstDayLink.objects.all(), token_hash)
    labels = {seat.person_id: str(Role(seat.role).label) for seat in given}
    return slips_pdf.of_administrators(paths, labels)


def _given(links: QuerySet[FirstDayLink], token_hash: str) -> list[Seat]:
    """The seats that were given through the link, while its day lasts; else Refusal."""
    link = links.filter(token_hash=token_hash).first()
    if link is None or link.used_at is None or clock.system_now() >= link.ends_at:
        raise Refusal.because("link_is_over", _("密码链接已经给出过，不能再显示。"))
    given = Seat.objects.in_force().filter(
        jurisdiction=link.county, role__in=ADMINISTRATORS, begun_at__lte=link.used_at
    )
    return sorted(given.select_related("person"), key=lambda seat: _place(seat.role))


def _place(role: str) -> int:
    return ADMINISTRATORS.index(Role(role))
