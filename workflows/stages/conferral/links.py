"""The page of the decision, and the title that a case led to."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy

from designation.site.templatetags.moments import day

from ...case.facts import Case
from ...case.rules import is_deciding_officer
from ...declared import Link, Outcome
from .facts import Given

_: Any = gettext_lazy


def _round(case: Case) -> int:
    key: int = case.application.round_id
    return key


def _title(case: Case) -> tuple[str, str] | None:
    title = Given.of(case).title
    return (title.number, title.number) if title else None


def decision_of(case: Case) -> Iterable[tuple[Any, str]]:
    """The document by which the title was given, and how long it holds."""
    if title := Given.of(case).title:
        decision = title.decision
        yield _("审定机关"), decision.deciding_body
        yield _("发文字号"), decision.document_number
        yield _("决定日期"), day(decision.decided_on)
        yield _("有效期至"), day(title.valid_until)


DECIDE = Link("designations:designate", _("办理命名"), is_deciding_officer, key=_round)
TITLE = Outcome(_("名册"), "register:detail", _title)
