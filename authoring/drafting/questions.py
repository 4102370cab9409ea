"""What is to be looked at goes with a draft: into its data file and back, and into a copy of it."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.utils.dateparse import parse_datetime

from standards.models import Check, Item, StandardVersion

from .models import Question, Reading


def as_data(version: StandardVersion) -> list[dict[str, Any]]:
    """The questions of ``version`` for its data file; a settled one says by whom and when."""
    rows = version.questions.select_related("item", "check_proposed", "settled_by")
    return [_said(row) for row in rows.order_by("line", "pk")]


def _said(question: Question) -> dict[str, Any]:
    said: dict[str, Any] = {
        "line": question.line,
        "text": question.text,
        "reason": question.reason,
    }
    if question.item:
        said["item"] = question.item.code
    if question.check_proposed:
        said["check"] = question.check_proposed.code
    if question.settled_at and question.settled_by:
        said["settled_at"] = question.settled_at.isoformat()
        said["settled_by"] = question.settled_by.username
    return said


def write(
    version: StandardVersion, rows: Iterable[Mapping[str, Any]], reading: Reading | None = None
) -> None:
    """The questions of a data file into a draft whose items carry the file's codes.

    A question about an item or a check that was left out is none any more. One that the file says
    was settled stays so only where the record of this system has the same; else it is open.
    """
    items, checks = _named(version)
    rows = [row for row in rows if _is_there(row, items, checks)]
    settled = _on_record(rows)
    Question.objects.bulk_create(
        Question(
            version=version,
            reading=reading,
            item=items.get(_bare(row.get("item", ""))),
            check_proposed=checks.get(_bare(row.get("check", ""))),
            line=row.get("line", 0),
            text=row.get("text", ""),
            reason=row.get("reason", ""),
            settled_at=same.settled_at if same else None,
            settled_by=same.settled_by if same else None,
        )
        for row in rows
        for same in [settled.get(_key(row))]
    )


def copy(source: StandardVersion, target: StandardVersion) -> None:
    """What is open in ``source``, and what somebody settled there, holds for its copy too."""
    items, checks = _named(target)
    Question.objects.bulk_create(
        Question(
            version=target,
            reading=row.reading,
            item=items.get(_bare(row.item.code)) if row.item else None,
            check_proposed=(
                checks.get(_bare(row.check_proposed.code)) if row.check_proposed else None
            ),
            line=row.line,
            text=row.text,
            reason=row.reason,
            settled_at=row.settled_at,
            settled_by=row.settled_by,
        )
        for row in source.questions.select_related(
            "item", "check_proposed", "reading", "settled_by"
        ).order_by("pk")
    )


def _bare(code: str) -> str:
    """A code without its category, which may change when a standard is taken."""
    return code.partition("-")[2]


def _named(version: StandardVersion) -> tuple[dict[str, Item], dict[str, Check]]:
    items = {_bare(item.code): item for item in version.items.all()}
    checks = Check.objects.filter(item__version=version)
    return items, {_bare(check.code): check for check in checks}


def _is_there(row: Mapping[str, Any], items: Collection[str], checks: Collection[str]) -> bool:
    item, check = row.get("item", ""), row.get("check", "")
    return (not item or _bare(item) in items) and (not check or _bare(check) in checks)


def _key(row: Mapping[str, Any]) -> tuple[Any, ...] | None:
    at = parse_datetime(row["settled_at"]) if row.get("settled_at") else None
    return (row.get("text", ""), row.get("reason", ""), row.get("settled_by"), at) if at else None


def _on_record(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[Any, ...] | None, Question]:
    asked = [key for row in rows if (key := _key(row))]
    found = Question.objects.filter(
        settled_at__in=[key[3] for key in asked], settled_by__username__in=[key[2] for key in asked]
    ).select_related("settled_by")
    return {
        (row.text, row.reason, row.settled_by.username, row.settled_at): row
        for row in found
        if row.settled_by
    }
