"""What the list of decisions with their certificates may be narrowed by."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from designation.site.lists import Choice, Filters, Order, Search, Way

_LACKING, _COMPLETE = "lacking", "complete"


class DecisionFilters(Filters):
    in_order = ("-decided_on", "-pk")
    none = _("还没有命名决定")
    none_hint = _("作出命名决定以后，这里按决定列出发了多少证书、还差多少。")

    text = Search(label=_("发文字号或者申报批次"), method="called")
    issued = Choice(
        label=_("发证情况"),
        choices=[(_LACKING, _("还有没发的")), (_COMPLETE, _("已发齐"))],
        method="come_so_far",
    )
    order = Order(decided_on=Way(_("决定日期"), "decided_on", "pk"))

    def called(self, rows: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        named = Q(round__name_zh__icontains=text) | Q(round__name_en__icontains=text)
        return rows.filter(Q(document_number__icontains=text) | named)

    def come_so_far(self, rows: QuerySet[Any], _name: str, state: str) -> QuerySet[Any]:
        return rows.filter(lacking__gt=0) if state == _LACKING else rows.filter(lacking=0)
