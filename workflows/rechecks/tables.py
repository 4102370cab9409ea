"""Re-checks and self-reports as tables."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from designation.site.tables import Column, Table, local

from . import queries, rules
from .filters import RecheckFilters, ReportFilters
from .models import SelfReport


def _changes(row: SelfReport) -> str:
    return "；".join(f"{label}：{text}" for label, text in row.told_changes)


def _of_the_title() -> tuple[Column, ...]:
    return (
        Column("year", _("年度"), lambda row: row.year, 8),
        Column("organization", _("组织名称"), lambda row: row.title.name_zh, 36),
        Column("number", _("名册编号"), lambda row: row.title.number, 24),
        Column("category", _("类别"), lambda row: str(row.title.get_category_display()), 14),
    )


def _late(row: Any) -> str:
    return str(_("逾期")) if row.is_late else ""


RECHECKS = Table(
    "rechecks",
    _("称号复核"),
    "rechecks:list",
    RecheckFilters,
    lambda asked: queries.with_title(rules.in_scope(asked.user)),
    (
        *_of_the_title(),
        Column("why", _("复核事由"), lambda row: str(row.get_why_display()), 14),
        Column("due_on", _("办结期限"), lambda row: row.due_on, 12),
        Column("standing", _("状态"), lambda row: str(row.get_standing_display()), 14),
        Column("outcome", _("结论"), lambda row: str(row.get_outcome_display()), 12),
        Column("late", _("时限"), _late, 8),
    ),
    lambda: rules.READERS,
)
REPORTS = Table(
    "self-reports",
    _("年度自查"),
    "rechecks:reports",
    ReportFilters,
    lambda asked: queries.with_title(rules.reports_in_scope(asked.user)),
    (
        *_of_the_title(),
        Column("due_on", _("上报期限"), lambda row: row.due_on, 12),
        Column("handed_in_at", _("上报时间"), lambda row: local(row.handed_in_at), 18),
        Column("state", _("上报情况"), lambda row: row.state, 18),
        Column("changes", _("变化情况"), _changes, 60),
        Column("late", _("时限"), _late, 8),
    ),
    lambda: rules.READERS,
)
TABLES = (RECHECKS, REPORTS)
