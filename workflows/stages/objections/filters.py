"""How a file is found in the library, to be put beside what the organization says."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from designation.evidence import queries
from designation.evidence.models import LibraryEntry
from designation.site.lists import Filters, Order, Search, Way


class ChoiceFilters(Filters):
    """The newest first."""

    send = _("查找")
    none = unmatched = _("没有可以选用的资料")
    none_hint = unmatched_hint = _("请返回上一页，在那里上传。")

    text = Search(label=_("名称、说明或文件名"), method="called")
    order = Order(put_in=Way(_("存入先后"), "pk"))

    def called(self, rows: QuerySet[LibraryEntry], _name: str, text: str) -> QuerySet[Any]:
        return rows.filter(queries.called(text))
