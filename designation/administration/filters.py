"""What the lists of the administrators may be narrowed by."""

from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from designation.site.lists import Choice, Filters, Order, Search, Way

from ..organizations import names
from ..organizations.models import Person
from .models import Outcome
from .tables.columns import sheets


class _Entered(Filters):
    """Rows that an administrator enters by the button above the list."""

    send = _("查找")
    none_hint = _("可以用上面的按钮新增。")
    unmatched_hint = _("可以换一个名称查找，或者用上面的按钮新增。")


class _ByName(_Entered):
    """By a present or former name, or what else ``column`` holds."""

    column: ClassVar[str] = ""

    def called(self, rows: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        condition = names.called(text, rows.model)
        if self.column:
            condition |= Q(**{f"{self.column}__icontains": text})
        return rows.filter(condition)


class JurisdictionFilters(_ByName):
    in_order, column = ("code",), "code"
    none = _("还没有辖区")
    unmatched_hint = _("可以换一个名称或代码查找，或者用上面的按钮新增。")

    text = Search(label=_("按名称或代码查找"), method="called")
    order = Order(code=Way(_("区划代码"), "code"))


class OrganizationFilters(_ByName):
    in_order = ("jurisdiction__code", "name_zh", "pk")
    none = _("还没有组织")

    text = Search(label=_("按名称查找"), method="called")
    order = Order(area=Way(_("所在辖区"), "jurisdiction__code", "name_zh", "pk"))


class PersonFilters(_ByName):
    in_order, column = ("username",), "username"
    none = _("还没有人员")

    text = Search(label=_("按名称查找"), method="called")
    order = Order(username=Way(_("账号"), "username"))


class SeatFilters(_Entered):
    in_order = ("person__username", "role", "pk")
    none = _("还没有岗位")

    kind = Choice(
        label=_("种类"),
        choices=[("own", _("本人担任")), ("deputy", _("代理"))],
        method="of_kind",
    )
    text = Search(label=_("按名称查找"), method="called")
    order = Order(given=Way(_("授予先后"), "pk"))

    def called(self, rows: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        return rows.filter(names.called(text, Person, "person"))

    def of_kind(self, rows: QuerySet[Any], _name: str, kind: str) -> QuerySet[Any]:
        return rows.filter(deputy_of__isnull=kind == "own")


class TableFilters(Filters):
    in_order = ("-pk",)
    none = _("还没有上传过录入表")
    none_hint = _("请系统管理员下载模板，填好后上传。")

    order = Order(uploaded=Way(_("上传时间"), "-pk"))


class RowFilters(Filters):
    in_order = ("pk",)
    none = _("这份表的内容已不再保留")
    none_hint = _("之后又上传过新的表。要再看，请重新上传。")

    sheet = Choice(
        label=_("工作表"), choices=lambda: [(sheet.code, sheet.title) for sheet in sheets()]
    )
    outcome = Choice(label=_("结果"), choices=Outcome.choices)
    order = Order(rows=Way(_("表中的先后"), "pk"))
