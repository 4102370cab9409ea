"""The course of an appeal on one page, with its gates in one table.

    lodged → taken up → upheld or not upheld
                      → reported → upheld or not upheld, where a meeting decided
    until it is answered → withdrawn

Upheld, a case goes back to exactly the stage that it concerns (``against.BACK_TO``), where it is
done again; of a title, the deciding officer is asked to restore it by a new decision. While it is
open nothing waits for it but its own case.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from viewflow import fsm

from designation.audit import events
from designation.calendar import terms
from designation.calendar.models import Term
from designation.organizations.models import Person, Role
from designation.organizations.rules import Where
from designation.papers import given_numbers
from designation.site.refusal import Refusal
from standards.language import of_the_record

from ... import door
from ...case.facts import Act
from ...case.rules import Rule
from . import announcements, attached, gates
from .case import AppealAct, AppealCase
from .models import Appeal, AppealStep
from .rules import hears_it, is_head, types_its_papers

Status = Appeal.Status
REPORT = ("facts", "count", "procedure")
MEETING = ("meeting_name", "meeting_on", "meeting_attendance", "meeting_result")
ANSWER = ("document_number", "answered_on", "answer")
_ANSWERING = (
    gates.the_report_is_written_first,
    gates.the_meeting_is_recorded,
    gates.the_answer_is_written,
)


def _nothing_more(_case: AppealCase) -> None:
    return


def _send_back(case: AppealCase) -> None:
    """A title is restored by a new decision, which is another's."""
    if case.appeal.decision is not None:
        door.follow(
            "application.uphold_appeal",
            [case.appeal.decision.application_id],
            asked=case.asked,
            act=Act(opinion=_opinion(case.appeal), appeal_id=case.appeal.pk),
        )


def _keep_the_papers(case: AppealCase) -> None:
    """Where the appeal itself lies: in the library of the area."""
    act = case.act or AppealAct()
    attached.keep(
        case.appeal, act.papers, holder=attached.area_of(case.appeal), by=case.asked.person
    )


@of_the_record()
def _opinion(appeal: Appeal) -> str:
    """What the record of the case and its message say."""
    told = _("%(answer)s（答复文号：%(number)s；本答复是最终答复。）")
    return told % {"answer": appeal.answer, "number": appeal.document_number}


@dataclass(frozen=True, slots=True)
class PassageDeclared:
    """What hangs on a passage: whither it leads, its words, who may, its gate, what its form asks.

    ``told`` says what follows, before; ``done`` the same to whoever carried it out.
    ``cannot_be_undone`` names what will happen where nothing takes it back.
    """

    becomes: Appeal.Status
    label: Any
    rule: Rule
    told: Any
    done: Any
    gate: tuple[door.Gate, ...] = ()
    asks: tuple[str, ...] = ()
    ended_as: Term.Ending | None = None
    follow: Callable[[AppealCase], None] = _nothing_more
    cannot_be_undone: Any = ""
    asks_papers: bool = False


