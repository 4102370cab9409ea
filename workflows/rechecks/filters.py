"""What the lists of re-checks and of self-reports may be narrowed by."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from designation.site.lists import Choice, Code, Filters, Number, Order, Search, Way

from . import queries
from .models import Outcome, Recheck, Standing


def _counties(most: int, _request: HttpRequest) -> list[tuple[str, str]]:
    return [(area.code, area.name) for area in queries.counties_that_drew()[:most]]


class DrawFilters(Filters):
    """The draws as everybody finds them, the last first."""

    none = _("还没有抽取")
    none_hint = _("县（区）每年抽取要复核的称号，抽取后列在这里，任何人都可以重算。")
    unmatched_hint = _("没有符合条件的抽取。")

    area = Code(
        field_name="jurisdiction__code",
        label=_("县（区）"),
        options=_counties,
        typed=_("县（区）较多，请填 12 位区划代码。"),
    )
    year = Number(field_name="year", label=_("年度"))
    order = Order(drawn=Way(_("抽取先后"), "pk"))


class _OfTitles(Filters):
    """What both lists have in common."""

    in_order = ("-year", "due_on", "pk")

    text = Search(label=_("组织名称或名册编号"), method="called")
    year = Number(field_name="year", label=_("年度"))
    area = Number(label=_("县（区）"), method="lies_within")

    def called(self, rows: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        return rows.filter(queries.called(text))

    def lies_within(self, rows: QuerySet[Any], _name: str, pk: int) -> QuerySet[Any]:
        return rows.filter(queries.lies_in(pk))


class RecheckFilters(_OfTitles):
    none = unmatched = _("没有复核")
    none_hint = _("年度抽取以后，列入复核的称号会列在这里。")

    why = Choice(label=_("复核事由"), choices=Recheck.Why.choices)
    standing = Choice(label=_("状态"), choices=Standing.choices)
    outcome = Choice(label=_("结论"), choices=Outcome.choices)
    time = Choice(label=_("时限"), choices=[(queries.LATE, _("逾期"))], method="is_late")
    order = Order(due_on=Way(_("办结期限"), "due_on", "pk"))

    def is_late(self, rows: QuerySet[Any], _name: str, _late: str) -> QuerySet[Any]:
        return rows.filter(queries.late())


class ReportFilters(_OfTitles):
    none = unmatched = _("没有年度自查")
    none_hint = _("年度抽取以后，不复核的称号由单位上报自查，列在这里。")

    said = Choice(
        label=_("上报情况"),
        choices=[
            ("awaited", _("待上报")),
            ("unchanged", _("没有变化")),
            ("changed", _("有变化")),
            ("excused", _("已改为复核，不用上报")),
            ("ended", _("称号终止，不用上报")),
        ],
        method="is_reported",
    )
    time = Choice(label=_("时限"), choices=[(queries.LATE, _("逾期"))], method="is_late")
    order = Order(due_on=Way(_("上报期限"), "due_on", "pk"))

    def is_reported(self, rows: QuerySet[Any], _name: str, said: str) -> QuerySet[Any]:
        return rows.filter(queries.REPORTED[said])

    def is_late(self, rows: QuerySet[Any], _name: str, _late: str) -> QuerySet[Any]:
        return rows.filter(queries.late_report())
