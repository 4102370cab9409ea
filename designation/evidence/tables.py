"""A library as a table: what is kept, until when, and the hash by which it is known."""

from django.utils.translation import gettext_lazy as _

from designation.organizations.models import Role
from designation.site.tables import Column, Table, local

from . import rules
from .filters import LibraryFilters

LIBRARY = Table(
    "library",
    _("资料库"),
    "library:list",
    LibraryFilters,
    lambda asked: rules.own(asked.user).select_related("stored", "organization"),
    (
        Column("title", _("材料名称"), lambda row: row.title, 36),
        Column("caption", _("说明"), lambda row: row.caption, 36),
        Column("organization", _("单位"), lambda row: row.organization.name_zh, 30),
        Column("dated_on", _("材料日期"), lambda row: row.dated_on, 12),
        Column("sensitivity", _("内容"), lambda row: str(row.get_sensitivity_display()), 14),
        Column("retention", _("保管期限"), lambda row: str(row.get_retention_display()), 12),
        Column("until", _("保管到"), lambda row: row.retained_until, 12),
        Column("uploaded_at", _("上传时间"), lambda row: local(row.uploaded_at), 18),
        Column("taken_out_at", _("移出时间"), lambda row: local(row.taken_out_at), 18),
        Column("sha256", _("内容哈希"), lambda row: row.stored.sha256, 68),
    ),
    lambda: (Role.PREPARER, Role.HEAD),
)
TABLES = (LIBRARY,)
