"""Which items an upheld objection sends back: those alone are measured anew."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from ...case.facts import Case
from ...findings import GateFinding
from ..objections.models import Objection


def items_sent_back(case: Case) -> tuple[str, ...]:
    """Codes that objections upheld since the last visit name; none where all is verified anew."""
    closed = case.application.visits.filter(closed_at__isnull=False).order_by("-closed_at")
    last = closed.values_list("closed_at", flat=True).first()
    if last is None:
        return ()
    upheld = Objection.objects.filter(
        entry__application=case.application, status=Objection.Status.UPHELD, closed_at__gte=last
    )
    named = {code for items in upheld.values_list("items", flat=True) for code in items}
    return tuple(code for code in case.item_codes if code in named)


def other_than_sent_back(case: Case, items: Sequence[str]) -> Iterable[GateFinding]:
    """Why a plan with these items is refused: neither more nor less than was sent back."""
    wanted = items_sent_back(case)
    if wanted and set(wanted) != set(items):
        yield GateFinding(
            "not_the_items_sent_back",
            _("只重新核查异议退回的条目"),
            _("异议退回重新核查的是 %(codes)s，请只勾选这些条目。") % {"codes": "、".join(wanted)},
            field="items",
        )
