"""What must hold before a title is given, beside the notice."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from ...case.facts import Case
from ...findings import GateFinding


def the_decision_is_recorded(case: Case) -> Iterable[GateFinding]:
    if case.act.decision_id is None:
        yield GateFinding(
            "no_decision_document", _("登记命名决定"), _("请填写命名决定的发文字号和日期。")
        )
