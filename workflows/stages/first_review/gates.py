"""What must hold before a reviewer recommends, returns or rejects."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from designation.applications.models import Conclusion
from designation.site import clock
from designation.site.reasons import LEAST_REASON

from ...case.facts import Case
from ...case.records import Part
from ...findings import GateFinding
from .facts import Review

NOT_MARKED = "item_not_marked"


def opinion_is_given(case: Case) -> Iterable[GateFinding]:
    if len(case.act.opinion.strip()) < LEAST_REASON:
        yield GateFinding(
            "opinion_too_short",
            _("审核意见不少于 %(count)s 个字") % {"count": LEAST_REASON},
            _("请写明意见和理由。"),
        )


def every_item_is_marked(case: Case) -> Iterable[GateFinding]:
    rule, told = _("逐条给出初审结论"), _("请对本条给出初审结论。")
    for code in case.item_codes:
        if code not in Review.of(case).mark_verdicts:
            yield GateFinding(NOT_MARKED, rule, told, code)


def no_item_is_marked_unmet(case: Case) -> Iterable[GateFinding]:
    for code, verdict in Review.of(case).mark_verdicts.items():
        if verdict == Conclusion.NOT_MET:
            yield GateFinding(
                "item_marked_unmet",
                _("推荐前各条均应达标"),
                _("初审认定本条未达标：请退回补正或不予推荐；结论有误的，请更正。"),
                code,
            )


def a_recommendation_place_is_left(case: Case) -> Iterable[GateFinding]:
    left = Review.of(case).recommendation_places_left
    if left is not None and left <= 0:
        yield GateFinding(
            "recommendation_quota_full",
            _("不超过推荐名额"),
            _("本类别的推荐名额已用完，不能再推荐。可以退回补正，或者不予推荐。"),
        )


def corrections_are_listed(case: Case) -> Iterable[GateFinding]:
    """A return is a list of items, each with its reason."""
    rule = _("退回补正须逐条列明")
    if not case.act.corrections:
        yield GateFinding("no_corrections", rule, _("请至少勾选一个条目，并写明退回原因。"))
    for code, reason in case.act.corrections.items():
        if not reason.strip():
            of_item = "" if code in Part.values else code
            yield GateFinding("correction_reason_missing", rule, _("请写明退回原因。"), of_item)
        if code not in (*case.item_codes, *Part.values):
            yield GateFinding("unknown_item", rule, _("标准中没有这个条目，请重新选择。"), code)


def a_return_is_left(case: Case) -> Iterable[GateFinding]:
    allowed = case.application.round.returns_allowed
    if Review.of(case).returns_made >= allowed:
        yield GateFinding(
            "returns_used_up",
            _("每一环节最多退回 %(count)s 次") % {"count": allowed},
            _("退回次数已用完，请作出通过或不通过的决定。"),
        )


def the_correction_is_overdue(case: Case) -> Iterable[GateFinding]:
    """Nobody ends a case for want of a correction while there is time to hand it in."""
    due_at = case.application.due_at
    if due_at is None or not clock.is_over(due_at, case.now):
        yield GateFinding(
            "correction_not_overdue",
            _("补正逾期才能终止"),
            _("补正期限还没有到，请等待申报单位补正。"),
        )


def nobody_has_acted_on_it(case: Case) -> Iterable[GateFinding]:
    """What others have begun to work with is not pulled from under them."""
    if Review.of(case).is_acted_on:
        yield GateFinding(
            "already_acted_on",
            _("没有人接着办理，才能收回决定"),
            _("已有人接着办理，决定不能收回。需要改变的，请与现在的办理人商量。"),
        )
