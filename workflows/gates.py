"""Which checks guard which transition: one table, at the end of this file.

A gate asks the case and answers with findings; no finding that blocks means open. The rules
are those of the gate table in the domain notes (our defaults where no method was found).
"""

from collections.abc import Callable, Iterable, Mapping

from django.utils.translation import gettext as _

from designation.applications.models import Application, Conclusion
from designation.organizations.models import Person
from designation.rounds.models import Round
from standards import evaluation as ev

from .cases import Case
from .findings import GateFinding, from_report
from .stages.public_notice.models import Objection
from .stages.public_notice.text import notice_sha256
from .working_days import CalendarUnknown, calendar

Gate = Callable[[Case], Iterable[GateFinding]]

SHORTEST_OPINION = 10
FEWEST_VERIFIERS = 2


def window_is_open(case: Case) -> Iterable[GateFinding]:
    round_ = case.application.round
    rule = _("在申报时间内提交")
    if round_.status != Round.Status.OPEN:
        yield GateFinding("round_not_open", rule, _("本批次未在开展，不能提交。"))
    elif case.now < round_.opens_at:
        yield GateFinding("window_not_open", rule, _("申报尚未开始，请在开始时间后提交。"))
    elif case.now > round_.closes_at:
        yield GateFinding(
            "window_closed", rule, _("申报已经截止。确有原因的，请与县级经办人联系。")
        )


def every_item_is_answered(case: Case) -> Iterable[GateFinding]:
    for code in case.item_codes:
        answer = case.answers.get(code)
        if answer is None or not answer.conclusion:
            yield GateFinding(
                "item_not_concluded",
                _("每个条目都要给出自评结论"),
                _("请选择自评结论：达标、未达标或不适用。"),
                code,
            )
        elif answer.conclusion != Conclusion.MET and not answer.note.strip():
            yield GateFinding(
                "note_missing",
                _("未达标或不适用的条目要有说明"),
                _("请在说明中写明原因。"),
                code,
            )


_TYPE_FINDINGS = (ev.NOT_ANSWERED, ev.WRONG_TYPE, ev.OUT_OF_RANGE, ev.NOT_APPLICABLE_REFUSED)


def every_value_is_given(case: Case) -> Iterable[GateFinding]:
    """Every check has a value of its type, and the county has defined every local term."""
    reasons = (*_TYPE_FINDINGS, ev.LOCAL_TERM_UNDEFINED)
    for finding in from_report(case.standard, case.declared_report):
        if finding.code in reasons:
            yield finding


def declared_values_meet_the_standard(case: Case) -> Iterable[GateFinding]:
    """Strict checks are met and no veto is declared; an advisory miss needs its reason."""
    for finding in from_report(case.standard, case.declared_report):
        if finding.code == ev.ADVISORY_NOT_MET:
            answer = case.answers.get(finding.item_code)
            if answer is None or not answer.note.strip():
                yield GateFinding(
                    "advisory_reason_missing",
                    finding.rule,
                    finding.message,
                    finding.item_code,
                    finding.check_code,
                )
            else:
                yield finding
        elif finding.code not in _TYPE_FINDINGS:
            yield finding


def evidence_is_there(case: Case) -> Iterable[GateFinding]:
    """One file at least: photos are never asked for item by item (burden-reduction rules)."""
    if not case.evidence:
        yield GateFinding(
            "no_evidence", _("提交佐证材料"), _("请至少上传一份佐证材料，并注明对应条目。")
        )


def summary_is_written(case: Case) -> Iterable[GateFinding]:
    application = case.application
    if not application.summary.strip():
        yield GateFinding("no_summary", _("填写申报简介"), _("请填写申报简介（1500 字以内）。"))
    if application.approving_meeting_on is None:
        yield GateFinding("no_meeting", _("自评经会议通过"), _("请填写通过自评结果的会议日期。"))
    elif application.approving_meeting_on > case.today:
        yield GateFinding(
            "meeting_in_future", _("自评经会议通过"), _("会议日期不能晚于今天，请核对。")
        )


def truth_is_confirmed(case: Case) -> Iterable[GateFinding]:
    if not case.act.truth_confirmed:
        yield GateFinding(
            "truth_not_confirmed", _("单位负责人承诺"), _("请勾选承诺：所填内容真实、不涉密。")
        )


