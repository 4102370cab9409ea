"""What is due and what was destroyed as a table: narrowed to 已销毁, the destruction register."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from designation.site.tables import Column, Table, local

from . import rules
from .filters import DisposalFilters
from .models import Disposal


def state(row: Disposal) -> str:
    """In words: where it stands."""
    if row.outcome:
        return str(row.get_outcome_display())
    return _("暂缓") if row.standing_hold else _("待销毁")


def by_whom(row: Disposal) -> str:
    """Who destroyed it: its period did, as announced; nobody held it."""
    return _("系统按保管期限，通知后无人暂缓") if row.outcome == "destroyed" else ""


def _of_the_hold(name: str) -> Any:
    return lambda row: getattr(row.last_hold, name) if row.last_hold else None


def _holder(row: Disposal) -> str:
    hold = row.last_hold
    return hold.by.name_on(local(hold.at).date()) if hold else ""  # type: ignore[union-attr]


DISPOSALS = Table(
    "disposals",
    gettext_lazy("到期清单"),
    "retention:list",
    DisposalFilters,
    lambda asked: rules.seen_by(asked.user),
    (
        Column("label", gettext_lazy("名称"), lambda row: row.label, 36),
        Column(
            "kept_class", gettext_lazy("类别"), lambda row: str(row.get_kept_class_display()), 24
        ),
        Column("holder", gettext_lazy("所属"), lambda row: row.holder, 28),
        Column("count", gettext_lazy("数量"), lambda row: row.count, 8),
        Column("size", gettext_lazy("大小（字节）"), lambda row: row.size, 14),
        Column("sha256", gettext_lazy("内容哈希"), lambda row: row.sha256, 68),
        Column("kept_until", gettext_lazy("保管到"), lambda row: row.kept_until, 12),
        Column("announced_at", gettext_lazy("通知时间"), lambda row: local(row.announced_at), 18),
        Column("goes_on", gettext_lazy("最早销毁日期"), lambda row: row.goes_on, 14),
        Column("state", gettext_lazy("状态"), state, 10),
        Column("settled_at", gettext_lazy("办理时间"), lambda row: local(row.settled_at), 18),
        Column("by", gettext_lazy("销毁依据"), by_whom, 30),
        Column("held_by", gettext_lazy("暂缓人"), _holder, 12),
        Column("held_because", gettext_lazy("暂缓理由"), _of_the_hold("reason"), 30),
    ),
    lambda: rules.LOOKING_AFTER,
)
TABLES = (DISPOSALS,)
