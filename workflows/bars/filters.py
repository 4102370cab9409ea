"""What the list of barred organizations may be narrowed by."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from designation.organizations import names
from designation.organizations.models import Organization
from designation.register.bars import Ground
from designation.site.lists import Choice, Filters, Search
from standards.categories import Category

from .queries import barred_by


class BarFilters(Filters):
    in_order = ("jurisdiction__code", "pk")
    none = unmatched = _("没有限制申报的单位")
    none_hint = _("称号被撤销的，或者因弄虚作假、拒不接受监督检查未通过的，会列在这里。")

    text = Search(label=_("组织名称"), method="called")
    category = Choice(field_name="category", label=_("类别"), choices=Category.choices)
    ground = Choice(label=_("原因"), choices=Ground.choices, method="barred_by")

    def called(self, rows: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        return rows.filter(names.called(text, Organization))

    def barred_by(self, rows: QuerySet[Any], _name: str, ground: str) -> QuerySet[Any]:
        return rows.filter(barred_by(ground))
