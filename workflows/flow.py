"""The whole process on one page: the first file to read.

    draft → self-assessed → submitted → recommended → verifying → verified
          → on notice → awaiting designation → designated

Backward only to steps already passed: a correction returns to the one who asked for it, an
upheld objection returns to verification. Each transition names its gate (``gates.GATES``) and
who may carry it out (``rules``). Nothing here writes: the door does (``transitions``).
"""

from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy
from viewflow import fsm

from designation.applications.models import Stage
from designation.audit.models import WithoutSeat
from designation.organizations.models import Person, Role

from . import gates
from .case import rules
from .case.facts import Case
from .findings import GateFinding

# Labels are read in the reader's language; the engine's types know plain text only.
_: Any = gettext_lazy


class GateCondition(fsm.State.CONDITION):
    """A gate's answer that carries its findings."""

    def __init__(self, findings: tuple[GateFinding, ...]) -> None:
        super().__init__(is_true=not any(finding.blocking for finding in findings))
        self.findings = findings


def guarded(name: str) -> dict[str, Any]:
    """The condition of a transition: its gate."""

    def gate(course: "Course") -> GateCondition:
        return course.gate(name)

    gate.__name__ = name
    return {"conditions": [gate]}


def allowed(rule: rules.Rule) -> dict[str, Any]:
    """The permission of a transition: a rule over the case and the person, who may be nobody."""
    return {
        "permission": lambda course, person: rule(course.case, person),
        "custom": {"rule": rule},
    }


# Until the notice is published the applicant may withdraw.
WITHDRAWABLE = [
    Stage.DRAFT,
    Stage.SELF_ASSESSED,
    Stage.SUBMITTED,
    Stage.RETURNED,
    Stage.RECOMMENDED,
    Stage.VERIFYING,
    Stage.VERIFIED,
]
NOTICED = [Stage.ON_NOTICE, Stage.AWAITING_DESIGNATION]


def _back_to_sender(course: "Course", *_args: Any, **_kwargs: Any) -> Stage:
    return Stage(course.case.application.returned_from)


