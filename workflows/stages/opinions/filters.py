"""What the table of the departments' opinions may be narrowed by."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from designation.applications.models import Application
from designation.organizations import names
from designation.organizations.models import Organization
from designation.site.lists import Choice, Filters, Order, Search, Way
from standards.categories import Category


class OpinionFilters(Filters):
    """In the order in which lists of the area have them."""

    in_order = ("area_code", "pk")
    none = _("还没有推荐到县级的单位")
    none_hint = _("初审推荐以后的申报会列在这里，可以一并送各部门征求意见。")

    text = Search(label=_("组织名称"), method="called")
    category = Choice(field_name="category", label=_("类别"), choices=Category.choices)
    order = Order(area=Way(_("辖区"), "area_code", "pk"))

    def called(self, rows: QuerySet[Application], _name: str, text: str) -> QuerySet[Application]:
        return rows.filter(names.called(text, Organization, "organization"))
