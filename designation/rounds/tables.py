"""The rounds as a table."""

from django.utils.translation import gettext_lazy as _

from designation.site.tables import Column, Table, local

from . import rules
from .filters import RoundFilters

ROUNDS = Table(
    "rounds",
    _("申报批次"),
    "rounds:list",
    RoundFilters,
    lambda asked: rules.shown_rounds(asked.user).select_related("jurisdiction"),
    (
        Column("name", _("名称"), lambda row: row.name_zh, 40),
        Column("area", _("辖区"), lambda row: row.jurisdiction.name_zh, 22),
        Column("organizer", _("主办单位"), lambda row: row.organizer, 30),
        Column("status", _("状态"), lambda row: str(row.get_status_display()), 12),
        Column("opens_at", _("申报开始时间"), lambda row: local(row.opens_at), 18),
        Column("closes_at", _("申报截止时间"), lambda row: local(row.closes_at), 18),
    ),
)
TABLES = (ROUNDS,)
