"""What the register may be narrowed by."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from designation.organizations.models import Level
from designation.site import clock, forms
from designation.site.lists import Choice, Code, Day, Filters, Number, Order, Search, Way
from standards.categories import Category

from . import queries
from .models import Designation
from .standing import Status


def _areas(most: int, _request: HttpRequest) -> list[tuple[str, str]]:
    """Those that have titles; of several counties these too, each before what lies within it."""
    areas = set(queries.areas_with_titles()[:most])
    counties = {area if area.level == Level.COUNTY else area.parent for area in areas}
    if len(counties) > 1:
        areas |= {county for county in counties if county}
    return [(area.code, area.name) for area in sorted(areas, key=lambda area: area.code)]


class TitleFilters(Filters):
    in_order = ("-designated_on", "number")
    send = _("查询")
    none = _("没有查到")
    none_hint = _("还没有命名的示范点。")
    unmatched_hint = _("没有符合条件的记录。")

    text = Search(label=_("组织名称、拼音首字母、名册或证书编号"), method="called")
    category = Choice(field_name="category", label=_("类别"), choices=Category.choices)
    area = Code(
        method="lies_in",
        label=_("所在辖区"),
        options=_areas,
        typed=_("辖区较多，请填 12 位区划代码。"),
    )
    status = Choice(
        label=_("状态"),
        choices=Status.choices,
        method="stands_as",
    )
    decision = Number(field_name="decision_id", label=_("命名决定"))
    on = Day(label=_("截至哪一天"), help_text=_("不填就是今天。"))
    order = Order(
        designated_on=Way(_("命名日期"), "designated_on", "-number"),
        number=Way(_("名册编号"), "number"),
    )

    def called(self, rows: QuerySet[Designation], _name: str, text: str) -> QuerySet[Any]:
        return rows.filter(queries.called(text))

    def lies_in(self, rows: QuerySet[Designation], _name: str, code: int) -> QuerySet[Any]:
        return rows.filter(queries.lies_in(code))

    def stands_as(self, rows: QuerySet[Designation], _name: str, status: str) -> QuerySet[Any]:
        return queries.standing_as(Status(status), self.day, rows)

    def filter_queryset(self, queryset: QuerySet[Designation]) -> QuerySet[Any]:
        rows = super().filter_queryset(queryset)
        status = self.chosen("status")
        return queries.begun_with_few(rows) if status in queries.FEW else rows

    @property
    def day(self) -> date:
        """The day as of which the register is asked."""
        return self.chosen("on") or clock.today()


def day_asked(data: Mapping[str, str]) -> date | None:
    """The day that an address asks for; None: today, also for what is no day."""
    try:
        day: date | None = forms.DateField(required=False).clean(data.get("on", ""))
    except ValidationError:
        return None
    return day
