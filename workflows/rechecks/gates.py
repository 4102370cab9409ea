"""What is asked before a re-check goes on; each is a sentence that is true when open."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from designation.organizations.models import Role
from designation.organizations.rules import seats
from designation.register.standing import Status
from designation.site.reasons import LEAST_REASON
from designation.site.templatetags.moments import day as in_words

from ..findings import GateFinding
from ..titles.case import TitleCase
from ..titles.gates import days_to_correct
from .case import RecheckCase
from .models import Outcome

Found = Iterable[GateFinding]


def the_title_is_in_force(case: RecheckCase) -> Found:
    if not case.of_the_title.is_in_force:
        yield GateFinding(
            "title_not_in_force",
            _("有效的称号才作复核结论"),
            _("称号现为“%(status)s”，不再作复核结论。请终止这次复核。")
            % {"status": case.of_the_title.status.label},
        )


def the_title_is_in_force_no_more(case: RecheckCase) -> Found:
    if case.of_the_title.is_in_force:
        yield GateFinding(
            "title_in_force",
            _("称号仍然有效的，复核作出结论"),
            _("称号仍然有效，复核须作出结论，不能终止。"),
        )


def something_is_said(case: RecheckCase) -> Found:
    if case.act is not None and not case.act.text.strip():
        yield GateFinding(
            "nothing_said",
            _("写明答复"),
            _("请写明对核查结果的意见；没有意见的，写明无异议。"),
            field="text",
        )


def the_reason_is_given(case: RecheckCase) -> Found:
    if case.act is not None and len(case.act.text.strip()) < LEAST_REASON:
        yield GateFinding(
            "reason_too_short",
            _("写明理由"),
            _("请写明事实和理由，不少于 %(least)s 个字。") % {"least": LEAST_REASON},
            field="text",
        )


def who_went_there_does_not_conclude(case: RecheckCase) -> Found:
    """Two hands: what was measured is judged by another."""
    hands = seats(case.asked.person).hands(Role.COUNTY_COORDINATOR, code=case.area_code)
    if case.team & {person.pk for person in hands}:
        yield GateFinding(
            "was_on_team",
            _("核查的人不作复核结论"),
            _("您参加过这次实地核查，应当回避。请由其他经办人作出结论。"),
        )


def who_decides_did_not_propose(case: RecheckCase) -> Found:
    """Nor did they measure."""
    hands = seats(case.asked.person).hands(Role.DECIDING_OFFICER, code=case.area_code)
    mine = {person.pk for person in hands}
    theirs = {key for step in case.course for key in (step.actor_id, step.acted_for_id)}
    if mine & (theirs | case.team):
        yield GateFinding(
            "took_part",
            _("决定的人没有参与此前的办理"),
            _("您办理过这次复核，应当回避。请由其他审定人决定。"),
        )


def it_says_what_becomes_of_the_title(case: RecheckCase) -> Found:
    """Of what is still open to a title that stands so."""
    if case.act is None or case.act.outcome in open_outcomes(case):
        return
    said = _("请选择结论：称号保留、警告，或者限期整改。")
    if case.act.outcome == Outcome.ORDERED and case.of_the_title.status != Status.ORDERED:
        said = _("称号%(day)s到期，到期以前没有整改的时间，不能作这个结论，请另选。") % {
            "day": in_words(case.of_the_title.until)
        }
    elif case.act.outcome in (Outcome.WARNED, Outcome.ORDERED):
        said = _("称号现为“%(status)s”，不能作这个结论，请另选。") % {
            "status": case.of_the_title.status.label
        }
    yield GateFinding("no_outcome", _("复核结论写明称号如何处理"), said, field="outcome")


def open_outcomes(case: RecheckCase) -> list[Outcome]:
    """What a re-check may end with, as the title stands: under an order it stays under that."""
    stands = case.of_the_title.status
    found = [Outcome.KEPT]
    if stands == Status.VALID:
        found.append(Outcome.WARNED)
    if stands != Status.ORDERED and _there_is_time_to_correct(case):
        found.append(Outcome.ORDERED)
    return found


def _there_is_time_to_correct(case: RecheckCase) -> bool:
    """Before the title runs out: on its last day, say, nothing can be ordered any more."""
    of_the_title = TitleCase(case.title, asked=case.asked)
    return not days_to_correct(of_the_title).are_none


def it_may_be_proposed(case: RecheckCase) -> Found:
    """Once, and not while the unit has time to correct."""
    last = case.of_the_title.correct_by
    if last is not None and last >= case.today:
        yield GateFinding(
            "order_stands",
            _("限期整改期间先作出整改结论"),
            _("称号正在限期整改，期满仍未整改到位的才能撤销。这次复核请另作结论。"),
        )
    if case.was_proposed:
        yield GateFinding(
            "proposed_already",
            _("一次复核只提请撤销一次"),
            _("审定人已决定不予撤销，请作出其他结论。"),
        )
