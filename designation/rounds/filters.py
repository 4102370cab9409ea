"""How the list of rounds is sorted."""

from django.utils.translation import gettext_lazy as _

from designation.site.lists import Filters, Order, Way


class RoundFilters(Filters):
    in_order = ("-opens_at", "-pk")
    none = _("还没有申报批次")
    none_hint = _("县级经办人新建并开展批次后，会列在这里。")

    order = Order(opens_at=Way(_("申报开始时间"), "opens_at", "pk"))