def it_can_be_submitted_again(case: Case) -> Iterable[GateFinding]:
    """Taken back after the window, it could never be handed in again."""
    if any(window_is_open(case)):
        yield GateFinding(
            "recalled_too_late",
            _("申报截止前可以收回"),
            _("申报已经截止，收回后不能再提交；如需修改，请联系审核人员退回补正。"),
        )


def no_valid_title(case: Case) -> Iterable[GateFinding]:
    if case.has_valid_title:
        yield GateFinding(
            "title_is_valid",
            _("称号在有效期内的不重复申报"),
            _("本组织同类称号仍在有效期内，到期前 60 天起可申请复评。"),
        )


def nobody_has_opened_it(case: Case) -> Iterable[GateFinding]:
    submission = case.application.submission
    if submission is not None and submission.opened_at is not None:
        yield GateFinding(
            "already_opened",
            _("审核人员未打开前可以收回"),
            _("审核人员已经打开，不能收回；如需修改，请联系审核人员退回补正。"),
        )


def opinion_is_given(case: Case) -> Iterable[GateFinding]:
    if len(case.act.opinion.strip()) < SHORTEST_OPINION:
        yield GateFinding(
            "opinion_too_short",
            _("审核意见不少于 %(count)s 个字") % {"count": SHORTEST_OPINION},
            _("请写明意见和理由。"),
        )


def every_item_is_marked(case: Case) -> Iterable[GateFinding]:
    for code in case.item_codes:
        if code not in case.mark_verdicts:
            yield GateFinding(
                "item_not_marked", _("逐条给出初审结论"), _("请对本条给出初审结论。"), code
            )


def no_item_is_marked_unmet(case: Case) -> Iterable[GateFinding]:
    for code, verdict in case.mark_verdicts.items():
        if verdict == Conclusion.NOT_MET:
            yield GateFinding(
                "item_marked_unmet",
                _("推荐前各条均应达标"),
                _("初审认定本条未达标：请退回补正或不予推荐；结论有误的，请更正。"),
                code,
            )


def a_recommendation_place_is_left(case: Case) -> Iterable[GateFinding]:
    left = case.recommendation_places_left
    if left is not None and left <= 0:
        yield GateFinding(
            "recommendation_quota_full",
            _("不超过推荐名额"),
            _("本类别推荐名额已用完，请与县级经办人联系。"),
        )


def corrections_are_listed(case: Case) -> Iterable[GateFinding]:
    """A return is a list of items, each with its reason."""
    rule = _("退回补正须逐条列明")
    if not case.act.corrections:
        yield GateFinding("no_corrections", rule, _("请至少勾选一个条目，并写明退回原因。"))
    for code, reason in case.act.corrections.items():
        if not reason.strip():
            yield GateFinding("correction_reason_missing", rule, _("请写明退回原因。"), code)
        if code not in case.item_codes:
            yield GateFinding("unknown_item", rule, _("标准中没有这个条目，请重新选择。"), code)


def a_return_is_left(case: Case) -> Iterable[GateFinding]:
    allowed = case.application.round.returns_allowed
    if case.returns_made >= allowed:
        yield GateFinding(
            "returns_used_up",
            _("每一环节最多退回 %(count)s 次") % {"count": allowed},
            _("退回次数已用完，请作出通过或不通过的决定。"),
        )


def every_correction_is_answered(case: Case) -> Iterable[GateFinding]:
    for code, correction in case.corrections.items():
        if not correction.reply.strip():
            yield GateFinding(
                "correction_not_answered",
                _("逐条回复补正事项"),
                _("请说明本条如何补正。"),
                code,
            )


def the_team_is_fit(case: Case) -> Iterable[GateFinding]:
    """At least two verifiers, a leader, none from the applicant or its township (recusal)."""
    rule = _("核查组不少于 %(count)s 人，并遵守回避规定") % {"count": FEWEST_VERIFIERS}
    if len(case.team) < FEWEST_VERIFIERS:
        yield GateFinding("too_few_verifiers", rule, _("请先安排核查组，至少 2 名核查员。"))
        return
    if not any(member.is_leader for member in case.team):
        yield GateFinding("no_leader", rule, _("请指定核查组组长。"))
    for member in case.team:
        if must_recuse(case.application, member.person):
            yield GateFinding(
                "verifier_must_recuse",
                rule,
                _("%(name)s来自申报单位或其所在乡镇(街道)，应当回避，请更换。")
                % {"name": member.person.full_name},
            )


_TOWNSHIP_DIGITS = 9
_COUNTY_AREA_ENDS = "000000"


