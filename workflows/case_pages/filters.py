"""What the list of applications may be narrowed by."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from designation.applications.models import Application, Stage
from designation.organizations import names
from designation.organizations.models import Organization
from designation.site.lists import Choice, Filters, Kept, Order, Search, Way
from standards.categories import Category


class ApplicationFilters(Filters):
    in_order = ("-stage_since", "-pk")
    none = unmatched = _("没有符合条件的申报")
    none_hint = _("填报人请在工作台“开始申报”。")
    unmatched_hint = _("可以放宽筛选条件；填报人请在工作台“开始申报”。")

    waiting = Kept()
    text = Search(label=_("组织名称"), method="called")
    # Asked for with each page: a stage may be declared after this module was read.
    stage = Choice(field_name="stage", label=_("环节"), choices=lambda: Stage.choices)
    category = Choice(field_name="category", label=_("类别"), choices=Category.choices)
    order = Order(stage_since=Way(_("进入本环节的时间"), "stage_since", "pk"))

    def called(self, rows: QuerySet[Application], _name: str, text: str) -> QuerySet[Any]:
        return rows.filter(names.called(text, Organization, "organization"))


class WaitingFilters(ApplicationFilters):
    """What waits for the person: what is due first stands first."""

    in_order = ("term__due_at", "pk")
