"""The replays that were made, as a table; what came of one is a file of its own."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from designation.site.tables import Asked, Column, Table, local

from .filters import ReplayFilters
from .models import Replay
from .scoping import ROLES, visible_replays

_WITH = ("entry__round", "version", "job__asked_by")


def _rows(asked: Asked) -> QuerySet[Replay]:
    return visible_replays(asked.user).select_related(*_WITH)


REPLAYS = Table(
    "replays",
    _("标准推演"),
    "replays:list",
    ReplayFilters,
    _rows,
    (
        Column("entry", _("批次和类别"), lambda row: str(row.entry), 40),
        Column("tried", _("试用的标准"), lambda row: row.version_name, 40),
        Column("state", _("状态"), lambda row: row.job.state_said, 12),
        Column("falls", _("变为不达标"), lambda row: row.result.get("falls"), 14),
        Column("rises", _("变为达标"), lambda row: row.result.get("rises"), 14),
        Column("asked_by", _("推演人"), lambda row: row.job.asked_by.full_name, 14),
        Column("asked_at", _("推演时间"), lambda row: local(row.job.asked_at), 18),
    ),
    lambda: ROLES,
)
TABLES = (REPLAYS,)
