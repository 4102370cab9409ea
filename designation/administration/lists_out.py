"""The lists of the administrators as tables."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from designation.site.tables import Asked, Column, Table, local

from ..organizations.models import Organization, Role
from ..organizations.scoping import Administered
from . import rights_reviews, unused
from .filters import (
    JurisdictionFilters,
    OrganizationFilters,
    PersonFilters,
    ReviewedSeatFilters,
    SeatFilters,
    UnusedFilters,
)
from .rules import giving_roles


def _of_the_system() -> tuple[Role, ...]:
    return (Role.SYSTEM_ADMINISTRATOR,)


def _giving() -> set[str]:
    return {role.given_by for role in Role}


def _within(what: Callable[[Administered], QuerySet[Any]]) -> Callable[[Asked], QuerySet[Any]]:
    return lambda asked: what(Administered(asked.user, *_of_the_system()))


def _kind(organization: Organization) -> str:
    kind = organization.get_category_display() or organization.get_body_kind_display()
    return str(kind)


def _in_use(row: Any) -> str:
    return _switched(row.is_active)


def _switched(is_on: bool) -> str:
    return str(_("启用") if is_on else _("停用"))


JURISDICTIONS = Table(
    "jurisdictions",
    _("辖区"),
    "organizations:jurisdictions",
    JurisdictionFilters,
    _within(lambda mine: mine.jurisdictions().select_related("parent")),
    (
        Column("name", _("名称"), lambda row: row.name_zh, 28),
        Column("code", _("区划代码"), lambda row: row.code, 16),
        Column("level", _("层级"), lambda row: str(row.get_level_display()), 12),
        Column("parent", _("上级辖区"), lambda row: row.parent and row.parent.name_zh, 28),
    ),
    _of_the_system,
)
ORGANIZATIONS = Table(
    "organizations",
    pgettext_lazy("one", "组织"),
    "organizations:organizations",
    OrganizationFilters,
    _within(lambda mine: mine.organizations()),
    (
        Column("name", _("名称"), lambda row: row.name_zh, 36),
        Column("kind", _("类别"), _kind, 20),
        Column("area", _("所在辖区"), lambda row: row.jurisdiction.name_zh, 22),
        Column("code", _("区划代码"), lambda row: row.jurisdiction.code, 16),
        Column("superior", _("上级党组织"), lambda row: row.superior and row.superior.name_zh, 32),
        Column("state", _("状态"), _in_use, 8),
    ),
    _of_the_system,
)
PEOPLE = Table(
    "people",
    _("人员"),
    "organizations:people",
    PersonFilters,
    _within(lambda mine: mine.people()),
    (
        Column("name", _("姓名"), lambda row: row.full_name, 16),
        Column("username", _("账号"), lambda row: row.username, 18),
        Column(
            "home",
            _("工作单位"),
            lambda row: row.home_organization and row.home_organization.name_zh,
            36,
        ),
        Column("state", _("状态"), _in_use, 8),
    ),
    _of_the_system,
)
SEATS = Table(
    "seats",
    _("岗位授权"),
    "organizations:seats",
    SeatFilters,
    lambda asked: Administered(asked.user, *giving_roles(asked.user)).seats(),
    (
        Column("name", _("姓名"), lambda row: row.person.full_name, 16),
        Column("username", _("账号"), lambda row: row.person.username, 18),
        Column("role", _("角色"), lambda row: str(row.get_role_display()), 16),
        Column("place", _("所在"), lambda row: (row.organization or row.jurisdiction).name_zh, 32),
        Column("starts_on", _("开始日期"), lambda row: row.starts_on, 12),
        Column("ends_on", _("到期日期"), lambda row: row.ends_on, 12),
        Column(
            "deputised",
            _("被代理人"),
            lambda row: row.deputy_of and row.deputy_of.person.full_name,
            16,
        ),
    ),
    _giving,
)
UNUSED = Table(
    "unused",
    _("久未登录"),
    "organizations:unused",
    UnusedFilters,
    lambda asked: unused.listed(asked.user),
    (
        Column("name", _("姓名"), lambda row: row.full_name, 16),
        Column("username", _("账号"), lambda row: row.username, 18),
        Column(
            "home",
            _("工作单位"),
            lambda row: row.home_organization and row.home_organization.name_zh,
            36,
        ),
        Column("used_on", _("最近使用"), lambda row: row.used_on, 12),
        Column("state", _("状态"), _in_use, 8),
        Column("told_on", _("通知本人日期"), lambda row: row.unused_told_on, 12),
        Column("off_on", _("停用日期"), lambda row: row.unused_off_on, 12),
    ),
    lambda: (Role.SECURITY_ADMINISTRATOR,),
)


def _of_a_line(name: str) -> Callable[[Any], Any]:
    """What stood on a line with a verdict, and stands on one without."""
    return lambda row: (row.shown or rights_reviews.said_of([row])[row.pk])[name]


REVIEWED = Table(
    "rights-review",
    _("权限复核"),
    "organizations:rights_review",
    ReviewedSeatFilters,
    lambda asked: rights_reviews.lines_of(rights_reviews.chosen(asked.user, asked.GET)),
    (
        Column("quarter", _("季度"), lambda row: row.review.quarter, 18),
        Column("area", _("辖区"), lambda row: row.review.jurisdiction.name_zh, 16),
        Column("name", _("姓名"), _of_a_line("person"), 16),
        Column("username", _("账号"), _of_a_line("username"), 18),
        Column("state", _("账号状态"), lambda row: _switched(_of_a_line("is_active")(row)), 8),
        Column("role", _("角色"), _of_a_line("role"), 16),
        Column("place", _("所在"), _of_a_line("place"), 32),
        Column("since", _("开始日期"), _of_a_line("since"), 14),
        Column("until", _("到期日期"), _of_a_line("until"), 14),
        Column("last_sign_in", _("最近登录"), _of_a_line("last_sign_in"), 14),
        Column("deputies", _("代理人"), lambda row: "；".join(_of_a_line("deputies")(row)), 28),
        Column("verdict", _("复核结果"), lambda row: str(row.get_verdict_display()), 12),
        Column("by", _("核对人"), lambda row: row.by and row.by.full_name, 14),
        Column("at", _("核对时间"), lambda row: local(row.at), 18),
    ),
    lambda: rights_reviews.READERS,
)
TABLES = (JURISDICTIONS, ORGANIZATIONS, PEOPLE, SEATS, UNUSED, REVIEWED)
