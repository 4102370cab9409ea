"""A file into proposed standards: what was read, what is proposed, what could not be read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _

from . import documents, own_format
from .lines import Unread
from .outline import OutlineItem, OutlineStandard, outline
from .proposals import NotProposed, Proposal, proposals


@dataclass(frozen=True)
class DraftItem:
    number_printed: str
    text: str
    line: int
    checks: tuple[Proposal, ...] = ()


@dataclass(frozen=True)
class DraftSection:
    number_printed: str | None
    title_printed: str
    items: tuple[DraftItem, ...]


@dataclass(frozen=True)
class DraftStandard:
    """``data`` is the whole data file where it was one of ours: it says more than proposals do.

    ``line`` is where it begins; 0 in a data file.
    """

    title: str
    sections: tuple[DraftSection, ...]
    data: Mapping[str, Any] | None = None
    line: int = 0


@dataclass(frozen=True)
class Draft:
    """``unread`` is in the order of the file, for a person to place by hand."""

    standards: tuple[DraftStandard, ...]
    unread: tuple[Unread, ...] = field(default=())


def read(name: str, content: bytes) -> Draft:
    """The standards of an uploaded file. Raises Unreadable, whose message says what to do."""
    if PurePath(name).suffix.lower() in (".yaml", ".yml"):
        return Draft((_own(own_format.completed(own_format.read(content))),))
    file = documents.read(name, content)
    found = outline(file.lines)
    unread = [*found.unread, *file.left_out]
    standards = tuple(_standard(standard, unread) for standard in found.standards)
    return Draft(standards, tuple(sorted(unread, key=lambda passage: passage.line)))


def _standard(standard: OutlineStandard, unread: list[Unread]) -> DraftStandard:
    sections = tuple(
        DraftSection(
            section.number_printed,
            section.title_printed,
            tuple(_item(item, section.title_printed, unread) for item in section.items),
        )
        for section in standard.sections
    )
    return DraftStandard(standard.title, sections, line=standard.line)


def _item(item: OutlineItem, heading: str, unread: list[Unread]) -> DraftItem:
    found = proposals(item.text, heading)
    if not item.is_whole:
        reason = _("条文中有没有读出的内容，请对照原文自行设定检查点")
        found = [NotProposed(passage.phrase, reason) for passage in found]
    unread.extend(
        Unread(item.line, f"{item.number_printed}{passage.phrase}", passage.reason)
        for passage in found
        if isinstance(passage, NotProposed)
    )
    checks = tuple(check for check in found if isinstance(check, Proposal))
    return DraftItem(item.number_printed, item.text, item.line, checks)


def _own(data: Mapping[str, Any]) -> DraftStandard:
    sections = tuple(
        DraftSection(
            section["number_printed"],
            section["title_printed"],
            tuple(_own_item(item) for item in section["items"]),
        )
        for section in data["sections"]
    )
    return DraftStandard(data["title_zh"], sections, data)


def _own_item(item: Mapping[str, Any]) -> DraftItem:
    checks = tuple(map(_own_check, item["checks"]))
    return DraftItem(item["number_printed"], item["text"], item.get("source_line") or 0, checks)


def _own_check(check: Mapping[str, Any]) -> Proposal:
    threshold = check.get("threshold")
    return Proposal(
        check["kind"],
        check["phrase"],
        check["unit"],
        None if threshold is None else Decimal(str(threshold)),
        check["strictness"] == "strict",
        check["scope"],
        check["parameters"],
    )