PASSAGES: Mapping[str, PassageDeclared] = {
    "take_up": PassageDeclared(
        Status.TAKEN_UP,
        gettext_lazy("受理复核"),
        hears_it,
        gettext_lazy("受理后核对材料、听取双方意见，在期限内书面答复。"),
        gettext_lazy("已受理，申请单位会收到通知。请在期限内书面答复。"),
    ),
    "report": PassageDeclared(
        Status.REPORTED,
        gettext_lazy("写核实报告"),
        hears_it,
        gettext_lazy("集体研究的决定，只核实事实、统计和程序；报告提交会议或者上级研究。"),
        gettext_lazy("核实报告已登记，请提交研究，再登记答复。"),
        (gates.a_meeting_decided_it, gates.the_report_is_whole),
        asks=REPORT,
    ),
    "uphold": PassageDeclared(
        Status.UPHELD,
        gettext_lazy("复核成立"),
        hears_it,
        gettext_lazy(
            "答复以后，申报回到作出决定的环节重新办理；称号由审定人依据新的决定恢复，"
            "有效期已满的不再恢复。撤销称号带来的限制申报自答复之日起解除。"
        ),
        gettext_lazy("答复已登记，申请单位会收到通知。"),
        _ANSWERING,
        asks=(*MEETING, *ANSWER),
        ended_as=Term.Ending.MET,
        follow=_send_back,
        cannot_be_undone=gettext_lazy(
            "复核答复是最终答复，登记后不能修改；申报随即回到原环节，申请单位随即收到答复。"
        ),
    ),
    "dismiss": PassageDeclared(
        Status.NOT_UPHELD,
        gettext_lazy("维持原决定"),
        hears_it,
        gettext_lazy("答复以后，原决定不变，不能再次申请复核。"),
        gettext_lazy("答复已登记，申请单位会收到通知。"),
        _ANSWERING,
        asks=(*MEETING, *ANSWER),
        ended_as=Term.Ending.MET,
        cannot_be_undone=gettext_lazy(
            "复核答复是最终答复，登记后不能修改，申请单位不能再次申请；申请单位随即收到答复。"
        ),
    ),
    "withdraw_on_paper": PassageDeclared(
        Status.WITHDRAWN,
        gettext_lazy("登记书面撤回"),
        types_its_papers,
        gettext_lazy("单位书面撤回的，附扫描件登记；撤回后原决定不变。"),
        gettext_lazy("书面撤回已登记，复核的人和申请单位会收到通知。"),
        (gates.the_units_paper_is_there,),
        ended_as=Term.Ending.OVERTAKEN,
        follow=_keep_the_papers,
        cannot_be_undone=gettext_lazy("登记后，这个单位对这个决定不能再次申请复核。"),
        asks_papers=True,
    ),
    # After it: in the log one or the other is called as this, and the role says on whose word.
    "withdraw": PassageDeclared(
        Status.WITHDRAWN,
        gettext_lazy("撤回复核申请"),
        is_head,
        gettext_lazy("答复以前可以撤回；撤回后原决定不变。"),
        gettext_lazy("复核申请已撤回。"),
        ended_as=Term.Ending.OVERTAKEN,
        cannot_be_undone=gettext_lazy("撤回后，对这个决定不能再次申请复核。"),
    ),
}


def _way(name: str) -> dict[str, Any]:
    declared = PASSAGES[name]
    return {
        "label": declared.label,
        "target": declared.becomes,
        **door.guarded(name, declared.rule),
    }


