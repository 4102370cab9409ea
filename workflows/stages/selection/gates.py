"""What must hold before somebody is chosen, put in reserve, moved up or let go."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from designation.applications.models import Stage
from designation.rounds.models import Round

from ...case.facts import Case
from ...findings import GateFinding
from .facts import Choosing
from .models import SelectionRow


def the_meeting_decided(outcome: SelectionRow.Outcome) -> Callable[[Case], Iterable[GateFinding]]:
    """The record of the meeting says ``outcome`` of this application."""

    def gate(case: Case) -> Iterable[GateFinding]:
        row = Choosing.of(case).row
        if row is None or row.outcome != outcome:
            yield GateFinding(
                "no_meeting",
                _("择优由会议研究决定，并登记会议"),
                _("请在“择优”页登记会议研究的结果。"),
            )

    gate.__name__ = f"the_meeting_decided_{outcome.value}"
    return gate


def a_place_is_left(case: Case) -> Iterable[GateFinding]:
    left = Choosing.of(case).places_left
    if left is not None and left <= 0:
        yield GateFinding(
            "quota_full",
            _("不超过本批次名额"),
            _("%(category)s的名额已满，%(organization)s不能再列为拟命名，可列为候补。")
            % {
                "category": case.application.get_category_display(),
                "organization": case.application.organization.name,
            },
        )


def it_is_chosen(case: Case) -> Iterable[GateFinding]:
    if case.application.stage != Stage.CHOSEN:
        yield GateFinding(
            "not_chosen",
            _("公示名单出自会议研究的拟命名名单"),
            _("%(organization)s还没有列为拟命名，请先在“择优”页登记会议研究的结果。")
            % {"organization": case.application.organization.name},
        )


def it_is_next_in_reserve(case: Case) -> Iterable[GateFinding]:
    if not Choosing.of(case).is_next_in_reserve:
        yield GateFinding(
            "not_next_in_reserve",
            _("名额空出时按候补次序递补"),
            _("前面还有候补，请先递补候补次序在前的单位。"),
        )


def no_place_can_fall_free(case: Case) -> Iterable[GateFinding]:
    """The reserve ends with the round: closed, nothing of the category under way, no place free."""
    rule = _("候补到本批次办结为止")
    if case.application.round.status != Round.Status.CLOSED:
        yield GateFinding("round_not_closed", rule, _("本批次的申报还没有结束，候补继续有效。"))
        return
    under_way = Choosing.of(case).others_under_way
    if under_way:
        yield GateFinding(
            "others_under_way",
            rule,
            _("本类别还有 %(count)s 份申报没有办结，名额还可能空出，候补继续有效。")
            % {"count": under_way},
        )
    left = Choosing.of(case).places_left
    if left is None or left > 0:
        yield GateFinding("place_free", rule, _("还有名额空着，请先按候补次序递补。"))
