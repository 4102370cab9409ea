"""Changing a draft: what may be added, where it stands, and what it is called.

Every function is called while the draft is held (``drafts.held``).
"""

import re
from typing import Any

from django.db import models
from django.db.models import Max, Q

from designation.audit.models import AuditEvent
from standards.importing.naming import metric_key
from standards.models import Check, Item, Section, StandardVersion

_NUMBER = re.compile(r"\d+$")


def part(row: StandardVersion | Section | Item | Check) -> str:
    """How the log names a part of a draft; "" for the draft as a whole."""
    if isinstance(row, StandardVersion):
        return ""
    return f"#{row.pk}" if isinstance(row, Section) else row.code


def version_id(row: StandardVersion | Section | Item | Check) -> int:
    """The draft that a part belongs to."""
    if isinstance(row, StandardVersion):
        return row.pk
    return row.item.version_id if isinstance(row, Check) else row.version_id


def events_of(row: StandardVersion | Section | Item | Check) -> Q:
    """Of events: that they are about this part of a draft."""
    return Q(
        subject_type=StandardVersion._meta.label_lower,  # noqa: SLF001 - Django's public name for it
        subject_id=str(version_id(row)),
        details__part=part(row),
    )


def content(row: Section | Item | Check) -> list[Any]:
    """All that is lost with a part that is deleted, as it is on record; where it stands is not."""
    rows = [type(row).objects.filter(pk=row.pk)]
    if isinstance(row, Item):
        rows.append(row.checks.order_by("pk"))
    return [
        {name: value for name, value in found.items() if name != "order"}
        for one in rows
        for found in one.values()
    ]


def words_of(row: Section | Item | Check) -> list[str]:
    """What a part says, for the log of its deletion."""
    if isinstance(row, Item):
        return [row.text, *row.checks.values_list("phrase", flat=True)]
    return [row.title_printed if isinstance(row, Section) else row.phrase]


def changes_so_far(version: StandardVersion) -> int:
    """Stands for all that a draft says: each change moves it."""
    kind = version._meta.label_lower  # noqa: SLF001 - Django's public name for it
    found = AuditEvent.objects.filter(subject_type=kind, subject_id=str(version.pk))
    return found.aggregate(Max("sequence"))["sequence__max"] or 0


def add_section(version: StandardVersion, section: Section) -> Section:
    """The section as the last of its version."""
    last = version.sections.aggregate(Max("order"))["order__max"] or 0
    section.version, section.order = version, last + 1
    section.save()
    return section


def add_item(section: Section, item: Item) -> Item:
    """The item as the last of its section, under the next free code of the version."""
    version = section.version
    item.version, item.section = version, section
    item.code = f"{version.category}-{_next(version.items.values_list('code', flat=True)):02d}"
    item.order = (version.items.aggregate(Max("order"))["order__max"] or 0) + 1
    item.save()
    arrange(version)
    return item


def save_item(item: Item) -> Item:
    """The item as changed; one that went to another section stands there as near as it stood."""
    item.save()
    arrange(item.version)
    return item


def add_check(item: Item, check: Check) -> Check:
    """The check as the last of its item, under the next free code."""
    check.item = item
    check.code = f"{item.code}-C{_next(item.checks.values_list('code', flat=True))}"
    check.metric = metric_key(check.code)
    check.order = (item.checks.aggregate(Max("order"))["order__max"] or 0) + 1
    check.save()
    return check


def _next(codes: Any) -> int:
    """One more than the highest number with which a code ends: a code is never used again."""
    return (
        max((int(found.group()) for code in codes if (found := _NUMBER.search(code))), default=0)
        + 1
    )


def move(row: Section | Item | Check, *, down: bool) -> None:
    """Change places with the neighbour among those of the same section, item or version."""
    rows = list(_beside(row).order_by("order"))
    at = rows.index(row)
    to = at + 1 if down else at - 1
    if 0 <= to < len(rows):
        rows[at], rows[to] = rows[to], rows[at]
        _renumber(rows)
        if isinstance(row, Section):
            arrange(row.version)


def _beside(row: Section | Item | Check) -> models.QuerySet[Any]:
    if isinstance(row, Section):
        return row.version.sections.all()
    return row.section.items.all() if isinstance(row, Item) else row.item.checks.all()


def _renumber(rows: list[Any]) -> None:
    """Give the rows their own order numbers anew, in the sequence of the list."""
    _number(rows, sorted(row.order for row in rows))


def arrange(version: StandardVersion) -> None:
    """Number the items of the whole version in the order of their sections."""
    items = list(version.items.order_by("section__order", "order"))
    wanted = list(range(1, len(items) + 1))
    if [item.order for item in items] != wanted:
        _number(items, wanted)


def _number(rows: list[Any], orders: list[int]) -> None:
    """Order numbers for all rows in one statement: that none stands twice is asked at its end."""
    for row, order in zip(rows, orders, strict=True):
        row.order = order
    type(rows[0]).objects.bulk_update(rows, ["order"])
