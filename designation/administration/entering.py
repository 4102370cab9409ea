"""What an administrator enters of areas, organizations and people: saved, and on record."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from designation.audit import events
from designation.site import clock, endings
from designation.site.refusal import Refusal

from ..organizations import names
from ..organizations.models import Jurisdiction, Organization, Person, Role
from ..organizations.scoping import area_code
from .rules import Entered, entering_role

# By which the place of a row is read with it.
_PLACE: dict[type[Entered], tuple[str, ...]] = {
    Jurisdiction: (),
    Organization: ("jurisdiction",),
    Person: ("home_organization__jurisdiction", "jurisdiction"),
}


class Overtaken(Refusal):
    """Another row was saved meanwhile that this one must not equal."""


def held(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows, each held from when it is read to the end of the transaction."""
    return rows.model.objects.filter(pk__in=rows.values("pk")).select_for_update()


def enter(
    row: Entered, *, actor: Person, changed: Mapping[str, Any], renamed_on: date | None = None
) -> None:
    """Keep a row as it was filled in, new or changed, with one event; see ``_enter``.

    ``changed`` is what the log holds of it. Raises Overtaken where the database refuses a second
    one, and Refusal for who does not enter it where it stands, and where it will.
    """
    try:
        _enter(row, actor, changed, renamed_on)
    except IntegrityError as error:
        raise Overtaken.because(
            "overtaken", _("他人刚刚录入了名称、代码或账号相同的一条，请核对后再保存。")
        ) from error


@endings.act()
def _enter(
    row: Entered, actor: Person, changed: Mapping[str, Any], renamed_on: date | None
) -> None:
    """Where the name is another, it is a renaming: the former name is kept until ``renamed_on``.

    From that day, today where none is named, the new one holds.
    """
    rows = type(row).objects.select_for_update(of=("self",)).select_related(*_PLACE[type(row)])
    stored = rows.filter(pk=row.pk).first()
    role = _role([row] if stored is None else [stored, row], actor)
    row.save()
    act, details = ("edit" if stored else "add"), dict(changed)
    if stored and stored.name_borne != row.name_borne:
        on = renamed_on or clock.today()
        names.keep(row, names.borne(stored), on=on, actor=actor)
        act, details = "rename", details | {"renamed_on": on}
    noun = row._meta.model_name  # noqa: SLF001 - Django's public name for it
    _record(row, f"{noun}.{act}", details, actor=actor, role=role)


def _role(rows: Sequence[Entered], actor: Person) -> Role:
    """The role in which the actor enters each of ``rows``."""
    roles = [entering_role(actor, row) for row in rows]
    if roles[-1] is None or None in roles:
        raise Refusal.because("not_allowed", _("只有本辖区的系统管理员可以录入和修改。"))
    return roles[-1]


def _record(
    saved: Entered, action: str, details: Mapping[str, Any], *, actor: Person, role: Role
) -> None:
    events.append(
        events.Entry(
            actor=actor,
            action=action,
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
