"""What the applicant stated before: their own, until it was handed in."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from designation.applications.models import FormerValue
from designation.organizations.models import Person

from ...case import rules
from ...case.facts import Case
from ...case.former_values import Reading
from .item_answers import in_words


def _may_see(case: Case, person: Person, row: FormerValue, handed_in: Sequence[datetime]) -> bool:
    return rules.is_applicant(case, person) or any(
        row.last_at <= moment < row.replaced_at for moment in handed_in
    )


def _said(case: Case, row: FormerValue) -> str:
    if row.item is None:
        return str(row.value or "")
    return in_words(case.standard.item(row.item.code), row.field, row.value)


READING = Reading(
    _may_see,
    _said,
    {
        "conclusion": _("自评结论"),
        "note": _("说明"),
        "reply": _("补正说明"),
        "summary": _("申报简介"),
        "approving_meeting_on": _("会议通过日期"),
        "term_began_on": _("本届班子任期开始日期"),
        "posted_from": _("公示开始日期"),
        "posted_to": _("公示结束日期"),
        "place": _("公示地点"),
        "file": _("佐证材料"),
        "caption": _("材料说明"),
        "dated_on": _("材料日期"),
    },
)
