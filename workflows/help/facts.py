"""What the answers name: every period and bound where the system itself keeps it."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from designation.accounts import password_links
from designation.accounts.passwords import FEWEST_KINDS
from designation.accounts.use import UNUSED_AFTER
from designation.administration.deputy_conditions import LONGEST
from designation.administration.first_day.links import LIVES
from designation.administration.rights_reviews import REMINDED_AFTER
from designation.administration.tables.reading import MOST_ROWS
from designation.administration.unused import TOLD_BEFORE
from designation.exports.keeping import KEPT
from designation.rounds.models import Round
from designation.site.reasons import LEAST_REASON

from ..rechecks import drawing, due
from ..stages.objections import erasure, hearing
from ..stages.verification.gates import FEWEST_VERIFIERS
from ..titles.correcting import ORDER_DAYS

# Of a round, by the names of its fields; what it says unless the county changes it.
_OF_A_ROUND = (
    "first_review_days",
    "correction_days",
    "paper_check_days",
    "verification_days",
    "notice_days",
    "designation_days",
    "valid_years",
    "appeal_days",
    "appeal_answer_days",
    "objection_longer_days",
)
_MEGABYTE = 1024 * 1024
_DAYS_OF_A_MONTH = 365 / 12


def facts() -> Mapping[str, Any]:
    """By the name by which a text asks for it."""
    usual = Round()
    return {
        **{name: getattr(usual, name) for name in _OF_A_ROUND},
        "returns": usual.returns_allowed,
        "reason": LEAST_REASON,
        "order_days": ORDER_DAYS,
        "draw_share": drawing.LEAST_SHARE,
        "recheck_answer_days": due.ANSWER_DAYS,
        "report_days": due.REPORT_DAYS,
        "verifiers": FEWEST_VERIFIERS,
        "receive_days": usual.objection_receive_days,
        "investigate_days": usual.objection_days,
        "hearing_days": hearing.DAYS,
        "answer_days": usual.objection_answer_days,
        "identity_months": round(erasure.KEPT.days / _DAYS_OF_A_MONTH),
        "file_megabytes": settings.EVIDENCE_FILE_LIMIT // _MEGABYTE,
        "table_rows": MOST_ROWS,
        "deputy_days": LONGEST.days,
        "export_days": KEPT.days,
        **_of_accounts(),
    }


def _of_accounts() -> Mapping[str, Any]:
    validators: Any = settings.AUTH_PASSWORD_VALIDATORS
    options = (one.get("OPTIONS", {}) for one in validators)
    lengths = [one["min_length"] for one in options if "min_length" in one]
    return {
        "link_hours": password_links.hours(),
        "first_day_hours": LIVES.days * 24 + LIVES.seconds // 3600,
        "failures": settings.AXES_FAILURE_LIMIT,
        "lock_minutes": round(settings.AXES_COOLOFF_TIME * 60),
        "idle_minutes": settings.IDLE_MINUTES,
        "administrator_minutes": settings.ADMINISTRATOR_IDLE_MINUTES,
        "password_length": max(lengths),
        "password_kinds": FEWEST_KINDS,
        "unused_days": UNUSED_AFTER.days,
        "unused_told_days": TOLD_BEFORE.days,
        "review_reminded_days": REMINDED_AFTER,
    }
