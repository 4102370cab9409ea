"""The notices, on the desk and on the wall, as tables."""

from django.utils.translation import gettext_lazy as _

from designation.organizations.roles import NOTICE_ROLES
from designation.site.tables import Column, Table

from ..stages.public_notice.filters import PublishedFilters
from ..stages.public_notice.queries import on_the_wall
from . import queries
from .filters import NoticeFilters

_TITLE = Column("title", _("标题"), lambda row: row.title, 44)
_NUMBER = Column("number", _("公示编号"), lambda row: row.number, 14)
_ROUND = Column("round", _("批次"), lambda row: row.round.name_zh, 30)
_FIRST = Column("first_day", _("公示首日"), lambda row: row.first_day, 12)
_LAST = Column("last_day", _("公示末日"), lambda row: row.last_day, 12)
_DAYS = Column("working_days", _("工作日数"), lambda row: row.working_days, 10)
# Empty where working days are counted.
_CALENDAR_DAYS = Column("calendar_days", _("自然日数"), lambda row: row.calendar_days, 10)

DESK = Table(
    "notices",
    _("公示办理"),
    "notices:desk",
    NoticeFilters,
    lambda asked: queries.notices(asked.user),
    (
        _NUMBER,
        _TITLE,
        _ROUND,
        Column("names", _("公示名单（个）"), lambda row: row.names, 10),
        Column("status", _("状态"), lambda row: str(row.get_status_display()), 12),
        _FIRST,
        _LAST,
        _DAYS,
        _CALENDAR_DAYS,
    ),
    lambda: tuple(NOTICE_ROLES),
)
PUBLISHED = Table(
    "published-notices",
    _("公示"),
    "notices:list",
    PublishedFilters,
    lambda _asked: on_the_wall().select_related("round"),
    (_NUMBER, _TITLE, _ROUND, _FIRST, _LAST, _DAYS, _CALENDAR_DAYS),
)
TABLES = (DESK, PUBLISHED)
