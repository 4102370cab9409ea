"""Visits that stand apart, and the titles that may be visited, as tables."""

from django.utils.translation import gettext_lazy as _

from designation.organizations.models import Role
from designation.site.tables import Column, Table

from . import apart, queries
from .filters import TitlesToVisit, VisitFilters
from .models import Visit
from .standing import standing


def _leaders(visit: Visit) -> str:
    leaders = visit.leaders  # type: ignore[attr-defined] # read with the lines
    return "、".join(leader.person.full_name for leader in leaders)


VISITS = Table(
    "visits",
    _("专项核查"),
    "visits:list",
    VisitFilters,
    lambda asked: queries.with_lines(apart.in_scope(asked.user)),
    (
        Column("organization", _("组织名称"), lambda row: row.about.organization.name_zh, 36),
        Column("reason", _("核查事由"), lambda row: str(row.get_reason_display()), 16),
        Column("planned_on", _("计划核查日期"), lambda row: row.planned_on, 14),
        Column("leader", _("组长"), _leaders, 14),
        Column("state", _("状态"), lambda row: str(standing(row).label), 12),
    ),
    lambda: queries.READERS,
)
TITLES = Table(
    "titles-to-visit",
    _("可以安排复核的称号"),
    "visits:grounds",
    TitlesToVisit,
    lambda asked: queries.titles_without_visit(asked.user),
    (
        Column("organization", _("组织名称"), lambda row: row.organization.name_zh, 36),
        Column("number", _("名册编号"), lambda row: row.number, 24),
        Column("category", _("类别"), lambda row: str(row.get_category_display()), 14),
        Column("valid_until", _("有效期至"), lambda row: row.valid_until, 12),
    ),
    lambda: (Role.COUNTY_COORDINATOR,),
)
TABLES = (VISITS, TITLES)
