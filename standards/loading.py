"""Our own data files into the database: verbatim ones published, samples as drafts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from .models import Check, Item, Section, StandardVersion
from .publishing import publish

DATA = Path(__file__).parent / "data"
SAMPLES = DATA / "samples"


def load(path: Path, *, published_at: datetime) -> tuple[StandardVersion, bool]:
    """Load one data file as a published version; returns it and whether it is new.

    A version that is there already is left as it stands: a published standard never changes;
    a newly loaded one retires the version before it. Raises KeyError when the file lacks what a
    standard needs, IntegrityError for an unknown kind, category or strictness.
    """
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    with transaction.atomic():
        version, is_new = _draft(data)
        if is_new:
            publish(version, at=published_at)
    return version, is_new


@transaction.atomic
def load_sample(path: Path) -> tuple[StandardVersion, bool]:
    """Load a sample that we drafted, as a draft: a county adopts it or leaves it alone.

    Returns it and whether it is new. Raises as ``load``, and IntegrityError for a file that
    does not say that its text was drafted.
    """
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return _draft(data, is_sample=True)


def _draft(data: Mapping[str, Any], *, is_sample: bool = False) -> tuple[StandardVersion, bool]:
    present = StandardVersion.objects.filter(
        category=data["category"], number=data["number"]
    ).first()
    if present is not None:
        return present, False
    version = StandardVersion.objects.create(
        category=data["category"],
        number=data["number"],
        title_zh=data["title_zh"],
        title_en=data["title_en"],
        heading_printed=data["heading_printed"],
        provenance=data["provenance"],
        is_sample=is_sample,
        source=data["source"],
    )
    write_sections(version, data["sections"])
    return version, True


def write_sections(version: StandardVersion, sections: Sequence[Mapping[str, Any]]) -> None:
    """Write the sections of a data file, with their items and checks, into a draft."""
    order = 0
    for place, data in enumerate(sections, start=1):
        section = Section.objects.create(
            version=version,
            order=place,
            number_printed=data["number_printed"],
            title_printed=data["title_printed"],
            title_en=data["title_en"],
        )
        for item in data["items"]:
            order += 1
            _write_item(version, section, order, item)


def _write_item(
    version: StandardVersion, section: Section, order: int, data: Mapping[str, Any]
) -> None:
    item = Item.objects.create(
        version=version,
        section=section,
        order=order,
        code=data["code"],
        number_printed=data["number_printed"],
        title_en=data["title_en"],
        text=data["text"],
        oddities=data.get("oddities", []),
        basis=data.get("basis", {}),
        condition_zh=data.get("condition_zh", ""),
        condition_en=data.get("condition_en", ""),
        source_line=data.get("source_line"),
    )
    checks = [read_check(check) for check in data["checks"]]
    for place, check in enumerate(checks, start=1):
        check.item, check.order = item, place
    Check.objects.bulk_create(checks)


def read_check(data: Mapping[str, Any]) -> Check:
    """A check as a data file says it, not yet saved and without its place in an item."""
    threshold = data.get("threshold")
    return Check(
        code=data["code"],
        kind=data["kind"],
        metric=data["metric"],
        metric_zh=data["metric_zh"],
        metric_en=data["metric_en"],
        unit=data["unit"],
        threshold=None if threshold is None else Decimal(str(threshold)),
        strictness=data["strictness"],
        veto_suggested=data.get("veto_suggested", False),
        scope=data["scope"],
        phrase=data["phrase"],
        group=data.get("group", ""),
        parts=data.get("parts", []),
        parameters=data.get("parameters", {}),
        evidence_suggested=data.get("evidence_suggested", []),
        confirm_with=data.get("confirm_with", []),
        local_term=data.get("local_term", ""),
        may_be_not_applicable=data.get("may_be_not_applicable", False),
        note=data.get("note", ""),
        note_en=data.get("note_en", ""),
        suggestion_not_in_text=data.get("suggestion_not_in_text", {}),
    )
