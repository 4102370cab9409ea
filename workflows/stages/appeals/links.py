"""What became of the appeals in a case, shown among its facts."""

from typing import Any

from django.utils.translation import gettext_lazy

from ...case.facts import Case
from ...declared import Outcome
from .facts import Appealed
from .models import ANSWERED, Appeal
from .rules import readable

_: Any = gettext_lazy


def _last(case: Case) -> tuple[str, int] | None:
    """The last that was made in the case, for those who read it."""
    appeals = Appealed.of(case).appeals
    if not appeals or not _reads(appeals[-1], case):
        return None
    return str(Appeal.Status(appeals[-1].status).label), appeals[-1].pk


def _reads(appeal: Appeal, case: Case) -> bool:
    """What is answered whoever reads the case reads, too."""
    person = case.actor
    return appeal.status in ANSWERED or (
        person is not None and readable(person).filter(pk=appeal.pk).exists()
    )


ANSWER = Outcome(_("申请复核"), "appeals:appeal", _last)
