"""What must hold before a self-assessment is confirmed, handed in, taken back or corrected."""

from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _

from designation.applications import summaries
from designation.applications.models import Conclusion
from designation.organizations.models import Organization
from designation.rounds.models import Round
from designation.rounds.postings import asked_in_words, faults
from designation.rounds.rules import takes
from designation.site import clock
from designation.site.reasons import LEAST_REASON
from standards.engine import evaluation as ev
from standards.models import Scope

from ... import declared
from ...case import rules
from ...case.facts import Case
from ...findings import GateFinding, from_engine
from . import head_reading
from .facts import Applicant
from .last_time import LastTime


def window_is_open(case: Case) -> Iterable[GateFinding]:
    round_ = case.application.round
    rule = _("在申报时间内提交")
    is_open = round_.status == Round.Status.OPEN
    if is_open and round_.opens_at <= case.now and not clock.is_over(round_.closes_at, case.now):
        return
    if round_.opens_at <= case.now and Applicant.of(case).has_time_of_its_own:
        return
    if not is_open:
        yield GateFinding("round_not_open", rule, _("本批次未在开展，不能提交。"))
    elif case.now < round_.opens_at:
        yield GateFinding("window_not_open", rule, _("申报尚未开始，请在开始时间后提交。"))
    else:
        yield GateFinding("window_closed", rule, _("申报已经截止，不能再提交。"))


def outside_the_area(round_: Round, organization: Organization) -> Iterable[GateFinding]:
    """A round takes organizations of its own area only; asked before and after the start."""
    if not takes(round_, organization):
        yield GateFinding(
            "outside_the_area",
            _("只受理本批次辖区内的组织"),
            _("本批次由%(area)s开展，%(organization)s不在%(area)s辖区内，不能在这里申报。")
            % {"area": round_.jurisdiction.name, "organization": organization.name},
        )


def the_organization_is_of_the_area(case: Case) -> Iterable[GateFinding]:
    """It may have been moved to another area since it began."""
    application = case.application
    yield from outside_the_area(application.round, application.organization)


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
    wanting = (one for one in case.declared_report.findings if one.reason in reasons)
    for finding in from_engine(case.standard, wanting):
        is_blank = finding.code == ev.NOT_ANSWERED
        yield (is_blank and _not_confirmed(case, finding)) or finding


def _not_confirmed(case: Case, finding: GateFinding) -> GateFinding | None:
    """What was carried over from last time is no answer until it is confirmed."""
    last = LastTime.of(case)
    if finding.check_code not in last.carried:
        return None
    check = case.standard.check(finding.check_code)
    said = last.in_words(check, last.carried[finding.check_code])
    told = _("%(said)s，还没有确认。仍然如此的，请在本节最下面确认。") % {"said": said}
    return replace(finding, message=told)


def declared_values_meet_the_standard(case: Case) -> Iterable[GateFinding]:
    """Strict checks are met and no veto is declared; an advisory miss needs its reason."""
    judged = (one for one in case.declared_report.findings if one.reason not in _TYPE_FINDINGS)
    for finding in from_engine(case.standard, judged):
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
                continue
        yield finding


def evidence_is_there(case: Case) -> Iterable[GateFinding]:
    """One file or published page: photos are never asked for item by item (burden reduction)."""
    if not (case.evidence or case.links):
        yield GateFinding(
            "no_evidence", _("提交佐证材料"), _("请至少上传一份佐证材料，并注明对应条目。")
        )


def every_part_is_corrected(case: Case) -> Iterable[GateFinding]:
    """What came back beside the items says something else than it did, and says something."""
    if not case.parts_returned:
        return
    application = case.application
    before = application.submission.content if application.submission else {}
    stands = summaries.fields(application)
    for part, correction in case.parts_returned.items():
        if stands[part] == before.get(part):
            yield GateFinding(
                "part_not_corrected",
                _("逐条回复补正事项"),
                _("请按退回原因修改“%(part)s”。") % {"part": correction.words},
            )
    yield from summary_is_written(case)


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
    yield from _term_is_known(case)


def _term_is_known(case: Case) -> Iterable[GateFinding]:
    """What is asked of the leadership's term needs to know when that term began."""
    began, rule = case.application.term_began_on, _("写明本届班子任期开始日期")
    if began is None and any(check.scope == Scope.TERM for check in case.standard.checks):
        yield GateFinding(
            "no_term", rule, _("标准中有“本届班子任期以来”的事项，请在申报简介中填写任期开始日期。")
        )
    elif began is not None and began > case.today:
        yield GateFinding("term_in_future", rule, _("任期开始日期不能晚于今天，请核对。"))


