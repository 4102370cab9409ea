"""What an administrator enters of areas, organizations and people: saved, and on record.

``add`` and ``change`` take plain values by column; a page, an import and an API call the same.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from datetime import date
from typing import Any

from django.db import IntegrityError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from designation.audit import events
from designation.site import clock, endings, filling
from designation.site.filling import Filled
from designation.site.refusal import Finding, Refusal
from standards.language import of_the_record

from ..accounts import use
from ..organizations import handover, names, succession
from ..organizations.divisions import code_above, level_of
from ..organizations.lineage import Kind
from ..organizations.models import Jurisdiction, Organization, Person, Role
from ..organizations.rules import seats
from ..organizations.scoping import Administered, area_code
from . import conditions, deputies
from .rules import Entered, entering_role

COLUMNS: dict[type[Entered], tuple[str, ...]] = {
    Jurisdiction: ("code", "name_zh", "name_en"),
    Organization: (
        "name_zh",
        "name_en",
        "category",
        "body_kind",
        "jurisdiction",
        "superior",
        "is_active",
    ),
    Person: ("username", "full_name", "email", "home_organization", "language", "is_active"),
}
# By which the place of a row is read with it.
_PLACE: dict[type[Entered], tuple[str, ...]] = {
    Jurisdiction: (),
    Organization: ("jurisdiction",),
    Person: ("home_organization__jurisdiction", "jurisdiction"),
}


class Overtaken(Refusal):
    """Another row was saved meanwhile that this one must not equal."""


def add(kind: type[Entered], values: Mapping[str, Any], *, actor: Person) -> Entered:
    """Enter a new area, organization or person: ``values`` by column (``COLUMNS``), one event.

    Raises Refusal with a finding for each value that cannot be, and for who does not enter it
    where it will stand; Overtaken where the database refuses a second one. The area of a new
    person is the actor's own; level and superior of a new area follow from its code.
    """
    with second_ones_told(), endings.act():
        row, filled, role = proposed(kind, values, actor=actor)
        row.save()
        _record(row, "add", {"changed": list(filled.changes)}, actor=actor, role=role)
        return row


def proposed(
    kind: type[Entered], values: Mapping[str, Any], *, actor: Person
) -> tuple[Entered, Filled, Role]:
    """The row as ``add`` would save it; nothing is saved. Raises Refusal as ``add``.

    What it stands in or below may itself be a row that is not saved yet.
    """
    if not seats(actor).is_system_administrator:
        raise _not_allowed()
    row = kind()
    filled = filling.fill(row, values, columns=COLUMNS[kind])
    filling.refuse(filling.all_of(filled, row, columns=COLUMNS[kind]))
    _place(row, actor)
    role = _role(row, actor)
    filling.refuse(_faults(row, filled, actor))
    return row, filled, role


def change(
    row: Entered,
    values: Mapping[str, Any],
    *,
    actor: Person,
    before: Mapping[str, Any] | None = None,
    renamed_on: date | None = None,
    document: succession.Document = succession.NO_DOCUMENT,
    leaving: bool = False,
) -> Entered:
    """Change what ``values`` name of a row that is held from here on; where nothing does, nothing.

    ``before`` is what the actor read in these columns: what another has changed since is refused.
    Where the name is another, it is a renaming: the former one is kept until ``renamed_on``, from
    which day, today where none is named, the new one holds; ``document`` is what it rests on, if
    anything. ``leaving`` says that a person is
    switched off although work waits in their seats. Raises Refusal as ``add``, also for who does
    not enter the row where it stands.
    """
    with second_ones_told(), endings.act():
        held = _held(row)
        _role(held, actor)
        former = names.borne(held)
        filling.refuse(filling.overtaken(held, before))
        filled, role = proposed_change(
            held, values, renamed_on=renamed_on, leaving=leaving, actor=actor
        )
        if not filled.changes:
            return held
        if isinstance(held, Person) and "is_active" in filled:
            # Let in again, or out by hand: the day on which they were to leave is past.
            held.last_day = held.unused_off_on = None
            use.count_anew(held)
        held.save()
        act, details = "edit", _told(held, filled)
        if names.borne(held)[0] != former[0]:
            on = renamed_on or clock.today()
            names.keep(held, former, on=on, actor=actor)
            act, details = "rename", details | {"renamed_on": on}
            if isinstance(held, Organization):
                _carry_renaming(held, former[0], on=on, document=document, actor=actor, role=role)
        _record(held, act, details, actor=actor, role=role)
        if isinstance(held, Person) and not held.is_active:
            deputies.end_with_the_account(held, actor=actor, role=role)
        return held


def proposed_change(
    held: Any,
    values: Mapping[str, Any],
    *,
    actor: Person,
    renamed_on: date | None = None,
    leaving: bool = False,
) -> tuple[Filled, Role]:
    """What ``change`` would do to ``held``, which has the values then; nothing is saved.

    Raises Refusal as ``change``.
    """
    _role(held, actor)
    former = names.borne(held)[0]
    filled = filling.fill(held, values, columns=COLUMNS[type(held)])
    filling.refuse([*filled.findings, *_faults_of_code(filled)])
    role = _role(held, actor)
    found = [*_faults(held, filled, actor), *_faults_of_change(held, filled, leaving=leaving)]
    if names.borne(held)[0] != former:
        found += conditions.of_renaming(held, renamed_on)
    filling.refuse(found)
    return filled, role


def _carry_renaming(
    held: Organization,
    former: str,
    *,
    on: date,
    document: succession.Document,
    actor: Person,
    role: Role,
) -> None:
    """A new name is one of the things that may become of an organization: recorded as they are."""
    with of_the_record():
        then = copy(held)
        then.name_zh = former
        proposal = succession.Proposal(Kind.RENAMED, on, (then,), (held,), document)
        row = succession.record(proposal, actor=actor, names={held.pk: former})
        succession.carry(succession.Done(row, proposal, actor, role))


@contextmanager
def second_ones_told() -> Iterator[None]:
    """Around a transaction: raises Overtaken where the database refuses a second row."""
    try:
        yield
    except IntegrityError as error:
        raise Overtaken.because(
            "overtaken", _("他人刚刚录入了名称、代码或账号相同的一条，请核对后再保存。")
        ) from error


def _held(row: Entered) -> Any:
    """The row as it is on record, held to the end of the transaction, with its place.

    Of an organization also what a new name is written into, before it: in one order with others.
    """
    if isinstance(row, Organization):
        succession.hold([row])
    rows = type(row).objects.select_for_update(of=("self",)).select_related(*_PLACE[type(row)])
    return rows.get(pk=row.pk)


def _place(row: Entered, actor: Person) -> None:
    """What a new row's place follows from. Raises Refusal for an area outside the actor's."""
    mine = Administered(actor, Role.SYSTEM_ADMINISTRATOR)
    if isinstance(row, Jurisdiction):
        row.parent = mine.jurisdictions().filter(code=code_above(row.code)).first()
        filling.refuse(conditions.of_code(row.code, row.parent))
        row.level = str(level_of(row.code))
    elif isinstance(row, Person):
        row.jurisdiction = mine.area()
        row.set_unusable_password()


def _faults(row: Entered, filled: Filled, actor: Person) -> Iterator[Finding]:
    if isinstance(row, Jurisdiction):
        yield from _faults_of_name(row, names.areas_beside(row))
    elif isinstance(row, Organization):
        yield from conditions.of_kind(row.category, row.body_kind)
        yield from _faults_of_name(row, names.organizations_in(row.jurisdiction))
        if "superior" in filled or "jurisdiction" in filled:
            yield from conditions.of_superior(row, row.superior, row.jurisdiction)
    for name in ("superior", "home_organization"):
        chosen = filled.changes.get(name, (None, None))[1]
        if chosen is not None and entering_role(actor, chosen) is None:
            told = _("所选的组织不在您管理的范围内，请重新选择。")
            yield Finding("not_administered", "", told, field=name)


def _faults_of_name(row: Jurisdiction | Organization, beside: QuerySet[Any]) -> Iterator[Finding]:
    bearers = list(conditions.bearing(row.name_zh, beside))
    if row.pk not in {bearer.pk for bearer in bearers}:
        row.is_old_double = False
    yield from conditions.of_name(row.name_zh, row, bearers)


def _faults_of_code(filled: Filled) -> Iterator[Finding]:
    if "code" in filled:
        yield Finding("code_stays", "", _("区划代码保存后不能修改。"), field="code")


def _faults_of_change(row: Entered, filled: Filled, *, leaving: bool) -> Iterator[Finding]:
    if isinstance(row, Organization) and {"name_zh", "is_active"} & {*filled.changes}:
        yield from conditions.of_what_is_gone(row, succession.is_gone(row))
    if isinstance(row, Person):
        if "email" in filled and row.has_usable_password():
            yield Finding("own_email", "", conditions.email_is_ones_own(), field="email")
        if "is_active" in filled and not row.is_active and not leaving:
            yield from conditions.of_leaving(handover.waiting_for(row))


def _told(row: Entered, filled: Filled) -> dict[str, Any]:
    """What the log holds of a change; of people the columns alone."""
    if isinstance(row, Person):
        return {"changed": list(filled.changes)}
    return {"changed": filling.in_words(row, filled.changes)}


def _role(row: Entered, actor: Person) -> Role:
    """The role in which the actor enters the row where it stands."""
    role = entering_role(actor, row)
    if role is None:
        raise _not_allowed()
    return role


def _not_allowed() -> Refusal:
    return Refusal.because("not_allowed", _("只有本辖区的系统管理员可以录入和修改。"))


def _record(
    saved: Entered, act: str, details: Mapping[str, Any], *, actor: Person, role: Role
) -> None:
    noun = saved._meta.model_name  # noqa: SLF001 - Django's public name for it
    events.append(
        events.Entry(
            actor=actor,
            action=f"{noun}.{act}",
            subject=saved,
            jurisdiction_code=_code(saved),
            role=role,
            details=details,
        )
    )


def _code(saved: Entered) -> str:
    """The area whose audit administrator sees the event."""
    if isinstance(saved, Jurisdiction):
        return saved.code
    if isinstance(saved, Person):
        return area_code(saved) or events.WHOLE_SITE
    return saved.jurisdiction.code
