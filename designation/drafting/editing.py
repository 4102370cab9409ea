"""Changing a draft: what may be added, where it stands, and what it is called.

Every function is called while the draft is held (``drafts.held``).
"""

import hashlib
import json
import re
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Max
from django.forms.models import model_to_dict

from standards.models import Check, Item, Section, StandardVersion

_NUMBER = re.compile(r"\d+$")


def digest(row: models.Model) -> str:
    """What a row says, as a short hash: a form carries it to notice that another changed it."""
    said = json.dumps(model_to_dict(row), cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


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
    check.metric = check.code.lower().replace("-", "_")
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
    """Give the rows their own order numbers anew, in the sequence of the list.

    The constraint holds row by row, so they first step aside.
    """
    orders = sorted(row.order for row in rows)
    aside = 30_000 - len(rows)
    for place, row in enumerate(rows):
        type(row).objects.filter(pk=row.pk).update(order=aside + place)
    for order, row in zip(orders, rows, strict=True):
        row.order = order
        type(row).objects.filter(pk=row.pk).update(order=order)


def arrange(version: StandardVersion) -> None:
    """Number the items of the whole version in the order of their sections."""
    items = list(version.items.order_by("section__order", "order"))
    wanted = list(range(1, len(items) + 1))
    if [item.order for item in items] != wanted:
        for item, order in zip(items, wanted, strict=True):
            Item.objects.filter(pk=item.pk).update(order=20_000 + order)
        for item, order in zip(items, wanted, strict=True):
            Item.objects.filter(pk=item.pk).update(order=order)
