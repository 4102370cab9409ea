"""What the lists of the administrators may be narrowed by."""

from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from designation.site.lists import Choice, Filters, Kept, Order, Search, Way

from ..organizations import names
from ..organizations.models import Person
from ..organizations.tenure import not_over
from .models import Outcome, Verdict
from .tables.columns import sheets
from .tables.parts import remarked


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


class UnusedFilters(_ByName):
    """Who goes off first stands first; those who are off come with the longest unused."""

    in_order, column = ("used_on", "pk"), "username"
    none = _("没有久未登录的账号")
    none_hint = _("停用前 14 天列在这里，并通知本人。")
    unmatched_hint = _("可以换一个姓名或账号查找。")

    state = Choice(
        label=_("状态"), choices=[("soon", _("将停用")), ("off", _("已停用"))], method="standing"
    )
    text = Search(label=_("按姓名或账号查找"), method="called")
    order = Order(used=Way(_("最近使用"), "used_on", "pk"))

    def standing(self, rows: QuerySet[Any], _name: str, state: str) -> QuerySet[Any]:
        return rows.filter(is_active=state == "soon")


class RightsReviewFilters(Filters):
    in_order = ("-begins_on", "-pk")
    none = _("还没有权限复核")
    none_hint = _("每季度第一天自动开始，列出本辖区的全部岗位。")

    order = Order(begins=Way(_("季度"), "-begins_on", "-pk"))


class ReviewedSeatFilters(_ByName):
    """What waits is asked for by its state; ``review`` says of which quarter."""

    in_order = ("pk",)
    none = _("还没有权限复核")
    none_hint = _("每季度第一天自动开始，列出本辖区的全部岗位。")
    unmatched_hint = _("可以换一个姓名查找，或者放宽筛选条件。")

    review = Kept()
    verdict = Choice(
        label=_("复核结果"), choices=[("waits", _("待核对")), *Verdict.choices], method="said"
    )
    text = Search(label=_("按姓名查找"), method="called")
    order = Order(listed=Way(_("列入先后"), "pk"))

    def called(self, rows: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        return rows.filter(names.called(text, Person, "seat__person"))

    def said(self, rows: QuerySet[Any], _name: str, verdict: str) -> QuerySet[Any]:
        if verdict == "waits":
            return rows.filter(not_over("seat__"), verdict="")
        return rows.filter(verdict=verdict)


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
    remarks = Choice(
        label=_("提示"), choices=[("remarked", _("有提示的"))], method="that_are_remarked"
    )
    order = Order(rows=Way(_("表中的先后"), "pk"))

    def that_are_remarked(self, rows: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
        return remarked(rows)
