"""The log as a table."""

from django.utils.translation import gettext_lazy as _

from designation.organizations.models import Role
from designation.site import clock
from designation.site.tables import Column, Table, local

from . import queries, wording
from .filters import EventFilters
from .models import AuditEvent


def _actor(event: AuditEvent) -> str:
    if event.actor is None:
        return str(_("系统"))
    day = event.at.astimezone(clock.SHANGHAI).date()
    return f"{event.actor.name_on(day)}（{event.actor.username}）"


def _details(event: AuditEvent) -> str:
    return "；".join(f"{name}：{value}" for name, value in wording.details(event))


LOG = Table(
    "log",
    _("审计日志"),
    "audit:list",
    EventFilters,
    lambda asked: queries.visible_to(asked.user),
    (
        Column("sequence", _("事件序号"), lambda row: row.sequence, 10),
        Column("at", _("时间"), lambda row: local(row.at), 18),
        Column("actor", _("操作人"), _actor, 22),
        Column("role", _("角色"), lambda row: wording.role(row.actor_role), 14),
        Column("action", _("动作"), lambda row: wording.action(row.action), 20),
        Column("subject", _("对象"), lambda row: row.subject_label, 36),
        Column("details", _("内容"), _details, 60),
        Column("place", _("区划代码"), lambda row: row.jurisdiction_code, 16),
        Column("origin", _("来源地址"), lambda row: row.origin, 18),
        Column("hash", _("哈希"), lambda row: row.hash, 68),
    ),
    lambda: (Role.AUDIT_ADMINISTRATOR,),
)
TABLES = (LOG,)
