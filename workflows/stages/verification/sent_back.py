"""Which items upheld objections send back: those alone are measured anew, and all of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from ...case.facts import Case
from ...findings import GateFinding
from ..objections.facts import Raised
from ..objections.models import Objection
from .facts import OnSite
from .models import Visit


def items_sent_back(case: Case) -> tuple[str, ...]:
    """Codes of the items to be verified anew; none where that is the whole standard."""
    wanted = _wanted(case)
    return () if wanted == frozenset(case.item_codes) else _in_order(case, wanted)


def other_than_sent_back(case: Case, items: Sequence[str]) -> Iterable[GateFinding]:
    """Why a plan with these items is refused: neither more nor less than was sent back."""
    wanted, whole = _wanted(case), frozenset(case.item_codes)
    if not wanted or wanted == (frozenset(items) or whole):
        return
    if wanted == whole:
        told = _("异议退回重新核查的是全部条目，请不要只勾选其中几条；不勾选即全部核查。")
    else:
        codes = "、".join(_in_order(case, wanted))
        told = _("异议退回重新核查的是 %(codes)s，请只勾选这些条目。") % {"codes": codes}
    yield GateFinding("not_the_items_sent_back", _("只重新核查异议退回的条目"), told, field="items")


def everything_sent_back_is_to_be_seen(case: Case) -> Iterable[GateFinding]:
    """What is upheld once a visit is planned, or goes on, joins it before it is complete."""
    visit = OnSite.of(case).visit
    if visit is None or visit.reason != Visit.Reason.REVERIFICATION:
        return
    wanted, whole = _wanted(case), frozenset(case.item_codes)
    if not wanted - frozenset(OnSite.of(case).item_codes):
        return
    if wanted == whole:
        told = _("异议成立后须重新核查全部条目，请县级经办人修改核查安排：不勾选条目，即全部核查。")
    else:
        codes = "、".join(_in_order(case, wanted))
        told = _("异议成立后须重新核查的是 %(codes)s，请县级经办人修改核查安排，勾选这些条目。") % {
            "codes": codes
        }
    yield GateFinding("sent_back_not_planned", _("异议退回的条目都要核查"), told)


def _wanted(case: Case) -> frozenset[str]:
    """What objections upheld since the case was last verified send back; nothing where none did.

    One that names no items sends back the whole standard. So does each where a visit was broken off
    since: what the others are to keep was not found by the visit before.
    """
    since = _last_verified(case)
    if since is None:
        return frozenset()
    named = [
        frozenset(one.items)
        for one in Raised.of(case).objections
        if one.status == Objection.Status.UPHELD and one.closed_at and one.closed_at >= since
    ]
    if not named:
        return frozenset()
    if not all(named) or _was_broken_off(case, since):
        return frozenset(case.item_codes)
    return frozenset().union(*named) & frozenset(case.item_codes)


def _last_verified(case: Case) -> datetime | None:
    passed = [one.at for one in case.decisions if one.transition == "complete_verification"]
    return max(passed, default=None)


def _was_broken_off(case: Case, since: datetime) -> bool:
    """Whether the last visit that was closed is not the one by which it was last verified."""
    closed = OnSite.of(case).last_closed
    return closed is not None and (closed.begun_at is None or closed.begun_at > since)


def _in_order(case: Case, wanted: frozenset[str]) -> tuple[str, ...]:
    return tuple(code for code in case.item_codes if code in wanted)
