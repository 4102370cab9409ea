"""What the list of those who may be given a password link may be narrowed by."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from designation.site.lists import Filters, Order, Search, Way

from ..organizations import names
from ..organizations.models import Person


class LinkFilters(Filters):
    in_order = ("username",)
    send = _("查找")
    none = _("还没有人员")
    none_hint = _("人员由系统管理员录入。")
    unmatched_hint = _("可以换一个姓名或账号查找。人员由系统管理员录入。")

    text = Search(label=_("按姓名或账号查找"), method="called")
    order = Order(username=Way(_("账号"), "username"))

    def called(self, rows: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        return rows.filter(Q(username__icontains=text) | names.called(text, Person))


class SlipFilters(LinkFilters):
    none = _("没有要制作密码条的人员")
    none_hint = _("人员都已有密码或者密码链接。新录入的人员会列在这里。")
    unmatched_hint = _("可以换一个姓名或账号查找；已有密码或者密码链接的不列出。")
