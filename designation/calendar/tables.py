"""The years of the calendar as a table."""

from django.utils.translation import gettext_lazy as _

from designation.site.tables import Column, Table

from . import rules
from .filters import YearFilters

YEARS = Table(
    "calendar-years",
    _("工作日历"),
    "calendar:list",
    YearFilters,
    lambda asked: rules.shown_years(asked.user),
    (
        Column("year", _("年份"), lambda row: row.year, 10),
        Column("document", _("依据文件"), lambda row: row.source_document, 70),
    ),
    lambda: rules.CONFIRMING,
)
TABLES = (YEARS,)
