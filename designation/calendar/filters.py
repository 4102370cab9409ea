"""How the list of calendar years is sorted."""

from django.utils.translation import gettext_lazy as _

from designation.site.lists import Filters, Order, Way


class YearFilters(Filters):
    in_order = ("-year",)
    none = _("还没有工作日历")
    none_hint = _("系统管理员载入、另一人确认后，会列在这里。")

    order = Order(year=Way(_("年份"), "year"))
