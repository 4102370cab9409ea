"""The self-assessment sheet (自评表): every item with its questions, and room for the answers.

The texts of the items are Chinese, which governs; the words around them are in the active
language, and in English each item has its translated title above it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .. import kinds, queries, wording
from ..catalogue import item_of
from ..engine.evaluation import Check
from ..kinds import ROOM
from ..language import is_english
from ..models import StandardVersion
from ..phrases import lead
from ..queries import PrintedItem, PrintedSection
from ..units import behind
from ..values import figure_name
from .annexes import basis_of, remarks, under_title

_WIDE_ROOM = "________________________"


@dataclass(frozen=True, slots=True)
class Filling:
    """What an organization answered on one item: texts as shown, by check code."""

    values: Mapping[str, str] = field(default_factory=dict)
    conclusion: str = ""
    note: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One check. ``room`` is what to fill in, line by line; empty for a text of one's own."""

    asked: str
    evidence: str
    room: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetItem:
    title: str
    text: str
    basis: str
    questions: tuple[Question, ...]
    ending: tuple[str, ...]

    @property
    def place(self) -> str:
        """By what a remark calls it."""
        return self.title


@dataclass(frozen=True, slots=True)
class SheetSection:
    title: str
    items: tuple[SheetItem, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """``facts`` are pairs of a label and what was filled in; ``blank`` asks for room to write."""

    title: str
    blank: bool
    under_title: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    columns: tuple[str, str]
    sections: tuple[SheetSection, ...]
    closing: tuple[str, ...]
    remarks: tuple[str, ...]


def sheet(
    version: StandardVersion,
    *,
    facts: Iterable[tuple[str, str]] | None = None,
    fillings: Mapping[str, Filling] | None = None,
) -> Sheet:
    """The sheet of a version, blank or filled in; ``fillings`` by item code. Three statements."""
    return Sheet(
        title=_("%(standard)s自评表") % {"standard": version.title},
        blank=fillings is None,
        under_title=(*under_title(version), *_translated()),
        facts=tuple(facts or ((label, "") for label in _fact_labels())),
        columns=(_("检查点和要求"), _("填报")),
        sections=tuple(_section(part, fillings or {}) for part in queries.printed(version)),
        closing=_closing(asks_for_meeting=fillings is None),
        remarks=remarks(version),
    )


def _translated() -> tuple[str, ...]:
    if not is_english():
        return ()
    return (_("英文标题和说明为译文，以中文条文为准。"),)


def _fact_labels() -> tuple[str, ...]:
    return (_("申报组织（盖章）"), _("上级党组织"), _("填报人"), _("填报日期"))


def _closing(*, asks_for_meeting: bool) -> tuple[str, ...]:
    meeting = _("研究通过自评结果的会议日期：%(room)s") % {"room": _WIDE_ROOM}
    return (
        *([meeting] if asks_for_meeting else []),
        _("本表所填内容真实，不涉密，由本组织负责。"),
        _("单位负责人（签字）：%(room)s　　日期：%(room)s") % {"room": ROOM},
    )


def _section(part: PrintedSection, fillings: Mapping[str, Filling]) -> SheetSection:
    printed = f"{part.section.number_printed or ''}{part.section.title_printed}"
    title = f"{printed} {part.section.title_en}" if is_english() else printed
    items = (_item(entry, fillings.get(entry.item.code)) for entry in part.items)
    return SheetSection(title.strip(), tuple(items))


def _item(entry: PrintedItem, filling: Filling | None) -> SheetItem:
    item = item_of(entry.item)
    title = f"{item.code} {item.title_en}" if is_english() else item.code
    evidence = {printed.check.code: printed.check.evidence_suggested for printed in entry.checks}
    return SheetItem(
        title=title.strip(),
        text=f"{lead(item.number_printed)}{item.text}",
        basis=basis_of(entry.item),
        questions=tuple(
            _question(check, evidence.get(check.code, ()), filling) for check in item.checks
        ),
        ending=_filled_ending(filling) if filling else _blank_ending(),
    )


def _question(check: Check, evidence: Iterable[str], filling: Filling | None) -> Question:
    suggested = "、".join(evidence)
    return Question(
        asked=f"{check.code} {wording.rule(check)}{wording.parts(check)}",
        evidence=_("建议材料：%(evidence)s") % {"evidence": suggested} if suggested else "",
        room=(filling.values.get(check.code, "—"),) if filling else tuple(_room(check)),
    )


def _room(check: Check) -> Iterable[str]:
    if check.asked_as:
        for asked in check.asked_as:
            yield f"{figure_name(asked)}：{behind(ROOM, asked.unit)}".rstrip()
    else:
        yield from kinds.of(check.kind).room(check)
    if check.may_be_not_applicable:
        yield _("□ 不适用，原因：%(room)s") % {"room": ROOM}


def _blank_ending() -> tuple[str, ...]:
    return (
        _("自评结论：□ 达标　□ 未达标　□ 不适用　　佐证材料编号：%(room)s") % {"room": ROOM},
        _("说明："),
    )


def _filled_ending(filling: Filling) -> tuple[str, ...]:
    evidence = "；".join(filling.evidence) or "—"
    return (
        _("自评结论：%(conclusion)s") % {"conclusion": filling.conclusion or "—"},
        _("佐证材料：%(evidence)s") % {"evidence": evidence},
        _("说明：%(note)s") % {"note": filling.note or "—"},
    )
