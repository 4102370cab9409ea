"""What the list of what is due may be narrowed by."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from designation.site.lists import Choice, Filters, Number, Order, Search, Way

from . import classes
from .models import Disposal, Outcome


class _State(Choice):
    """Unless asked for, what was settled is not listed with what waits."""

    def filter(self, qs: QuerySet[Disposal], value: str) -> QuerySet[Any]:
        if value in Outcome.values:
            return qs.filter(outcome=value)
        waiting = qs.filter(settled_at__isnull=True)
        holds = Q(holds__isnull=False, holds__lifted_at__isnull=True)
        if value == "held":
            return waiting.filter(holds)
        return waiting.exclude(pk__in=waiting.filter(holds).values("pk")) if value else waiting


class DisposalFilters(Filters):
    """What goes first stands first."""

    in_order = ("goes_on", "pk")
    none = _("没有保管期限将满的内容")
    none_hint = _("销毁之前 30 天列在这里，并发消息通知。")
    unmatched = _("没有符合条件的到期事项")

    state = _State(
        label=_("状态"),
        choices=[("due", _("待销毁")), ("held", _("暂缓")), *Outcome.choices],
        empty_label=_("未办理的"),
    )
    kept_class = Choice(
        field_name="kept_class",
        label=_("类别"),
        choices=[(one.code, one.name) for one in classes.announced()],
    )
    text = Search(label=_("名称或所属"), method="called")
    row = Number(field_name="pk", label="")
    order = Order(going=Way(_("销毁先后"), "goes_on", "pk"), listed=Way(_("列入先后"), "pk"))

    def called(self, rows: QuerySet[Disposal], _name: str, text: str) -> QuerySet[Any]:
        return rows.filter(Q(label__icontains=text) | Q(holder__icontains=text))