def must_recuse(application: Application, person: Person) -> bool:
    """Whether a verifier comes from the applicant, its reviewing body, or its township."""
    home = person.home_organization
    if home is None:
        return False
    if home.pk in (application.organization_id, application.reviewing_body_id):
        return True
    at_county = application.area_code.endswith(_COUNTY_AREA_ENDS)
    township = application.area_code[:_TOWNSHIP_DIGITS]
    return not at_county and home.jurisdiction.code.startswith(township)


def every_member_has_declared_no_interest(case: Case) -> Iterable[GateFinding]:
    for member in case.team:
        if member.no_interest_declared_at is None:
            yield GateFinding(
                "no_interest_not_declared",
                _("核查员签署回避承诺"),
                _("%(name)s尚未签署回避承诺。") % {"name": member.person.full_name},
            )


def the_visit_has_taken_place(case: Case) -> Iterable[GateFinding]:
    visit = case.visit
    if visit is None or visit.started_at is None or visit.ended_at is None:
        yield GateFinding("visit_not_timed", _("记录核查起止时间"), _("请填写到达和离开时间。"))


def every_item_has_a_site_verdict(case: Case) -> Iterable[GateFinding]:
    for code in case.item_codes:
        measurement = case.measurements.get(code)
        if measurement is None or not measurement.verdict:
            yield GateFinding(
                "item_not_verified", _("逐条给出核查结论"), _("请对本条给出核查结论。"), code
            )
        elif measurement.verdict == Conclusion.NOT_MET:
            yield GateFinding(
                "item_fails_on_site",
                _("各条核查均应达标"),
                _("现场认定本条未达标，不能列为核查合格。"),
                code,
            )


def measured_values_meet_the_standard(case: Case) -> Iterable[GateFinding]:
    """The gate after verification judges what was measured, not what was declared."""
    for finding in from_report(case.standard, case.measured_report):
        basis = case.measurements.get(finding.item_code)
        if finding.code == ev.ADVISORY_NOT_MET and not (basis and basis.basis.strip()):
            yield GateFinding(
                "advisory_reason_missing",
                finding.rule,
                finding.message,
                finding.item_code,
                finding.check_code,
            )
        else:
            yield finding


def every_member_has_signed(case: Case) -> Iterable[GateFinding]:
    for member in case.team:
        if member.signed_at is None:
            yield GateFinding(
                "not_signed",
                _("核查组全体成员签字"),
                _("%(name)s尚未签字。") % {"name": member.person.full_name},
            )


def a_place_is_left(case: Case) -> Iterable[GateFinding]:
    if case.category_places_left <= 0:
        yield GateFinding(
            "quota_full",
            _("不超过本批次名额"),
            _("%(category)s的名额已满，%(organization)s不能再列入，请列为候补或调整名单。")
            % {
                "category": case.application.get_category_display(),
                "organization": case.application.organization.name,
            },
        )


def it_is_on_a_notice(case: Case) -> Iterable[GateFinding]:
    if case.notice_entry is None:
        yield GateFinding(
            "not_on_a_notice", _("列入公示名单"), _("请先拟定公示，并把本申报列入名单。")
        )


def the_four_steps_are_done(case: Case) -> Iterable[GateFinding]:
    """Proposed, reviewed for secrecy, approved; published by another person than proposed it."""
    if case.notice_entry is None:
        return
    notice = case.notice_entry.notice
    rule = _("公示须经提出、保密审查、审批、发布四个步骤")
    if notice.proposed_by_id is None:
        yield GateFinding("notice_not_proposed", rule, _("请先提出公示。"))
    if notice.secrecy_reviewed_by_id is None:
        yield GateFinding("notice_not_reviewed", rule, _("请先完成保密审查。"))
    if notice.approved_by_id is None:
        yield GateFinding("notice_not_approved", rule, _("请先由审定人审批。"))
    if case.actor is not None and case.actor.pk == notice.proposed_by_id:
        yield GateFinding("publisher_is_proposer", rule, _("提出人不能自己发布，请由他人发布。"))
    if case.under_lock and notice.ends_at is None:
        # A page asks before the notice is published; at the door its period must be fixed.
        yield GateFinding("notice_not_published", rule, _("公示尚未发布。"))


def the_calendar_covers_the_period(case: Case) -> Iterable[GateFinding]:
    round_ = case.application.round
    try:
        calendar().deadline(case.now, round_.notice_days)
    except CalendarUnknown as unknown:
        yield GateFinding("calendar_unknown", _("公示期按工作日历计算"), str(unknown))


