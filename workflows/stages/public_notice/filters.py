"""In which order notices stand."""

from django.utils.translation import gettext_lazy as _

from designation.site.lists import Filters, Order, Way


class PublishedFilters(Filters):
    in_order = ("-published_at", "-pk")
    none = _("还没有公示")
    none_hint = _("拟命名的名单会在这里公示，公示期内任何人都可以提出异议。")

    order = Order(published_at=Way(_("发布时间"), "published_at", "pk"))