@door.carries
class AppealCourse(door.Course):
    """The course of one appeal."""

    KIND = "appeal"
    SAYS_THAT_IT_IS_BUSY = True
    stage = fsm.State(Status, default=Status.LODGED)

    @stage.getter()
    def _get_status(self) -> Status:
        return Status(self.case.appeal.status)

    @stage.setter()
    def _set_status(self, value: Status) -> None:
        self.case.appeal.status = value

    @stage.transition(source=Status.LODGED, **_way("take_up"))
    def take_up(self) -> None:
        """Somebody who had no hand in it looks into it."""

    @stage.transition(source=Status.TAKEN_UP, **_way("report"))
    def report(self) -> None:
        """Facts, count and procedure were looked into, and are laid before who decides."""

    @stage.transition(source=[Status.TAKEN_UP, Status.REPORTED], **_way("uphold"))
    def uphold(self) -> None:
        """What was decided is decided anew, where it was."""

    @stage.transition(source=[Status.TAKEN_UP, Status.REPORTED], **_way("dismiss"))
    def dismiss(self) -> None:
        """What was decided stands, for good."""

    @stage.transition(
        source=[Status.LODGED, Status.TAKEN_UP, Status.REPORTED],
        **_way("withdraw"),
    )
    def withdraw(self) -> None:
        """The unit leaves it at what was decided."""

    @stage.transition(
        source=[Status.LODGED, Status.TAKEN_UP, Status.REPORTED],
        **_way("withdraw_on_paper"),
    )
    def withdraw_on_paper(self) -> None:
        """The same, by a paper that the unit signed."""

    # What the door asks of it

    @classmethod
    def lock(cls, keys: Iterable[int]) -> list[Appeal]:
        rows = Appeal.objects.select_related(
            "decision__application__organization",
            "decision__application__round",
            "title_step__title",
            "organization",
            "term",
        )
        return door.locked(rows, keys)

    @classmethod
    def cases(
        cls, rows: Sequence[Appeal], asked: door.Asked, act: AppealAct | None
    ) -> list[AppealCase]:
        return [AppealCase(row, asked=asked, act=act or AppealAct()) for row in rows]

    @property
    def row(self) -> Appeal:
        appeal: Appeal = self.case.appeal
        return appeal

    def gates(self, name: str) -> tuple[door.Gate, ...]:
        return PASSAGES[name].gate

    def where(self, role: Role) -> Where:
        if role == Role.HEAD:
            return {"organization_id": self.row.organization_id}
        return {"code": self.row.area_code}

    def moved_on(self, name: str) -> Refusal:
        """Who may not act on it at all is told that first."""
        actor = self.case.asked.actor
        if actor is not None and not PASSAGES[name].rule(self.case, actor):
            return told_to_whom_it_is_not(name)
        return Refusal.because(
            "appeal_moved",
            _("这件复核申请现为“%(status)s”，已由他人办理，请查看最新情况后再办理。")
            % {"status": self.row.get_status_display()},
            rule=_("以最新状态办理"),
        )

    def why_not_permitted(self, name: str, person: Person) -> Refusal | None:  # noqa: ARG002 - the same for everybody
        return told_to_whom_it_is_not(name)

    def write(self, done: door.Done) -> AppealStep:
        declared, appeal = PASSAGES[done.name], self.row
        for field in asked_of(done.name, appeal):
            setattr(appeal, field, getattr(self.case.act, field))
        if done.name in ("uphold", "dismiss"):
            appeal.decided_by, appeal.decided_at = done.asked.person, done.at
            _take_number(appeal)
        if declared.ended_as is not None and appeal.term is not None:
            terms.end(appeal.term, at=done.at, as_=declared.ended_as)
        appeal.version += 1
        appeal.save()
        step = AppealStep.objects.create(appeal=appeal, act=done.target, **done.by_whom)
        announcements.happened(appeal, done.target, actor=done.asked.person, role=done.role)
        declared.follow(self.case)
        return step

    def did(self, name: str, asked: door.Asked) -> bool:
        said = {field: getattr(self.case.act, field) for field in asked_of(name, self.row)}
        as_said = all(getattr(self.row, field) == value for field, value in said.items())
        return as_said and self.row.steps.filter(act=PASSAGES[name].becomes, **asked.sent).exists()

    def entry(self, record: AppealStep) -> events.Entry:
        return entry_of(record)


def _take_number(appeal: Appeal) -> None:
    """Each unit is answered by a letter of its own."""
    number, unit = appeal.document_number, appeal.organization.name_zh
    answer = given_numbers.Document("appeal", number, unit, appeal.answered_on)
    given_numbers.give(answer, appeal.area_code)


def asked_of(name: str, appeal: Appeal) -> tuple[str, ...]:
    """What the form of a passage asks of this appeal: of a meeting only where one is held."""
    left_out = () if appeal.goes_before_the_meeting else MEETING
    return tuple(field for field in PASSAGES[name].asks if field not in left_out)


def told_to_whom_it_is_not(name: str) -> Refusal:
    told = _("请由本地区或者上级没有参与过这件事的县级经办人、异议受理人办理。")
    if PASSAGES[name].rule is is_head:
        told = _("请由申请单位的负责人办理。")
    elif PASSAGES[name].rule is types_its_papers:
        told = _("请由登记书面申请的县级经办人，或者没有参与过这件事的县级经办人登记。")
    return Refusal.because("not_permitted", told, rule=_("由没有参与过的人复核"))


def entry_of(step: AppealStep) -> events.Entry:
    appeal = step.appeal
    return events.Entry(
        actor=step.actor,
        action=f"appeal.{step.act}",
        subject=appeal,
        jurisdiction_code=appeal.area_code,
        role=step.role,
        acted_for=step.acted_for,
        details={
            "organization": appeal.organization.name_zh,
            "against": appeal.get_against_display(),
            "document_number": appeal.document_number,
        },
    )
