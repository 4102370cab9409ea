"""Whether the organization was heard, before a finding is made of an objection to it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from ...findings import GateFinding
from .models import Hearing, Objection


def of(objection: Objection) -> Hearing | None:
    return Hearing.objects.filter(objection=objection).select_related("term").first()


def why_not_upheld(objection: Objection) -> Iterable[GateFinding]:
    """Nothing is found against an organization that was not heard."""
    if of(objection) is None:
        yield _awaits("not_heard", _("认定异议成立以前，请先把事实告知被异议单位，听取陈述。"))
    yield from why_not_yet(objection)


def why_not_yet(objection: Objection) -> Iterable[GateFinding]:
    """What was begun is waited for: for the answer, or the end of its term."""
    hearing = of(objection)
    if hearing is not None and hearing.released_at is None:
        yield _awaits("not_released", _("告知的事实已经写好，还没有告知被异议单位。"))
    elif hearing is not None and not hearing.is_over:
        told = _("被异议单位还没有陈述，陈述期限也没有满，请等它陈述或者期满。")
        yield _awaits("not_answered", told)


def _awaits(code: str, told: str) -> GateFinding:
    return GateFinding(code, _("作出结论以前听取被异议单位的陈述"), told)
