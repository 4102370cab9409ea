"""The sheet of a meeting (汇总表), as it was recorded: to be signed and kept with its minutes.

In the record's language, whatever the page's (decision 028): its words are no texts to translate.
"""

from designation.papers.dates import in_words
from standards.language import of_the_record
from standards.printing import pdf
from standards.printing.papers import Opinion, Paper, Part

from ...case.applicants import names_at
from . import sheet
from .models import Selection, SelectionRow

_NONE = "—"
_COLUMNS = ("序号", "组织", "依据指标", "排序", "得票", "研究结果", "理由")
_WIDTHS = (2, 6, 8, 2, 2, 4, 5)


@of_the_record()
def sheet_pdf(selection: Selection) -> bytes:
    return pdf.paper_pdf(_paper(selection), dated=selection.recorded_at)


@of_the_record()
def file_name(selection: Selection) -> str:
    return f"{selection.round.name_zh}{selection.get_category_display()}择优研究汇总表.pdf"


def _paper(selection: Selection) -> Paper:
    rule = sheet.rule_as_it_was(selection)
    rows = sheet.rows_as_they_were(selection, rule["figures"])
    applied = [row.application for row, _figures in rows]
    names = names_at(applied, selection.recorded_at, selection.meeting_on)
    return Paper(
        title="择优研究汇总表",
        mark="",
        under_title=(f"{selection.round.name_zh} · {selection.get_category_display()}",),
        facts=(
            ("研究会议", selection.meeting_name),
            ("会议日期", in_words(selection.meeting_on)),
            ("到会情况", selection.meeting_attendance),
            ("回避情况", selection.stood_aside),
            ("表决情况", selection.voting or _NONE),
            ("择优办法", _method(str(rule["method"]), rule["document"])),
        ),
        parts=(
            Part(
                f"共 {len(rows)} 个",
                columns=_COLUMNS,
                widths=_WIDTHS,
                rows=tuple(
                    _row(place, names[row.application_id], row, figures)
                    for place, (row, figures) in enumerate(rows, start=1)
                ),
            ),
            Part("研究结果", tuple(selection.meeting_result.splitlines())),
            *([Part("并列的取舍", (selection.tie_decided,))] if selection.tie_decided else ()),
        ),
        opinions=(
            Opinion(
                "会议主持人、记录人签字", ("签字：________________　　________年____月____日",)
            ),
        ),
        remarks=("按登记时的记录生成。",),
    )


def _method(name: str, document: str) -> str:
    return f"{name}（{document}）" if document else name


def _row(
    place: int, name: str, row: SelectionRow, figures: list[tuple[str, str]]
) -> tuple[str, ...]:
    outcome = str(row.get_outcome_display())
    return (
        str(place),
        name,
        "；".join(f"{name}：{said}" for name, said in figures) or _NONE,
        _place(row),
        _NONE if row.votes is None else str(row.votes),
        f"{outcome}（第 {row.reserve_place} 位）" if row.reserve_place else outcome,
        row.reason or _NONE,
    )


def _place(row: SelectionRow) -> str:
    if row.proposed_place is None:
        return _NONE
    return f"{row.proposed_place}{'（并列）' if row.is_tied else ''}"
