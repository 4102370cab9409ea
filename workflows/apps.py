from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class WorkflowsConfig(AppConfig):
    name = "workflows"
    verbose_name = _("办理流程")

    def ready(self) -> None:
        """Draw the courses, tie the stages to the case, word the log, say who is told."""
        from django.core import checks

        from designation.applications.models import FormerValue, Stage
        from designation.audit import wording
        from designation.site import tables as lists

        from . import (
            announcements,
            flow,  # noqa: F401 - the door knows a course once it is drawn
            round_progress,  # noqa: F401 - a timetable says how far its cases have come
            succession,
        )
        from .acts import words
        from .bars import tables as bars
        from .case import former_values, found_unmet, interests, shown_items
        from .case_pages import tables as of_applications
        from .checks import stages_are_whole
        from .notice_pages import tables as of_notices
        from .rechecks.models import Outcome
        from .stages.appeals import traces as appeals
        from .stages.conferral import traces as conferral
        from .stages.first_review import former_values as former_marks
        from .stages.first_review import notes as marks
        from .stages.first_review import traces as first_review
        from .stages.objections import traces as objections
        from .stages.objections.models import Objection
        from .stages.public_notice import traces as public_notice
        from .stages.selection.models import SelectionRow
        from .stages.self_assessment import former_values as former_answers
        from .stages.verification import (
            figures,  # noqa: F401 - a document may order by what was found on site
        )
        from .stages.verification import former_values as former_record
        from .stages.verification import notes as site_record
        from .stages.verification import tables as of_visits
        from .stages.verification import traces as verification
        from .stages.verification.models import Visit

        for stage in (first_review, verification, public_notice, objections, conferral, appeals):
            interests.leaves(*stage.TRACES)
        shown_items.stands_beside("first_review", marks.readable)
        shown_items.stands_beside("on_site", site_record.readable)
        for judging in (marks, site_record):
            found_unmet.found_by(judging.found_unmet)
        of = FormerValue.Subject
        former_values.read_as(
            former_answers.READING, of.ANSWER, of.SUMMARY, of.EVIDENCE, of.POSTING
        )
        former_values.read_as(former_marks.READING, of.MARK)
        former_values.read_as(former_record.VISIT, of.VISIT)
        former_values.read_as(former_record.MEASUREMENT, of.MEASUREMENT)

        checks.register(stages_are_whole)
        announcements.declare()
        succession.take_part()
        self._let_time_remind()
        self._look_after_titles()
        self._answer_the_rounds()
        for tables in (of_applications, of_notices, of_visits, bars):
            lists.register(*tables.TABLES)
        self._let_units_be_written_to()
        self._let_files_be_cited()
        self._let_work_be_handed_over()
        wording.register(
            actions={**words(), "jurisdiction.daily": _("每日清单")},
            fields={
                "planned_on": _("计划核查日期"),
                "status": _("状态"),
                "note": _("说明"),
                "conclusion": _("自评结论"),
                "file": _("佐证材料"),
                "comment": pgettext_lazy("on an item", "意见"),
                "verdict": _("结论"),
                "basis": _("核查依据"),
                "posted_from": _("公示开始日期"),
                "posted_to": _("公示结束日期"),
                "proof": _("内部公示的证明"),
                "started_at": _("到达时间"),
                "ended_at": _("离开时间"),
                "signature": _("签字"),
                "team": _("核查组"),
                "leader": _("组长"),
                "summary": _("简介、情况说明"),
                "meeting": _("研究会议"),
                "department": _("部门"),
                "count": _("单位数"),
                "still": _("无人可办"),
                "unreached": _("联系不上"),
                "document_number": _("文号"),
                "outcome": _("结论"),
                "changes": _("变化情况"),
                "year": _("年度"),
                "seed": _("抽取种子"),
                "digest": _("名单摘要"),
                "against": _("对哪一决定"),
                # How many there are of each outcome.
                **dict(SelectionRow.Outcome.choices),
            },
            values={
                ("applications.application", "from"): dict(Stage.choices),
                ("applications.application", "to"): dict(Stage.choices),
                ("workflows.objection", "status"): dict(Objection.Status.choices),
                ("workflows.visit", "reason"): dict(Visit.Reason.choices),
                ("workflows.recheck", "outcome"): dict(Outcome.choices),
            },
        )

    def _let_time_remind(self) -> None:
        """Say what is told as terms run out (each as it is read), and what may be done then."""
        from .case import recourse
        from .stages.appeals import reminding as _of_appeals  # noqa: F401
        from .stages.appeals.facts import Appealed
        from .stages.objections import reminding as _of_objections  # noqa: F401
        from .stages.opinions import reminding as _of_opinions  # noqa: F401

        recourse.said_by(Appealed.of)

    def _look_after_titles(self) -> None:
        """Say who is told of titles and their re-checks, and what follows from what."""
        from designation.organizations import succession
        from designation.papers import given_numbers
        from designation.register import contested
        from designation.site import tables as lists

        from .bars import queries as bars
        from .bars import recourse
        from .rechecks import announcements as rechecks
        from .rechecks import following
        from .rechecks import tables as of_rechecks
        from .stages.appeals import passing_on
        from .stages.appeals import queries as appeals
        from .stages.appeals import recourse as of_appeals
        from .titles import announcements as titles
        from .titles import flow as _of_titles  # noqa: F401 - the door knows a course once it is drawn

        titles.declare()
        rechecks.declare()
        bars.lifted_where(appeals.ENDS_ITS_BAR)
        recourse.told_by(of_appeals.of_a_bar)
        given_numbers.called({"bar.lift": _("解除限制申报"), "appeal": _("复核答复")})
        following.listen()
        contested.told_by(passing_on.may_yet_come)
        succession.take_part("appeals", passing_on.ROOM)
        succession.take_part("self-reports", following.OF_REPORTS)
        lists.register(*of_rechecks.TABLES)

    def _answer_the_rounds(self) -> None:
        """Say to the rounds below what became of them here."""
        from designation.rounds import department_changes, extending, places

        from .stages.first_review.recommended import recommended
        from .stages.opinions.asking import asked_of_anybody
        from .stages.self_assessment.window import carry_over

        places.counts_taken(recommended)
        department_changes.asked_by(asked_of_anybody)
        extending.followed_by(carry_over)

    def _let_units_be_written_to(self) -> None:
        """Say which passages leave a letter, and how it is worded."""
        from designation.papers.fields import CorrectionNotice, NotNamed

        from .case import letters
        from .stages.conferral.papers import not_named
        from .stages.first_review.papers import correction_notice
        from .stages.verification import papers as of_visits

        visits = letters.Records(of_visits.released, of_visits.record_pdf, of_visits.file_name)
        letters.keep_records(visits)
        letters.declare("return_for_correction", CorrectionNotice, correction_notice)
        for passage in ("decline", "uphold_objection"):
            letters.declare(passage, NotNamed, not_named)
        self._let_papers_come_back()

    def _let_papers_come_back(self) -> None:
        """Say of each kind of paper who issues it, and may put its sealed copy there."""
        from designation.papers import slots
        from designation.papers.fields import (
            DesignationDecision,
            Notice,
            NoticeCorrection,
            ObjectionAnswer,
        )

        from .case import letters
        from .stages.conferral import papers as conferral
        from .stages.objections import papers as objections
        from .stages.public_notice import papers as public_notice
        from .titles import papers as titles

        found = {
            DesignationDecision.KIND: conferral.SLOT,
            Notice.KIND: public_notice.SLOT,
            NoticeCorrection.KIND: public_notice.CORRECTIONS,
            ObjectionAnswer.KIND: objections.SLOT,
            **titles.SLOTS,
            **letters.slots(),
        }
        for kind, slot in found.items():
            slots.declare(kind, slot)

    def _let_work_be_handed_over(self) -> None:
        """Say what waits in a seat or hangs on a name, and who may not take it over."""
        from designation.organizations import charges, handover

        from .desk.charges import KINDS
        from .desk.handover import kept_from, what_waits

        handover.tell(what_waits)
        handover.keep(kept_from)
        charges.register(*KINDS)

    def _let_files_be_cited(self) -> None:
        """Say what rests on files, who may read them there, and which nothing may take."""
        from designation.applications import evidence
        from designation.evidence import citing, strays

        from . import standing
        from .case import cited_evidence
        from .stages.appeals.cited_evidence import SUBJECTS as APPEALS
        from .stages.objections.cited_evidence import HEARINGS
        from .stages.objections.cited_evidence import SUBJECTS as OBJECTIONS
        from .stages.opinions.papers import SUBJECTS as OPINIONS
        from .stages.public_notice.cited_evidence import SUBJECTS as NOTICES
        from .stages.public_notice.postings import SUBJECTS as NOTICE_POSTINGS
        from .stages.self_assessment import signed_page
        from .stages.self_assessment.cited_evidence import PAPERS, POSTINGS
        from .stages.verification.cited_evidence import SUBJECTS as VISITS

        standing.declare()
        strays.spare(evidence.hashes_handed_in)
        citing.declare("applications.evidence", cited_evidence.KIND)
        citing.declare("applications.signedpage", signed_page.KIND)
        objecting = (OBJECTIONS, HEARINGS, APPEALS)
        signed = (NOTICES, NOTICE_POSTINGS, POSTINGS, PAPERS)
        for subjects in (VISITS, OPINIONS, *objecting, *signed):
            citing.register(subjects)
