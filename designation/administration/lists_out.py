"""The lists of the administrators as tables."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from designation.site.tables import Asked, Column, Table

from ..organizations.models import Organization, Role
from ..organizations.scoping import Administered
from .filters import JurisdictionFilters, OrganizationFilters, PersonFilters, SeatFilters
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
    return str(_("启用") if row.is_active else _("停用"))


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
TABLES = (JURISDICTIONS, ORGANIZATIONS, PEOPLE, SEATS)
