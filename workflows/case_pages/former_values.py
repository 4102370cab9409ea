"""What stood in a case before: whose value gave way to whose, for those who may see it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from designation.applications.models import Conclusion, FormerValue, Submission
from designation.organizations.models import Person
from standards import wording

from ..case import rules
from ..case.facts import Case
from ..stages.first_review.marks import MARK
from ..stages.first_review.notes import reads_every_mark
from ..stages.self_assessment.item_answers import in_words
from ..stages.verification.rules import is_on_team
from ..stages.verification.visits import ON_SITE, SIGNATURE, visit_in_words


@dataclass(frozen=True, slots=True)
class Former:
    """One value that gave way: where, what it said, whose it was, and who replaced it."""

    place: str
    value: str
    by: str
    first_at: datetime
    last_at: datetime
    saves: int
    replaced_by: str
    replaced_at: datetime


def former_values(case: Case, person: Person, submissions: Iterable[Submission]) -> list[Former]:
    """What gave way, newest first, in one statement where there is any.

    What was never handed in is the applicant's own; what was noted at review or on site is seen
    by those who review or verify.
    """
    if not case.has_former_values:
        return []
    handed_in = [submission.submitted_at for submission in submissions]
    rows = case.application.former_values.select_related("item", "written_by", "replaced_by")
    return [_former(case, row) for row in rows if _may_see(case, person, row, handed_in)]


def _may_see(case: Case, person: Person, row: FormerValue, handed_in: Sequence[datetime]) -> bool:
    if row.subject == FormerValue.Subject.MARK:
        reviews = rules.is_first_reviewer(case, person) or rules.is_county_coordinator(case, person)
        return reviews and reads_every_mark(case, person)
    if row.subject in ON_SITE:
        return is_on_team(case, person) or rules.is_county_coordinator(case, person)
    return rules.is_applicant(case, person) or any(
        row.last_at <= moment < row.replaced_at for moment in handed_in
    )


def _former(case: Case, row: FormerValue) -> Former:
    return Former(
        place=_place(case, row),
        value=_said(case, row) or "—",
        by=row.written_by.full_name,
        first_at=row.first_at,
        last_at=row.last_at,
        saves=row.saves,
        replaced_by=row.replaced_by.full_name,
        replaced_at=row.replaced_at,
    )


def _place(case: Case, row: FormerValue) -> str:
    code = row.item.code if row.item else ""
    label = _labels().get(row.field, "")
    if not label and row.item:
        check = next((c for c in case.standard.item(code).checks if c.code == row.field), None)
        label = wording.metric(check) if check else row.field
    on_site = _("核查") if row.subject in ON_SITE else ""
    return " · ".join(filter(None, (code, on_site, label)))


def _labels() -> dict[str, str]:
    return {
        "conclusion": _("自评结论"),
        "note": _("说明"),
        "reply": _("补正说明"),
        "summary": _("申报简介"),
        "approving_meeting_on": _("会议通过日期"),
        "term_began_on": _("本届班子任期开始日期"),
        MARK: _("初审结论"),
        "verdict": _("核查结论"),
        "basis": _("核查依据"),
        "started_at": _("到达时间"),
        "ended_at": _("离开时间"),
        SIGNATURE: _("签字"),
        "file": _("佐证材料"),
    }


def _said(case: Case, row: FormerValue) -> str:
    value: Any = row.value
    if row.subject == FormerValue.Subject.VISIT:
        return visit_in_words(row.field, value)
    if row.subject == FormerValue.Subject.MARK:
        verdict, comment = value
        return " ".join(filter(None, (_conclusion(verdict), comment)))
    if row.field == "verdict":
        return _conclusion(value)
    if row.item is None or row.field == "basis":
        return str(value or "")
    return in_words(case.standard.item(row.item.code), row.field, value)


def _conclusion(value: str) -> str:
    return str(Conclusion(value).label) if value in Conclusion.values else ""
