"""A person's messages as a table."""

from django.utils.translation import gettext_lazy as _

from designation.site.tables import Column, Table, local

from .filters import MessageFilters
from .inbox import messages_of

MESSAGES = Table(
    "messages",
    _("消息"),
    "messages:list",
    MessageFilters,
    lambda asked: messages_of(asked.user),
    (
        Column("created_at", _("时间"), lambda row: local(row.created_at), 18),
        Column("subject", _("标题"), lambda row: row.subject, 44),
        Column("details", _("内容"), lambda row: row.details, 60),
        Column("read_at", _("读取时间"), lambda row: local(row.read_at), 18),
    ),
)
TABLES = (MESSAGES,)
