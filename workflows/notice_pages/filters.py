"""In which order notices stand on the desk of those who take them through their steps."""

from django.utils.translation import gettext_lazy as _

from designation.site.lists import Filters, Order, Way


class NoticeFilters(Filters):
    none = _("还没有公示。")

    order = Order(proposed=Way(_("提出先后"), "pk"))
