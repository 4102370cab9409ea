"""In which order a person's messages stand."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from designation.site.lists import Filters


class MessageFilters(Filters):
    """Unread first."""

    in_order = (F("read_at").desc(nulls_first=True), "-pk")
    none = _("没有消息")
    none_hint = _("与您有关的申报每前进一步，都会在这里告诉您。")


class UndeliveredFilters(Filters):
    """The last first."""

    in_order = ("-pk",)
    none = _("没有未送达的消息")
    none_hint = _("电子邮件或消息网关发不出去的，会列在这里；站内消息总能收到。")