def it_was_posted_internally(case: Case) -> Iterable[GateFinding]:
    """Where the round asks it: long enough at the applicant's own board, where, with a proof."""
    posting, rule = case.posting, _("提交前在本单位内部公示")
    if posting is None:
        return
    if None in (posting.posted_from, posting.posted_to) or not posting.place:
        told = _(
            "本批次要求提交前内部公示不少于%(asked)s，请登记公示的起止日期和地点，并上传证明。"
        )
        said = {"asked": asked_in_words(case.application.round)}
        yield GateFinding("posting_missing", rule, told % said)
        return
    for fault in faults(case.application.round, posting.posted_from, posting.posted_to):
        yield GateFinding(fault.code, rule, fault.message)
    if not case.posting_proofs:
        told = _("请上传内部公示的证明（照片或文件）。")
        yield GateFinding("posting_not_proved", rule, told)


def _is_typed(case: Case) -> bool:
    return case.actor is not None and rules.is_typist(case, case.actor)


def the_signed_paper_is_kept(case: Case) -> Iterable[GateFinding]:
    """Whoever types from paper confirms what was signed since it was handed in last."""
    if _is_typed(case) and not Applicant.of(case).has_signed_paper:
        told = _("请先上传单位负责人签字的纸质件；补正的，须重新签字。")
        yield GateFinding("paper_missing", _("单位负责人在纸质件上签字"), told)


def truth_is_confirmed(case: Case) -> Iterable[GateFinding]:
    if case.act.truth_confirmed:
        return
    if _is_typed(case):
        told = _("请核对后勾选：所录内容与单位负责人签字的纸质件一致。")
        yield GateFinding("truth_not_confirmed", _("录入与纸质件一致"), told)
    else:
        yield GateFinding(
            "truth_not_confirmed", _("单位负责人承诺"), _("请勾选承诺：所填内容真实、不涉密。")
        )


def it_is_as_the_head_read_it(case: Case) -> Iterable[GateFinding]:
    """Who comes by the page that shows it all confirms what it showed."""
    if case.act.seen is None:
        return
    changed = head_reading.changed_since(case, case.act.seen)
    if changed:
        told = _("您打开页面以后，这些内容又有改动：%(places)s。请看过现在的内容，再确认一次。")
        yield GateFinding(
            "changed_meanwhile", _("确认的是看到的内容"), told % {"places": "、".join(changed)}
        )


def nothing_but_the_heads_word_is_wanting(case: Case) -> Iterable[GateFinding]:
    """What the head is asked to confirm lacks nothing else."""
    word = declared.heads_word(case.application.stage)
    for gate in declared.passage(word).gate:
        yield from (finding for finding in gate(case) if finding.code != "truth_not_confirmed")


def what_is_to_be_changed_is_said(case: Case) -> Iterable[GateFinding]:
    if len(case.act.opinion.strip()) < LEAST_REASON:
        told = _("请写明要改什么、为什么，不少于 %(count)s 个字。") % {"count": LEAST_REASON}
        yield GateFinding("opinion_too_short", _("退回填报人要有理由"), told)


def it_can_be_submitted_again(case: Case) -> Iterable[GateFinding]:
    """Taken back after the window, it could never be handed in again."""
    if any(window_is_open(case)):
        yield GateFinding(
            "recalled_too_late",
            _("申报截止前可以收回"),
            _("申报已经截止，收回后不能再提交；如需修改，请联系审核人员退回补正。"),
        )


def no_valid_title(case: Case) -> Iterable[GateFinding]:
    if Applicant.of(case).has_valid_title:
        yield GateFinding(
            "title_is_valid",
            _("称号在有效期内的不重复申报"),
            _("本组织同类称号仍在有效期内，到期前 60 天起可以再次申报。"),
        )


def nobody_has_opened_it(case: Case) -> Iterable[GateFinding]:
    submission = case.application.submission
    if submission is not None and submission.opened_at is not None:
        yield GateFinding(
            "already_opened",
            _("审核人员未打开前可以收回"),
            _("审核人员已经打开，不能收回；如需修改，请联系审核人员退回补正。"),
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