class Course:
    """The course of one application."""

    stage = fsm.State(Stage, default=Stage.DRAFT)

    def __init__(self, case: Case) -> None:
        self.case = case

    @stage.getter()
    def _get_stage(self) -> Stage:
        return Stage(self.case.application.stage)

    @stage.setter()
    def _set_stage(self, value: Stage) -> None:
        self.case.application.stage = value

    def gate(self, name: str) -> GateCondition:
        """The answer of a gate, asked once in the life of this course."""
        if name not in self._answers:
            self._answers[name] = GateCondition(gates.findings(name, self.case))
        return self._answers[name]

    def acting_role(self, name: str, person: Person | None) -> Role | WithoutSeat | None:
        """The role in which the person may carry out ``name`` from here; None: they may not."""
        leaving: list[fsm.Transition] = Course.stage.get_outgoing_transitions(  # type: ignore[attr-defined]
            self._get_stage()
        )
        rule = next(one.custom["rule"] for one in leaving if one.slug == name)
        return rule.role(self.case, person)  # type: ignore[no-any-return]

    @cached_property
    def _answers(self) -> dict[str, GateCondition]:
        return {}

    # 自评 self-assessment

    @stage.transition(
        source=Stage.DRAFT,
        target=Stage.SELF_ASSESSED,
        label=_("确认自评"),
        **guarded("confirm"),
        **allowed(rules.is_head),
    )
    def confirm(self) -> None:
        """The head of the organization confirms the truth of the self-assessment."""

    @stage.transition(
        source=Stage.SELF_ASSESSED,
        target=Stage.DRAFT,
        label=_("退回修改"),
        **guarded("reopen"),
        **allowed(rules.is_applicant),
    )
    def reopen(self) -> None:
        """The applicant takes its own confirmation back to change something."""

    @stage.transition(
        source=Stage.SELF_ASSESSED,
        target=Stage.SUBMITTED,
        label=_("提交申报"),
        **guarded("submit"),
        **allowed(rules.is_applicant),
    )
    def submit(self) -> None:
        """The self-assessment is frozen and handed to the reviewing body."""

    # 初审 first review

    @stage.transition(
        source=Stage.SUBMITTED,
        target=Stage.DRAFT,
        label=_("收回"),
        **guarded("recall"),
        **allowed(rules.is_applicant),
    )
    def recall(self) -> None:
        """Free while nobody has opened the submission."""

    @stage.transition(
        source=Stage.SUBMITTED,
        target=Stage.RECOMMENDED,
        label=_("通过并推荐"),
        **guarded("recommend"),
        **allowed(rules.is_first_reviewer),
    )
    def recommend(self) -> None:
        """The reviewing body recommends the applicant to the county."""

    @stage.transition(
        source=Stage.SUBMITTED,
        target=Stage.RETURNED,
        label=_("退回补正"),
        **guarded("return_for_correction"),
        **allowed(rules.is_first_reviewer),
    )
    @stage.transition(
        source=Stage.RECOMMENDED,
        target=Stage.RETURNED,
        label=_("退回补正"),
        **guarded("return_for_correction"),
        **allowed(rules.is_county_coordinator),
    )
    def return_for_correction(self) -> None:
        """A list of items goes back; they alone unlock."""

    @stage.transition(
        source=Stage.SUBMITTED,
        target=Stage.REJECTED,
        label=_("不予推荐"),
        **guarded("reject"),
        **allowed(rules.is_first_reviewer),
    )
    @stage.transition(
        source=[Stage.RECOMMENDED, Stage.VERIFYING],
        target=Stage.REJECTED,
        label=_("核查不通过"),
        **guarded("reject"),
        **allowed(rules.is_county_coordinator),
    )
    def reject(self) -> None:
        """The application ends, with reasons."""

    @stage.transition(
        source=Stage.RETURNED,
        target=fsm.State.GET_STATE(_back_to_sender, states=[Stage.SUBMITTED, Stage.RECOMMENDED]),
        label=_("重新提交"),
        **guarded("resubmit"),
        **allowed(rules.is_head),
    )
    def resubmit(self) -> None:
        """Back to the one who returned it; the head confirms the truth again."""

    # 县级核验 county verification

    @stage.transition(
        source=Stage.RECOMMENDED,
        target=Stage.VERIFYING,
        label=_("开始核查"),
        **guarded("begin_verification"),
        **allowed(rules.is_county_coordinator),
    )
    def begin_verification(self) -> None:
        """The team takes over."""

    @stage.transition(
        source=Stage.VERIFYING,
        target=Stage.VERIFIED,
        label=_("核查合格"),
        **guarded("complete_verification"),
        **allowed(rules.is_team_leader),
    )
    def complete_verification(self) -> None:
        """The measured values meet the standard and every member has signed."""

    # 公示 public notice

    @stage.transition(
        source=Stage.VERIFIED,
        target=Stage.ON_NOTICE,
        label=_("发布公示"),
        **guarded("publish"),
        **allowed(rules.is_notice_publisher),
    )
    def publish(self) -> None:
        """The notice that lists it is published."""

    @stage.transition(
        source=Stage.ON_NOTICE,
        target=Stage.AWAITING_DESIGNATION,
        label=_("公示期满"),
        **guarded("end_notice"),
        **allowed(rules.is_the_system),
    )
    def end_notice(self) -> None:
        """Only the passing of time does this."""

    @stage.transition(
        source=NOTICED,
        target=Stage.REJECTED,
        label=_("异议成立，不予命名"),
        **guarded("uphold_objection"),
        **allowed(rules.is_objection_officer),
    )
    def uphold_objection(self) -> None:
        """An upheld objection ends the application."""

    @stage.transition(
        source=NOTICED,
        target=Stage.RECOMMENDED,
        label=_("异议成立，重新核查"),
        **guarded("reverify"),
        **allowed(rules.is_objection_officer),
    )
    def reverify(self) -> None:
        """An upheld objection sends it back to be verified and noticed anew."""

    # 命名 designation

    @stage.transition(
        source=Stage.AWAITING_DESIGNATION,
        target=Stage.DESIGNATED,
        label=_("命名"),
        **guarded("designate"),
        **allowed(rules.is_deciding_officer),
    )
    def designate(self) -> None:
        """The title is given and entered in the register."""

    @stage.transition(
        source=WITHDRAWABLE,
        target=Stage.WITHDRAWN,
        label=_("撤回申报"),
        **guarded("withdraw"),
        **allowed(rules.is_head),
    )
    def withdraw(self) -> None:
        """The applicant withdraws."""
