"""What a library may be narrowed by."""

from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django_filters import ModelChoiceFilter

from designation.site.lists import NO_OPTION, Choice, Filters, Order, Search, Way

from . import queries, rules
from .models import LibraryEntry, Retention, Sensitivity


class _Standing(Choice):
    """Asked for or not: what was taken out is not listed with what is there."""

    def filter(self, qs: QuerySet[LibraryEntry], value: str) -> QuerySet[Any]:
        return queries.standing(qs, value)


class LibraryFilters(Filters):
    none = _("资料库还是空的")
    none_hint = _("在申报条目中上传的材料也会存到这里。")
    unmatched = _("没有符合条件的资料")

    text = Search(label=_("名称、说明或文件名"), method="called")
    sensitivity = Choice(field_name="sensitivity", label=_("内容"), choices=Sensitivity.choices)
    retention = Choice(field_name="retention", label=_("保管期限"), choices=Retention.choices)
    state = _Standing(
        label=_("状态"),
        choices=[
            (queries.TERM_OVER, _("在库，期限已满")),
            (queries.TAKEN_OUT, _("已移出")),
        ],
        empty_label=_("在库"),
    )
    organization = ModelChoiceFilter(
        field_name="organization",
        label=_("单位"),
        queryset=lambda request: rules.organizations(request.user),
        empty_label=_("全部"),
        error_messages=NO_OPTION,
    )
    order = Order(put_in=Way(_("存入先后"), "pk"))

    def __init__(self, data: QueryDict, rows: QuerySet[Any], *, request: Any) -> None:
        """Who looks after one library is not asked which."""
        super().__init__(data, rows, request=request)
        if len(rules.organizations(request.user)[:2]) == 1:
            del self.filters["organization"]

    def called(self, rows: QuerySet[LibraryEntry], _name: str, text: str) -> QuerySet[Any]:
        return rows.filter(queries.called(text))


class ChoiceFilters(Filters):
    """How a file is found in the library to be put beside something; the newest first."""

    send = _("查找")
    none = unmatched = _("没有可以选用的资料")
    none_hint = unmatched_hint = _("请返回上一页，在那里上传。")

    text = Search(label=_("名称、说明或文件名"), method="called")
    order = Order(put_in=Way(_("存入先后"), "pk"))

    def called(self, rows: QuerySet[LibraryEntry], _name: str, text: str) -> QuerySet[Any]:
        return rows.filter(queries.called(text))
