"""What the log may be narrowed by."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from designation.site.lists import Choice, Filters, Order, Search, Way

from . import queries, wording
from .models import AuditEvent


class EventFilters(Filters):
    in_order = ("-sequence",)
    none = _("还没有事件")
    none_hint = _("每次办理都会在这里留下一个事件。")
    unmatched = _("没有符合条件的事件")
    unmatched_hint = _("请放宽筛选条件；每次办理都会在这里留下一个事件。")

    action = Choice(
        field_name="action",
        label=_("动作"),
        choices=wording.actions,
        empty_label=_("全部动作"),
        error_messages={"invalid_choice": _("没有这个动作，请从列表中选择。")},
    )
    application = Search(
        label=_("申报"),
        method="about",
        help_text=_("申报编号，或组织、批次名称的一部分。"),
    )
    order = Order(sequence=Way(_("序号"), "sequence"))

    def about(self, rows: QuerySet[AuditEvent], _name: str, text: str) -> QuerySet[Any]:
        return queries.matching(rows, application=text)