def the_period_is_over(case: Case) -> Iterable[GateFinding]:
    rule = _("公示期满")
    if case.notice_entry is None or case.notice_entry.notice.ends_at is None:
        yield GateFinding("not_published", rule, _("公示尚未发布。"))
    elif case.now < case.notice_entry.notice.ends_at:
        yield GateFinding("period_running", rule, _("公示期未满，请等待期满。"))


def no_accepted_objection_is_open(case: Case) -> Iterable[GateFinding]:
    """An accepted open objection blocks its own applicant only."""
    for objection in case.objections:
        if objection.status == Objection.Status.ACCEPTED:
            yield GateFinding(
                "objection_open",
                _("已受理的异议均已办结"),
                _("异议 %(code)s 正在调查，请先办结。") % {"code": objection.receipt_code},
            )


def every_objection_is_handled(case: Case) -> Iterable[GateFinding]:
    for objection in case.objections:
        if objection.status == Objection.Status.RECEIVED:
            yield GateFinding(
                "objection_unhandled",
                _("收到的异议均已处理"),
                _("异议 %(code)s 尚未决定是否受理。") % {"code": objection.receipt_code},
            )


def the_objection_register_is_closed(case: Case) -> Iterable[GateFinding]:
    entry = case.notice_entry
    if entry is None or entry.notice.register_closed_by_id is None:
        yield GateFinding(
            "register_not_closed",
            _("电话、信函异议登记已关闭"),
            _("请异议受理人确认并关闭异议登记。"),
        )


def the_notice_is_unchanged(case: Case) -> Iterable[GateFinding]:
    entry = case.notice_entry
    if entry is not None and notice_sha256(entry.notice) != entry.notice.text_sha256:
        yield GateFinding(
            "notice_changed", _("公示内容未改动"), _("公示内容与发布时不一致，请重新公示。")
        )


def the_decision_is_recorded(case: Case) -> Iterable[GateFinding]:
    if case.act.decision_id is None:
        yield GateFinding(
            "no_decision_document", _("登记命名决定"), _("请填写命名决定的发文字号和日期。")
        )


def the_objection_is_upheld(case: Case) -> Iterable[GateFinding]:
    upheld = {o.pk for o in case.objections if o.status == Objection.Status.UPHELD}
    if case.act.objection_id not in upheld:
        yield GateFinding(
            "no_upheld_objection", _("异议经调查成立"), _("请先对异议作出“成立”的调查结论。")
        )


GATES: Mapping[str, tuple[Gate, ...]] = {
    "confirm": (
        every_item_is_answered,
        every_value_is_given,
        summary_is_written,
        truth_is_confirmed,
    ),
    "reopen": (),
    "submit": (
        window_is_open,
        every_value_is_given,
        declared_values_meet_the_standard,
        evidence_is_there,
        no_valid_title,
    ),
    "recall": (nobody_has_opened_it, it_can_be_submitted_again),
    "recommend": (
        opinion_is_given,
        every_item_is_marked,
        no_item_is_marked_unmet,
        a_recommendation_place_is_left,
    ),
    "return_for_correction": (corrections_are_listed, a_return_is_left),
    "reject": (opinion_is_given,),
    "resubmit": (
        every_correction_is_answered,
        every_item_is_answered,
        every_value_is_given,
        declared_values_meet_the_standard,
        evidence_is_there,
        truth_is_confirmed,
    ),
    "begin_verification": (the_team_is_fit, every_member_has_declared_no_interest),
    "complete_verification": (
        the_team_is_fit,
        the_visit_has_taken_place,
        every_item_has_a_site_verdict,
        measured_values_meet_the_standard,
        every_member_has_signed,
    ),
    "publish": (
        it_is_on_a_notice,
        the_four_steps_are_done,
        a_place_is_left,
        the_calendar_covers_the_period,
    ),
    "end_notice": (the_period_is_over, no_accepted_objection_is_open),
    "designate": (
        the_period_is_over,
        no_accepted_objection_is_open,
        every_objection_is_handled,
        the_objection_register_is_closed,
        the_notice_is_unchanged,
        the_decision_is_recorded,
    ),
    "uphold_objection": (the_objection_is_upheld, opinion_is_given),
    "reverify": (the_objection_is_upheld, opinion_is_given),
    "withdraw": (),
}


def findings(name: str, case: Case) -> tuple[GateFinding, ...]:
    """Everything the gate of transition ``name`` finds, remarks included."""
    return tuple(finding for gate in GATES[name] for finding in gate(case))
