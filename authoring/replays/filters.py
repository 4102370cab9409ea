"""What the lists of replays may be narrowed by."""

from django.utils.translation import gettext_lazy as _

from designation.site.lists import Filters, Order, Way


class ReplayFilters(Filters):
    none = _("还没有推演")
    none_hint = _("选择一个已开展的批次，就可以开始。")

    order = Order(asked=Way(_("推演先后"), "pk"))
