"""The register as a table."""

from django.utils.translation import gettext_lazy as _

from designation.site.tables import Column, Table

from . import queries
from .filters import TitleFilters, day_asked

_TAKEN_OVER = _("由旧名册录入")

REGISTER = Table(
    "register",
    _("示范点名册"),
    "register:list",
    TitleFilters,
    lambda asked: queries.titles(day_asked(asked.GET)),
    (
        Column("name", _("组织名称"), lambda row: row.name_zh, 36),
        Column("area", _("所在辖区"), lambda row: row.area_name_zh, 22),
        Column("category", _("类别"), lambda row: str(row.get_category_display()), 14),
        Column("number", _("名册编号"), lambda row: row.number, 24),
        Column("designated_on", _("命名日期"), lambda row: row.designated_on, 12),
        Column("document", _("发文字号"), lambda row: row.decision.document_number, 24),
        Column("until", _("有效期至"), lambda row: row.until, 12),
        Column("status", _("状态"), lambda row: row.status_label, 10),
        Column("source", _("来源"), lambda row: str(_TAKEN_OVER) if row.is_imported else "", 16),
        Column("now", _("现名"), lambda row: row.renamed_to, 36),
    ),
)
TABLES = (REGISTER,)
