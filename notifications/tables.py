"""A person's messages as a table."""

from django.utils.translation import gettext_lazy as _

from designation.site.tables import Column, Table, local

from .channels import label_of
from .filters import MessageFilters, UndeliveredFilters
from .inbox import messages_of
from .undelivered import seen_by
from .wording import what_happened

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
UNDELIVERED = Table(
    "undelivered",
    _("未送达的消息"),
    "messages:undelivered",
    UndeliveredFilters,
    lambda asked: seen_by(asked.user),
    (
        Column("created_at", _("时间"), lambda row: local(row.message.created_at), 18),
        Column("what", _("动作"), lambda row: what_happened(row.message.event.action), 24),
        Column("to_whom", _("发给"), lambda row: row.to_whom, 30),
        Column("channel", _("渠道"), lambda row: str(label_of(row.channel)), 14),
        Column("answer", _("对方的答复"), lambda row: row.answer, 44),
    ),
)
TABLES = (MESSAGES, UNDELIVERED)
