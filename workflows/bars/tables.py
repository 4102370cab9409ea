"""The organizations that may not apply for now, as a table."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from designation.register.rules import LOOKING_AFTER
from designation.site import clock
from designation.site.tables import Column, Table

from . import words
from .filters import BarFilters
from .queries import barred, bars_on
from .rules import read_by, reads_bars


def rows(asked: Any) -> QuerySet[Any]:
    """Those of the areas of whoever asks."""
    if not reads_bars(asked.user):
        raise Http404
    return barred(clock.today(), read_by(asked.user))


def _until(row: Any) -> date:
    return max(bar.until for bar in bars_on(row) if bar.until)


BARS = Table(
    "bars",
    _("限制申报的单位"),
    "bars:list",
    BarFilters,
    rows,
    (
        Column("organization", _("组织名称"), lambda row: row.name_zh, 36),
        Column("area", _("所在辖区"), lambda row: row.jurisdiction.name_zh, 22),
        Column("category", _("类别"), lambda row: str(row.get_category_display()), 14),
        Column("why", _("原因"), lambda row: "；".join(map(words.why, bars_on(row))), 40),
        Column("until", _("到哪天为止"), _until, 14),
        Column("reason", _("理由"), lambda row: "；".join(b.reason for b in bars_on(row)), 40),
    ),
    lambda: LOOKING_AFTER,
)
TABLES = (BARS,)
