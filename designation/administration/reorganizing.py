"""Recording what became of organizations (机构变更), and all that follows from it, in one act.

What a document says is recorded: the administrator judges of no application and no title. What
becomes of everything is shown before (``outlook``), carried out as it was shown, and refused when
anything of it has changed since.
"""

from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from designation.audit import events
from designation.site import clock, endings
from designation.site.refusal import Finding, Refusal
from designation.site.shown import digest
from standards.language import of_the_record

from ..organizations import succession
from ..organizations.lineage import Fault, Kind, faults
from ..organizations.models import Level, Organization, Person, Reorganization, Role, head_of
from ..organizations.succession import Fate, Proposal
from . import announcements, entering
from .rules import entering_role


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would become of everything, by room, and a digest of it."""

    rooms: list[tuple[str, list[Fate]]]

    @property
    def fates(self) -> list[Fate]:
        return [fate for _title, found in self.rooms for fate in found]

    @property
    def digest(self) -> str:
        return digest(
            [[fate.key, fate.what, [way.value for way in fate.ways]] for fate in self.fates]
        )

    @property
    def waits(self) -> bool:
        return any(fate.waits for fate in self.fates)


def outlook(proposal: Proposal, person: Person) -> Outlook:
    """What recording it would do; nothing is written. Raises Refusal where it cannot be."""
    _role(proposal, person)
    if proposal.kind == Kind.RENAMED:
        _refuse_renaming(proposal, person)
    else:
        _refuse(proposal, person)
    return Outlook(succession.fates(proposal))


def reorganize(
    proposal: Proposal, *, chosen: Mapping[str, str], seen: str, actor: Person
) -> Reorganization:
    """Record it, and what becomes of all that the units hold.

    ``chosen`` are ways by the keys of fates, the first way where none is named; ``seen`` is the
    digest of the outlook that was shown. Raises Refusal where it cannot be, where something must
    be waited for, and where it would not be as it was shown.
    """
    if proposal.kind == Kind.RENAMED:
        return _renamed(proposal, seen, actor)
    with entering.second_ones_told(), endings.act():
        proposal = _held(proposal)
        role = _role(proposal, actor)
        _refuse(proposal, actor)
        shown = Outlook(succession.fates(proposal))
        _refuse_what_is_not_as_seen(shown, seen)
        ways = dict(_ways(shown, chosen))
        people = _concerned(proposal)
        with of_the_record():
            return _carry(proposal, ways, people, actor, role)


def _carry(
    proposal: Proposal, ways: Mapping[str, str], people: list[int], actor: Person, role: Role
) -> Reorganization:
    names = {one.pk: one.name_zh for one in (*proposal.before, *proposal.after) if one.pk}
    sentence = proposal.sentence
    for unit in proposal.gone:
        unit.is_active = False
        unit.save(update_fields=["is_active"])
    after = tuple(_entered(one, proposal, actor) for one in proposal.after)
    proposal = replace(proposal, after=after, said=sentence)
    row = succession.record(proposal, actor=actor, names=names)
    succession.carry(succession.Done(row, proposal, actor, role, ways))
    announcements.reorganized(row, proposal, people=people, actor=actor, role=role)
    events.append(
        events.Entry(
            actor=actor,
            action=f"organization.{proposal.kind}",
            subject=proposal.before[0],
            jurisdiction_code=proposal.before[0].jurisdiction.code,
            role=role,
            details={
                "reason": proposal.basis,
                "effective_on": proposal.on,
                "document_number": proposal.document.number,
            },
        )
    )
    return row


def _entered(unit: Organization, proposal: Proposal, actor: Person) -> Organization:
    """A unit of those there will be, saved: a new one entered, beside or below what is left."""
    gone = {one.pk for one in proposal.gone}
    superior = unit.superior
    while superior is not None and superior.pk in gone:
        superior = superior.superior
    if unit.pk is None:
        values = _values(unit) | {"superior": superior}
        return entering.add(Organization, values, actor=actor)  # type: ignore[return-value]
    if superior != unit.superior:
        unit.superior = superior
        unit.save(update_fields=["superior"])
    return unit


def _values(unit: Organization) -> dict[str, Any]:
    columns = ("name_zh", "category", "body_kind", "jurisdiction", "superior")
    return {name: getattr(unit, name) for name in columns}


def _refuse_renaming(proposal: Proposal, actor: Person) -> None:
    unit, renamed = copy(proposal.before[0]), proposal.after[0]
    if unit.name_zh == renamed.name_zh:
        told = _("新名称与现在的名称相同，请核对。")
        raise Refusal([Finding("same_name", "", told, field="after")])
    try:
        entering.proposed_change(
            unit, {"name_zh": renamed.name_zh}, renamed_on=proposal.on, actor=actor
        )
    except Refusal as refused:
        raise Refusal(_at_our_fields(refused)) from refused


def _renamed(proposal: Proposal, seen: str, actor: Person) -> Reorganization:
    """As on the page of the organization itself, with its document."""
    unit = proposal.before[0]
    with entering.second_ones_told(), endings.act():
        proposal = replace(proposal, before=_held(replace(proposal, after=())).before)
        _refuse_renaming(proposal, actor)
        _refuse_what_is_not_as_seen(Outlook(succession.fates(proposal)), seen)
        entering.change(
            unit,
            {"name_zh": proposal.after[0].name_zh},
            renamed_on=proposal.on,
            document=proposal.document,
            actor=actor,
        )
    return unit.reorganized.latest("pk").reorganization


def _held(proposal: Proposal) -> Proposal:
    """The same with its units as they are on record, held in one order to the end.

    What of them is acted on by itself is held before: nothing of it is another than was shown.
    """
    succession.hold((*proposal.before, *proposal.after))
    keys = {one.pk for one in (*proposal.before, *proposal.after) if one.pk}
    rows = Organization.objects.select_related("jurisdiction", "superior__superior")
    held = {one.pk: one for one in rows.filter(pk__in=keys).order_by("pk")}
    return replace(
        proposal,
        before=tuple(held[one.pk] for one in proposal.before),
        after=tuple(held.get(one.pk, one) for one in proposal.after),
    )


def _role(proposal: Proposal, actor: Person) -> Role:
    """The role in which the actor enters every one of the units."""
    roles = {entering_role(actor, one) for one in (*proposal.before, *proposal.after)}
    if None in roles:
        told = _("只有这些组织所在辖区的系统管理员可以登记机构变更。")
        raise Refusal.because("not_allowed", told)
    return Role.SYSTEM_ADMINISTRATOR


def _refuse(proposal: Proposal, actor: Person) -> None:
    if found := list(_faults(proposal, actor)):
        raise Refusal(found)


def _faults(proposal: Proposal, actor: Person) -> Iterator[Finding]:
    """Of the change as such, then of what is entered by it."""
    found = list(_faults_of_change(proposal))
    yield from found
    if found:
        return
    try:
        for unit in proposal.after:
            if unit.pk is None:
                entering.proposed(Organization, _values(unit), actor=actor)
    except Refusal as refused:
        yield from _at_our_fields(refused)


# By the field of what is entered, the one of ours in which it was typed.
_OUR_FIELDS = {"name_zh": "after", "renamed_on": "on"}


def _at_our_fields(refused: Refusal) -> list[Finding]:
    return [replace(one, field=_OUR_FIELDS.get(one.field, "after")) for one in refused.findings]


def _faults_of_change(proposal: Proposal) -> Iterator[Finding]:
    keys = [one.pk for one in (*proposal.before, *proposal.after) if one.pk]
    words = {
        Fault.IN_FUTURE: ("on", _("生效日期不能晚于今天；以后生效的，到生效之日再登记。")),
        Fault.WITH_ITSELF: ("after", _("不能与自己合并，请写另一个单位。")),
        Fault.TOO_FEW: ("after", _("分立后至少有两个单位，请一行写一个。")),
        Fault.GONE_ALREADY: ("after", _("其中有单位已经合并、分立或者撤销，请写它现在的单位。")),
        Fault.BEFORE_ITS_LAST: (
            "on",
            _("其中有单位在这一天以后才设立或者变更过，请核对生效日期。"),
        ),
    }
    for fault in faults(proposal.change, succession.changes_of(keys), today=clock.today()):
        field, told = words[fault]
        yield Finding(fault.value, "", told, field=field)
    counties = {
        head_of(one.jurisdiction.code, Level.COUNTY) for one in (*proposal.before, *proposal.after)
    }
    if len(counties) > 1:
        told = _("这些单位不在同一个县，不能一起变更，请核对。")
        yield Finding("elsewhere", "", told, field="after")


def _refuse_what_is_not_as_seen(shown: Outlook, seen: str) -> None:
    if shown.waits:
        told = _("还有必须先办完的事，现在不能登记，请看下面的清单。")
        raise Refusal.because("must_wait", told)
    if shown.digest != seen:
        told = _(
            "您打开这一页以后，有关的申报、称号、岗位或者材料有了变化。请按下面的最新清单核对，再确认。"
        )
        raise Refusal.because("overtaken", told)


def _ways(shown: Outlook, chosen: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for fate in shown.fates:
        values = [way.value for way in fate.ways]
        way = chosen.get(fate.key, values[0] if values else "")
        if values and way not in values:
            raise Refusal([Finding("no_way", "", _("请从列出的办法中选一个。"), field=fate.key)])
        yield fate.key, way


def _concerned(proposal: Proposal) -> list[int]:
    """Whoever holds a seat in one of the units, before any seat ends."""
    keys = [one.pk for one in (*proposal.before, *proposal.after) if one.pk]
    seated = Person.objects.filter(
        seats__organization__in=keys, seats__ended_at__isnull=True, is_active=True
    )
    return sorted(set(seated.values_list("pk", flat=True)))
