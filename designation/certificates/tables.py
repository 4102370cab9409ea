"""The decisions with how far their certificates have come, as a table."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from designation.organizations.rules import holds
from designation.register.rules import LOOKING_AFTER
from designation.site.tables import Column, Table

from . import progress
from .filters import DecisionFilters


def rows(asked: Any) -> QuerySet[Any]:
    """Those of whose titles whoever asks looks after any."""
    if not holds(asked.user, *LOOKING_AFTER):
        raise Http404
    return progress.of_decisions(asked.user)


DECISIONS = Table(
    "certificates",
    _("证书发放情况"),
    "certificates:decisions",
    DecisionFilters,
    rows,
    (
        Column("document", _("发文字号"), lambda row: row.document_number, 24),
        Column("body", _("审定机关"), lambda row: row.deciding_body, 24),
        Column("decided_on", _("决定日期"), lambda row: row.decided_on, 12),
        Column("round", _("申报批次"), lambda row: row.round.name_zh if row.round else "", 30),
        Column("given", _("命名个数"), lambda row: row.given, 12),
        Column("issued", _("已发证"), lambda row: row.issued, 12),
        Column("lacking", _("称号有效、还没有发证"), lambda row: row.lacking, 22),
    ),
    lambda: LOOKING_AFTER,
)
TABLES = (DECISIONS,)
