"""Why applications came back: what was listed for correction, by reason and by who returned it.

A reason is written freely; what is told apart is what the record knows of it: whether the item
came without any evidence, and what beside the items came back.
"""

from collections import Counter
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from designation.applications.models import Application
from workflows.case.records import Part

from ..workload.counts import WITHOUT_EVIDENCE

REASONS: dict[str, Any] = {
    "no_evidence": _("条目没有佐证材料"),
    "other": _("条目有佐证材料，其他原因"),
    **{part.value: part.label for part in Part},
}

_RETURNS = f"""
SELECT d.from_stage,
  CASE WHEN c.part <> '' THEN c.part WHEN {WITHOUT_EVIDENCE} THEN 'no_evidence' ELSE 'other' END,
  count(*)
FROM workflows_correction c
JOIN workflows_decision d ON d.id = c.decision_id
LEFT JOIN standards_item i ON i.id = c.item_id
LEFT JOIN applications_submission before ON before.id = d.submission_id
WHERE c.taken_back_at IS NULL AND c.application_id IN ({{applications}})
GROUP BY 1, 2
"""  # noqa: S608 - constants of these modules


def by_reason(rows: QuerySet[Application]) -> Counter[tuple[str, str]]:
    """By the stage that returned and the reason, how many lines of lists; one statement."""
    applications, given = rows.order_by().values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_RETURNS.format(applications=applications), given)
        return Counter({(stage, reason): count for stage, reason, count in cursor.fetchall()})
