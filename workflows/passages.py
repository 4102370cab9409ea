"""Everything that hangs on a stage or on a passage of an application, declared once.

Which stage leads to which stands in ``flow.py``, and what guards each passage in ``gates.py``.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from designation.applications.models import Application, Stage
from designation.calendar.working_days import CalendarUnknown, calendar
from designation.organizations.models import Role
from designation.rounds import extending, timetable

from . import door, reminding
from .bars.told import when_it_may_apply_again
from .case import rules
from .case.facts import Case
from .declared import Link, OnTerm, Passage, Place, Shown, Step, Told, Way, declare, show_always
from .declared import passage as declared_passage
from .gates import GATES
from .stages.appeals import links as appeals
from .stages.appeals.consequences import open_to_appeal
from .stages.appeals.rules import hears_appeals
from .stages.conferral import links as conferral
from .stages.conferral.consequences import enter_in_the_register
from .stages.first_review import links as first_review
from .stages.first_review.consequences import (
    clear_the_desk,
    list_corrections,
    release_marks,
    take_the_list_back,
    void_what_changed,
)
from .stages.first_review.marks import open_submission
from .stages.first_review.taking_back import recommended_it, returned_it
from .stages.opinions import links as opinions
from .stages.public_notice import links as public_notice
from .stages.public_notice.consequences import drop_from_draft_notices, take_off_the_notice
from .stages.public_notice.facts import Noticed
from .stages.selection import links as selection
from .stages.self_assessment import links as self_assessment
from .stages.self_assessment.consequences import close_the_corrections, freeze_submission
from .stages.verification import links as verification
from .stages.verification.consequences import (
    begin_the_visit,
    close_the_visit,
    close_the_visit_behind_it,
    release_the_visit,
)
from .stages.verification.rules import is_team_leader

# Words are read in the reader's language; the engine's types know plain text only.
_: Any = gettext_lazy

# Whose seat holds a stage


def _applicant(application: Application) -> int:
    return application.organization_id


def _reviewing_body(application: Application) -> int:
    return application.reviewing_body_id


# Until when


def _round_closes(case: Case) -> datetime | None:
    return extending.closes_for(case.application.round, case.application.organization_id)


def _within(days: str) -> Callable[[Case], int]:
    """As many working days as the round says in its field ``days``."""

    def due(case: Case) -> int:
        span: int = getattr(case.application.round, days)
        return span

    return due


def _notice_ends(case: Case) -> datetime | None:
    entry = Noticed.of(case).entry
    return entry.notice.ends_at if entry else None


def _within_if_known(days: str) -> Callable[[Case], int | None]:
    """As ``_within``; time itself came here and asks nobody: it goes on without a deadline."""

    def due(case: Case) -> int | None:
        span = _within(days)(case)
        try:
            calendar().deadline(case.now, span)
        except CalendarUnknown:
            return None
        return span

    return due


def _with_reason(name: str) -> Link:
    """To the page of a passage that is carried out with a reason, wherever it is offered."""
    act, label = f"application.{name}", declared_passage(name).words
    return Link(
        f"applications:{name}",
        label,
        lambda case, person: door.is_offered(act, case, person),
        shown=Shown.BELOW,
    )


# The six steps that people know.
SELF_ASSESSMENT = Step("self_assessment", _("自评"))
FIRST_REVIEW = Step("first_review", _("初审"))
VERIFICATION = Step("verification", _("县级核验"))
SELECTION = Step("selection", _("择优"))
PUBLIC_NOTICE = Step("public_notice", _("公示"))
CONFERRAL = Step("conferral", _("命名"))

PLACES = (
    Place(
        Stage.DRAFT,
        words=Stage.DRAFT.label,
        words_for_applicant=Stage.DRAFT.label,
        tone="quiet",
        timed_by=timetable.Step.CLOSING,
        step=SELF_ASSESSMENT,
        holder=Role.PREPARER,
        holder_words=_("填报人或单位负责人"),
        held_in=_applicant,
        due=_round_closes,
        links=(self_assessment.REGISTER, self_assessment.BRING, self_assessment.CONFIRM),
        towards=("confirm", "submit"),
        told=Told(_("等申报单位修改、确认后再提交。"), _("请改好后由单位负责人重新确认，再提交。")),
    ),
    Place(
        Stage.SELF_ASSESSED,
        words=Stage.SELF_ASSESSED.label,
        words_for_applicant=_("自评已确认，待提交"),
        tone="ready",
        timed_by=timetable.Step.CLOSING,
        step=SELF_ASSESSMENT,
        holder=Role.HEAD,
        holder_words=_("填报人或单位负责人"),
        held_in=_applicant,
        due=_round_closes,
        links=(self_assessment.REGISTER,),
        towards=("submit",),
        told=Told(
            _("等申报单位提交。"),
            _("接着由填报人或负责人提交申报；批次截止时没有提交的，不进入初审。"),
        ),
    ),
    Place(
        Stage.SUBMITTED,
        words=Stage.SUBMITTED.label,
        words_for_applicant=_("已提交，待初审"),
        tone="running",
        timed_by=timetable.Step.FIRST_REVIEW,
        step=FIRST_REVIEW,
        holder=Role.FIRST_REVIEWER,
        held_in=_reviewing_body,
        due=_within("first_review_days"),
        links=(first_review.REVIEW,),
        when_read=open_submission,
        told=Told(
            _("接着由%(body)s初审：通过并推荐、退回补正，或者不予推荐。"),
            _("接着由%(body)s初审。有了结果会在消息中通知您。"),
        ),
    ),
    Place(
        Stage.RETURNED,
        words=Stage.RETURNED.label,
        words_for_applicant=_("被退回，请补正"),
        tone="back",
        past=timetable.Step.CLOSING,
        holder=Role.PREPARER,
        holder_words=_("填报人或单位负责人"),
        held_in=_applicant,
        due=_within("correction_days"),
        links=(self_assessment.REGISTER, self_assessment.BRING, self_assessment.CONFIRM),
        towards=("resubmit",),
        answers_corrections=True,
        is_on_main_line=False,
        told=Told(
            _("接着由申报单位逐条补正，负责人重新提交；提交后回到退回它的机构审核。"),
            _(
                "请逐条补正并写明补正说明，由单位负责人重新提交。逾期没有补正的，审核机构可以终止这份申报。"
            ),
        ),
    ),
    Place(
        Stage.RECOMMENDED,
        words=Stage.RECOMMENDED.label,
        words_for_applicant=_("初审通过，待县级核查"),
        tone="running",
        timed_by=timetable.Step.PAPER_CHECK,
        step=VERIFICATION,
        holder=Role.COUNTY_COORDINATOR,
        due=_within("paper_check_days"),
        links=(first_review.PAPERS, verification.PLAN, verification.RECORD),
        told=Told(
            _("接着由县级经办人审查资料、安排实地核查。"),
            _("接着由县级审查资料、安排实地核查，请等候通知。"),
        ),
    ),
    Place(
        Stage.VERIFYING,
        words=Stage.VERIFYING.label,
        words_for_applicant=_("实地核查中"),
        tone="running",
        timed_by=timetable.Step.VERIFICATION,
        step=VERIFICATION,
        holder=Role.VERIFIER,
        due=_within("verification_days"),
        links=(verification.RECORD, verification.TEAM),
        told=Told(
            _("接着由核查组逐条核查并签字，由组长办结。"),
            _("核查组会到现场逐条核对，请备好材料原件。"),
        ),
    ),
    Place(
        Stage.VERIFIED,
        words=Stage.VERIFIED.label,
        words_for_applicant=_("核查合格，待会议研究"),
        tone="running",
        timed_by=timetable.Step.SELECTION,
        step=SELECTION,
        holder=Role.COUNTY_COORDINATOR,
        links=(selection.CHOOSE,),
        told=Told(
            _("接着由会议研究是否列为拟命名。"), _("接着由会议研究是否列为拟命名；名额有限时择优。")
        ),
    ),
    Place(
        Stage.CHOSEN,
        words=Stage.CHOSEN.label,
        words_for_applicant=_("拟命名，待公示"),
        tone="running",
        timed_by=timetable.Step.NOTICE,
        step=SELECTION,
        holder=Role.COUNTY_COORDINATOR,
        links=(public_notice.COMPOSE,),
        told=Told(
            _("接着拟定并发布公示；公示期满，由审定人决定命名。"),
            _("接着公示；公示期满，由审定人决定命名。"),
        ),
    ),
    Place(
        Stage.RESERVE,
        words=Stage.RESERVE.label,
        words_for_applicant=_("候补，名额空出时按次序递补"),
        tone="ready",
        past=timetable.Step.SELECTION,
        step=SELECTION,
        holder=Role.COUNTY_COORDINATOR,
        links=(selection.CHOOSE,),
        is_on_main_line=False,
        told=Told(
            _("名额空出时按候补次序递补；本批次办结时没有递补的，候补到此为止。"),
            _("名额空出时按候补次序递补；本批次办结时没有递补的，候补到此为止。"),
        ),
    ),
    Place(
        Stage.ON_NOTICE,
        words=Stage.ON_NOTICE.label,
        words_for_applicant=Stage.ON_NOTICE.label,
        tone="noticed",
        timed_by=timetable.Step.NOTICE,
        step=PUBLIC_NOTICE,
        holder=Role.OBJECTION_OFFICER,
        due=_notice_ends,
        then="end_notice",
        told=Told(
            _("公示期内可以提出异议，由异议受理人处理；公示期满，由审定人决定命名。"),
            _("公示期内任何人可以提出异议；公示期满，由审定人决定命名。"),
        ),
    ),
    Place(
        Stage.AWAITING_DESIGNATION,
        words=Stage.AWAITING_DESIGNATION.label,
        words_for_applicant=_("公示期满，待命名"),
        tone="noticed",
        timed_by=timetable.Step.DESIGNATION,
        step=PUBLIC_NOTICE,
        holder=Role.DECIDING_OFFICER,
        due=_within_if_known("designation_days"),
        links=(conferral.DECIDE,),
        told=Told(_("接着由审定人作出命名决定。"), _("接着由审定人作出命名决定。")),
    ),
    Place(
        Stage.DESIGNATED,
        words=Stage.DESIGNATED.label,
        words_for_applicant=Stage.DESIGNATED.label,
        tone="given",
        past=timetable.Step.DESIGNATION,
        step=CONFERRAL,
        told=Told(
            _("已列入名册，办理完毕。"),
            _("已列入名册，办理完毕。"),
            more=conferral.decision_of,
        ),
    ),
    Place(
        Stage.NOT_CHOSEN,
        words=Stage.NOT_CHOSEN.label,
        words_for_applicant=Stage.NOT_CHOSEN.label,
        tone="ended",
        past=timetable.Step.SELECTION,
        is_on_main_line=False,
        told=Told(
            _("这份申报到此结束；下一批次开始申报即可再次申报。"),
            _("这份申报到此结束；下一批次开始申报即可再次申报，没有间隔限制。"),
        ),
    ),
    Place(
        Stage.REJECTED,
        words=Stage.REJECTED.label,
        words_for_applicant=Stage.REJECTED.label,
        tone="refused",
        is_on_main_line=False,
        told=Told(
            _("这份申报到此结束。"),
            _("这份申报到此结束。请对照理由改进。"),
            more=when_it_may_apply_again,
        ),
    ),
    Place(
        Stage.WITHDRAWN,
        words=Stage.WITHDRAWN.label,
        words_for_applicant=Stage.WITHDRAWN.label,
        tone="ended",
        is_on_main_line=False,
        told=Told(
            _("申报单位已撤回，不再办理。"),
            _("这份申报不再办理；仍在申报期内、没有限制申报的，可以重新开始申报。"),
        ),
    ),
)

PASSAGES = (
    # 自评 self-assessment
    Passage(
        "confirm",
        ways=(Way(_("确认自评"), rules.gives_the_heads_word),),
        gate=GATES["confirm"],
        sentence=_("%(organization)s的自评已由单位负责人确认。"),
        asks_truth=True,
        page="applications:confirm",
    ),
    Passage(
        "send_to_head",
        ways=(Way(_("送负责人确认"), rules.is_preparer),),
        gate=GATES["send_to_head"],
        sentence=_("%(organization)s的申报已填好，请单位负责人核对并承诺。"),
        hint=_("负责人会收到消息；确认以前，您还可以修改。"),
        asks=Role.HEAD,
        is_among_themselves=True,
    ),
    Passage(
        "return_to_preparer",
        ways=(Way(_("退回填报人"), rules.is_head),),
        gate=GATES["return_to_preparer"],
        sentence=_("%(organization)s的申报由单位负责人退回填报人修改。"),
        hint=_("填报人会收到消息和您写的理由，改好后再送您确认；单位以外的人看不到。"),
        page="applications:return_to_preparer",
        on_term=OnTerm.OVERTAKES,
        is_backward=True,
        is_among_themselves=True,
    ),
    Passage(
        "reopen",
        ways=(Way(_("退回修改"), rules.is_applicant),),
        gate=GATES["reopen"],
        sentence=_("%(organization)s的自评已退回修改。"),
        on_term=OnTerm.OVERTAKES,
        is_backward=True,
    ),
    Passage(
        "submit",
        ways=(Way(_("提交申报"), rules.is_applicant),),
        gate=GATES["submit"],
        sentence=_("%(organization)s的申报已提交。"),
        hint=_("提交后，审核人员未打开前可以收回。"),
        before=(freeze_submission,),
        gives_receipt=True,
    ),
    # 初审 first review
    Passage(
        "recall",
        ways=(Way(_("收回"), rules.is_applicant),),
        gate=GATES["recall"],
        sentence=_("%(organization)s的申报已由本单位收回。"),
        hint=_("收回后可以修改，再重新提交。"),
        on_term=OnTerm.OVERTAKES,
        is_backward=True,
    ),
    Passage(
        "recommend",
        ways=(Way(_("通过并推荐"), rules.is_first_reviewer),),
        gate=GATES["recommend"],
        sentence=_("%(organization)s的申报通过初审，已推荐到县级。"),
        before=(release_marks, clear_the_desk),
        page="applications:review",
        gives_opinion=True,
    ),
    Passage(
        "return_for_correction",
        ways=(
            Way(_("退回补正"), rules.is_first_reviewer),
            Way(_("退回补正"), rules.is_county_coordinator),
        ),
        gate=GATES["return_for_correction"],
        sentence=_("%(organization)s的申报被退回补正，请按清单逐条补正。"),
        before=(release_marks, clear_the_desk),
        after=(list_corrections,),
        on_term=OnTerm.PAUSES,
        page="applications:review",
    ),
    Passage(
        "reject",
        ways=(
            Way(_("不予推荐"), rules.is_first_reviewer),
            Way(_("核查不通过"), rules.is_county_coordinator),
        ),
        gate=GATES["reject"],
        sentence=_("%(organization)s的申报未通过。"),
        cannot_be_undone=_(
            "确认后，这份申报即告结束，不能恢复，申报单位随即收到结果和您写的理由；要让它改了再报，请用“退回补正”。"
        ),
        before=(release_marks, release_the_visit, clear_the_desk),
        after=(open_to_appeal,),
        page="applications:review",
        gives_opinion=True,
    ),
    Passage(
        "resubmit",
        ways=(Way(_("重新提交"), rules.gives_the_heads_word),),
        gate=GATES["resubmit"],
        sentence=_("%(organization)s的申报补正后已重新提交。"),
        before=(freeze_submission, close_the_corrections, void_what_changed),
        on_term=OnTerm.RESUMES,
        asks_truth=True,
        page="applications:confirm",
        gives_receipt=True,
    ),
    Passage(
        "end_overdue",
        ways=(
            Way(_("逾期未补正，终止申报"), rules.is_first_reviewer | rules.is_county_coordinator),
        ),
        gate=GATES["end_overdue"],
        sentence=_("%(organization)s的申报逾期没有补正，已经终止。"),
        cannot_be_undone=_("终止后，这份申报即告结束，不能恢复；申报单位会收到您写的理由。"),
        before=(release_marks, release_the_visit),
        page="applications:end_overdue",
        on_term=OnTerm.OVERTAKES,
        is_backward=True,
    ),
    Passage(
        "take_back_return",
        ways=(Way(_("收回退回决定"), returned_it),),
        gate=GATES["take_back_return"],
        sentence=_("%(organization)s的退回补正已由作出决定的人收回，请不必补正，等候审核结果。"),
        hint=_("申报单位还没有开始补正，可以收回：回到原环节继续审核，申报单位会收到通知。"),
        before=(take_the_list_back, clear_the_desk),
        on_term=OnTerm.RESTORES,
        is_backward=True,
    ),
    Passage(
        "take_back_recommendation",
        ways=(Way(_("收回推荐决定"), recommended_it),),
        gate=GATES["take_back_recommendation"],
        sentence=_("%(organization)s的推荐已由作出决定的人收回，由初审机构继续审核。"),
        hint=_("县级还没有开始办理，可以收回：回到初审，原来的办理期限不变，县级会收到通知。"),
        before=(clear_the_desk,),
        on_term=OnTerm.RESTORES,
        is_backward=True,
        also_told=(Role.COUNTY_COORDINATOR,),
    ),
    # 县级核验 county verification
    Passage(
        "begin_verification",
        ways=(Way(_("开始核查"), rules.is_county_coordinator),),
        gate=GATES["begin_verification"],
        sentence=_("%(organization)s的实地核查已开始。"),
        before=(begin_the_visit, clear_the_desk),
    ),
    Passage(
        "complete_verification",
        ways=(Way(_("核查合格"), is_team_leader),),
        gate=GATES["complete_verification"],
        sentence=_("%(organization)s的实地核查合格。"),
        before=(release_the_visit,),
    ),
    Passage(
        "return_to_review",
        ways=(Way(_("退回初审"), rules.is_county_coordinator),),
        gate=GATES["return_to_review"],
        sentence=_("%(organization)s的申报已退回初审机构重新审核。"),
        hint=_("退回后，由初审机构重新审核；已有的实地核查记录留存，再次推荐后须重新核查。"),
        before=(close_the_visit, drop_from_draft_notices, clear_the_desk),
        page="applications:return_to_review",
        on_term=OnTerm.OVERTAKES,
        is_backward=True,
    ),
    # 择优 selection
    Passage(
        "choose",
        ways=(Way(_("列为拟命名"), rules.is_county_coordinator),),
        gate=GATES["choose"],
        sentence=_("%(organization)s经会议研究，列为拟命名。"),
        page="selections:compose",
        gives_opinion=True,
    ),
    Passage(
        "put_in_reserve",
        ways=(Way(_("列为候补"), rules.is_county_coordinator),),
        gate=GATES["put_in_reserve"],
        sentence=_("%(organization)s达到标准，经会议研究列为候补；名额空出时按候补次序递补。"),
        before=(drop_from_draft_notices,),
        page="selections:compose",
        gives_opinion=True,
    ),
    Passage(
        "leave_out",
        ways=(Way(_("达标未入选"), rules.is_county_coordinator),),
        gate=GATES["leave_out"],
        sentence=_(
            "%(organization)s达到了标准，因名额有限，这次没有入选；下一批次开始申报即可再次申报，没有间隔限制。"
        ),
        before=(drop_from_draft_notices,),
        after=(open_to_appeal,),
        page="selections:compose",
        cannot_be_undone=_("达标未入选的申报即告结束，不能恢复，申报单位随即收到结果。"),
        gives_opinion=True,
    ),
    Passage(
        "move_up",
        ways=(Way(_("递补为拟命名"), rules.is_county_coordinator),),
        gate=GATES["move_up"],
        sentence=_("名额空出，%(organization)s由候补递补为拟命名，将单独公示。"),
        gives_opinion=True,
    ),
    Passage(
        "end_reserve",
        ways=(Way(_("候补到期"), rules.is_county_coordinator),),
        gate=GATES["end_reserve"],
        sentence=_(
            "本批次已经办结，没有名额空出，%(organization)s的候补到此为止；%(organization)s达到了标准，下一批次开始申报即可再次申报。"
        ),
        on_term=OnTerm.OVERTAKES,
        is_backward=True,
        cannot_be_undone=_("候补到期后，这份申报即告结束，不能再递补；申报单位随即收到通知。"),
    ),
    Passage(
        "put_back",
        ways=(Way(_("移出择优名单"), rules.is_county_coordinator | rules.is_deciding_officer),),
        gate=GATES["put_back"],
        sentence=_("%(organization)s已移出择优名单，由会议重新研究。"),
        hint=_(
            "移出后回到“核查合格”，由会议重新研究；原为拟命名的，名额随即空出，原为候补的，次序不再保留。"
        ),
        before=(drop_from_draft_notices,),
        page="applications:put_back",
        on_term=OnTerm.OVERTAKES,
        is_backward=True,
    ),
    # 公示 public notice
    Passage(
        "publish",
        ways=(Way(_("发布公示"), rules.is_notice_publisher),),
        gate=GATES["publish"],
        sentence=_("%(organization)s已列入公示。"),
        page="notices:manage",
        cannot_be_undone=_("发布后，公示立即对外公开，公示期开始计算；不能撤回，也不能修改。"),
    ),
    Passage(
        "extend_notice",
        ways=(Way(_("延长公示期"), rules.is_notice_publisher),),
        gate=GATES["extend_notice"],
        sentence=_("%(organization)s的公示期已延长。"),
        page="notices:manage",
        on_term=OnTerm.EXTENDS,
        told=Told(
            _(
                "公示期已经延长，到上面写的期限为止；期内可以提出异议，由异议受理人处理；期满，由审定人决定命名。"
            ),
            _(
                "公示期已经延长，到上面写的期限为止，您不需要操作；期内任何人可以提出异议；期满，由审定人决定命名。"
            ),
        ),
        cannot_be_undone=_("延长后，新的公示末日和原因立即对外公开；不能改回。"),
    ),
    Passage(
        "stop_notice",
        ways=(Way(_("终止公示"), rules.is_notice_publisher),),
        gate=GATES["stop_notice"],
        sentence=_("列有%(organization)s的公示已终止，将重新公示，公示期重新计算。"),
        page="notices:manage",
        on_term=OnTerm.BEGINS_ANEW,
        told=Told(
            _(
                "接着由县级经办人拟好新的公示，依次审核、审批、发布；发布后公示期重新计算。此前提出的异议继续办理。"
            ),
            _(
                "接着由县级经办人拟定新的公示，您不需要操作；发布后公示期重新计算。此前提出的异议继续办理。"
            ),
        ),
        # It waits for the draft in its place; while nobody reads a notice, nobody can object.
        holder=Role.COUNTY_COORDINATOR,
        is_backward=True,
    ),
    Passage(
        "publish_anew",
        ways=(Way(_("重新公示"), rules.is_notice_publisher),),
        gate=GATES["publish_anew"],
        sentence=_("%(organization)s已重新公示。"),
        page="notices:manage",
        on_term=OnTerm.BEGINS_ANEW,
    ),
    Passage(
        "end_notice",
        ways=(Way(_("公示期满"), rules.is_the_system),),
        gate=GATES["end_notice"],
        sentence=_("%(organization)s的公示期已满。"),
    ),
    Passage(
        "uphold_objection",
        ways=(Way(_("异议成立，不予命名"), rules.is_objection_officer),),
        gate=GATES["uphold_objection"],
        sentence=_("对%(organization)s的异议成立，不予命名。"),
        before=(drop_from_draft_notices, clear_the_desk),
        page="notices:objection",
        on_term=OnTerm.OVERTAKES,
        cannot_be_undone=_(
            "异议成立、不予命名后，这份申报即告结束，不能恢复；申报单位随即收到结果。"
        ),
    ),
    Passage(
        "reverify",
        ways=(Way(_("异议成立，重新核查"), rules.is_objection_officer),),
        gate=GATES["reverify"],
        sentence=_("对%(organization)s的异议成立，将重新核查。"),
        before=(close_the_visit, take_off_the_notice),
        page="notices:objection",
        on_term=OnTerm.OVERTAKES,
    ),
    # 命名 designation
    Passage(
        "designate",
        ways=(Way(pgettext_lazy("act", "命名"), rules.is_deciding_officer),),
        gate=GATES["designate"],
        # The title speaks for itself (``conferral.announcements``).
        sentence="",
        before=(enter_in_the_register,),
        page="designations:designate",
        cannot_be_undone=_(
            "登记后，名册立即对外公布，申报单位随即收到通知；不能删除，也不能修改。"
        ),
        gives_opinion=True,
    ),
    Passage(
        "decline",
        ways=(Way(_("不予命名"), rules.is_deciding_officer),),
        gate=GATES["decline"],
        sentence=_("%(organization)s公示期满，经研究不予命名。"),
        after=(open_to_appeal,),
        cannot_be_undone=_("不予命名后，这份申报即告结束，申报单位会收到您写的理由。"),
        page="applications:decline",
        gives_opinion=True,
    ),
    # 申请复核 appeal
    Passage(
        "uphold_appeal",
        ways=(Way(_("复核成立，重新办理"), hears_appeals),),
        gate=GATES["uphold_appeal"],
        sentence=_("%(organization)s申请复核，复核成立，申报回到作出决定的环节重新办理。"),
        before=(close_the_visit_behind_it,),
        page="appeals:appeal",
        on_term=OnTerm.OVERTAKES,
        cannot_be_undone=_("复核答复是最终答复，登记后不能修改；申报随即回到原环节。"),
    ),
    Passage(
        "withdraw",
        ways=(
            # Nobody's step where the unit is no more and none goes on with it (``succession``).
            Way(_("撤回申报"), rules.is_head | rules.is_the_end_of_its_unit),
            # What was begun for the wrong unit stands in nobody's way.
            Way(_("撤回申报"), rules.gives_the_heads_word | rules.is_the_end_of_its_unit),
        ),
        gate=GATES["withdraw"],
        sentence=_("%(organization)s已撤回申报。"),
        before=(drop_from_draft_notices, clear_the_desk),
        page="applications:withdraw",
        on_term=OnTerm.OVERTAKES,
        cannot_be_undone=_("撤回后，这份申报即告终止，不能恢复；在申报时间内可以重新申报。"),
    ),
    Passage(
        "end_barred",
        ways=(Way(_("限制申报，终止申报"), rules.is_the_system),),
        gate=GATES["end_barred"],
        sentence=_("%(organization)s的称号已被撤销，在限制申报期内，这份申报已经终止。"),
        before=(drop_from_draft_notices, clear_the_desk),
        on_term=OnTerm.OVERTAKES,
        cannot_be_undone=_("终止后，这份申报即告结束，不能恢复；申报单位随即收到原因。"),
    ),
)

WITHDRAW = Link(
    "applications:withdraw",
    _("撤回申报"),
    lambda case, person: door.is_offered("application.withdraw", case, person),
    shown=Shown.BELOW,
)

declare(*PLACES, *PASSAGES)
show_always(
    public_notice.HANDLE,
    opinions.OPINIONS,
    verification.FORMER_RECORD,
    verification.APART,
    reminding.LINK,
    WITHDRAW,
    self_assessment.POSTED,
    public_notice.PUBLISHED,
    conferral.TITLE,
    appeals.ANSWER,
    *(
        _with_reason(name)
        for name in (
            "return_to_preparer",
            "end_overdue",
            "return_to_review",
            "put_back",
            "decline",
        )
    ),
)
