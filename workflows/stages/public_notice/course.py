"""The course of a notice on one page, with its gates in one table.

    proposed → reviewed for secrecy → approved → published → its period over → its register closed

Time alone ends the period; who closes the register before time has come by ends it, too. From
each draft step it can be sent back, to be mended and proposed anew, or discarded. Once published
it may be given more time, or broken off for another notice in its place. Who takes which
step, and who leaves one to others, stands in ``steps``; the first proposal, before which there is
nothing to lock, in ``notices``.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from viewflow import fsm

from designation.applications.models import Application
from designation.audit import events
from designation.calendar import awaited
from designation.organizations.models import Person, Role
from designation.organizations.rules import Where
from designation.site.refusal import Refusal

from ... import door
from ...case.rules import Rule, is_the_system
from . import announcements, interrupting
from . import step_gates as gates
from . import step_writing as writing
from .case import NoticeAct, NoticeCase
from .models import Notice, NoticeStep
from .periods import PERIOD
from .steps import ROLES, SENDING_BACK, Act, may, not_its_turn, refusal, sends_back_as, taken_by


class Standing(models.TextChoices):
    """Where a notice stands, as its row says it."""

    PROPOSED = "proposed", gettext_lazy("待保密审查")
    REVIEWED = "reviewed", gettext_lazy("待审批")
    APPROVED = "approved", gettext_lazy("待发布")
    SENT_BACK = "sent_back", gettext_lazy("已退回")
    DISCARDED = "discarded", gettext_lazy("已作废")
    PUBLISHED = "published", gettext_lazy("已发布")
    ENDED = "ended", gettext_lazy("公示期满")
    STOPPED = "stopped", gettext_lazy("已终止")
    CLOSED = "closed", gettext_lazy("异议登记已关闭")


DRAFTS = [Standing.PROPOSED, Standing.REVIEWED, Standing.APPROVED]


def standing(notice: Notice) -> Standing:
    """Read from the row alone: a draft without names is discarded for its gates to tell."""
    if notice.status == Notice.Status.STOPPED:
        return Standing.STOPPED
    if notice.status != Notice.Status.DRAFT:
        if taken_by(notice, Act.REGISTER_CLOSED) is not None:
            return Standing.CLOSED
        return Standing(notice.status)
    if notice.sent_back_at is not None:
        return Standing.SENT_BACK
    if taken_by(notice, Act.APPROVED) is not None:
        return Standing.APPROVED
    reviewed = taken_by(notice, Act.SECRECY_REVIEWED) is not None
    return Standing.REVIEWED if reviewed else Standing.PROPOSED


def _holding(act: NoticeStep.Act) -> Rule:
    """Whoever holds the role of a step over the area of the notice."""
    role = ROLES[act]
    return Rule(((role, lambda case, person: may(case.notice, person, role)),))


def _sending_back(act: NoticeStep.Act) -> Callable[[NoticeCase, Person], bool]:
    return lambda case, person: sends_back_as(case.notice, person, case.interests) == act


_SENDS_BACK = Rule(tuple((ROLES[act], _sending_back(act)) for act in SENDING_BACK))


@dataclass(frozen=True, slots=True)
class StepDeclared:
    """What hangs on a step: its act, who may, its gate, what it writes, how the log calls it.

    A step that a person takes is recorded as ``act``; what time does has none, and stands in the
    log and in the term that is over. ``write`` returns what of the step is kept with it.
    ``cannot_be_undone`` names what will happen where nothing takes it back.
    """

    act: NoticeStep.Act | None
    rule: Rule
    gate: tuple[door.Gate, ...]
    write: Callable[[NoticeCase], Mapping[str, Any]]
    action: str
    label: Any
    cannot_be_undone: Any = ""


STEPS: Mapping[str, StepDeclared] = {
    "review_secrecy": StepDeclared(
        Act.SECRECY_REVIEWED,
        _holding(Act.SECRECY_REVIEWED),
        (
            gates.names_are_left,
            gates.nobody_signs_twice(Act.SECRECY_REVIEWED),
            gates.nobody_is_interested,
            gates.it_is_as_seen,
        ),
        writing.signed(Act.SECRECY_REVIEWED),
        "notice.secrecy_reviewed",
        gettext_lazy("公示保密审查"),
    ),
    "approve": StepDeclared(
        Act.APPROVED,
        _holding(Act.APPROVED),
        (
            gates.names_are_left,
            gates.nobody_signs_twice(Act.APPROVED),
            gates.nobody_is_interested,
            gates.it_is_as_seen,
        ),
        writing.signed(Act.APPROVED),
        "notice.approved",
        gettext_lazy("公示审批"),
    ),
    "publish": StepDeclared(
        Act.PUBLISHED,
        _holding(Act.PUBLISHED),
        (
            gates.names_are_left,
            gates.nobody_signs_twice(Act.PUBLISHED),
            gates.nobody_is_interested,
            gates.it_is_as_seen,
            gates.no_personal_data,
        ),
        writing.published,
        "notice.publish",
        gettext_lazy("发布公示"),
        gettext_lazy("发布后，公示立即对外公开，公示期开始计算；不能撤回，也不能修改。"),
    ),
    "send_back": StepDeclared(
        Act.SENT_BACK,
        _SENDS_BACK,
        (gates.names_are_left, gates.the_reason_says_enough, gates.it_is_as_seen),
        writing.sent_back,
        "notice.send_back",
        gettext_lazy("退回公示"),
    ),
    "propose_again": StepDeclared(
        Act.PROPOSED,
        _holding(Act.PROPOSED),
        (gates.names_are_left, gates.who_was_on_notice_stays, gates.it_is_as_seen_to_mend),
        writing.proposed_again,
        "notice.propose_again",
        gettext_lazy("修改后重新提出公示"),
    ),
    "discard": StepDeclared(
        Act.DISCARDED,
        _holding(Act.DISCARDED),
        (gates.names_are_left, gates.it_takes_no_others_place, gates.it_is_as_seen),
        writing.discarded,
        "notice.discard",
        gettext_lazy("作废公示拟稿"),
        gettext_lazy(
            "作废后，这份拟稿不能恢复，已办理的保密审查和审批也不再有效；名单可以重新拟定。"
        ),
    ),
    "extend": StepDeclared(
        Act.EXTENDED,
        _holding(Act.EXTENDED),
        (
            gates.names_are_left,
            gates.nobody_signs_twice(Act.EXTENDED),
            gates.nobody_is_interested,
            gates.it_is_as_seen,
            gates.the_period_runs,
            gates.some_days_are_added,
            gates.the_reason_may_be_published,
            gates.the_text_is_as_published,
        ),
        interrupting.extended,
        "notice.extend",
        gettext_lazy("延长公示期"),
        gettext_lazy(
            "延长后，新的公示末日和原因立即对外公开，名单上各组织的期限随之延后；不能改回。"
        ),
    ),
    "restart": StepDeclared(
        Act.RESTARTED,
        _holding(Act.RESTARTED),
        (
            gates.names_are_left,
            gates.nobody_signs_twice(Act.RESTARTED),
            gates.nobody_is_interested,
            gates.it_is_as_seen,
            gates.the_cause_is_named,
            gates.the_reason_may_be_published,
            gates.nobody_is_named_yet,
            gates.names_wait_for_a_notice,
        ),
        interrupting.restarted,
        "notice.restart",
        gettext_lazy("终止并重新公示"),
        gettext_lazy(
            "终止后，这份公示不再接收异议，公开页面注明原因，不能恢复；名单转入新的拟稿，经四步重新发布，公示期重新计算。"
        ),
    ),
    "end": StepDeclared(
        None,
        is_the_system,
        (gates.the_period_has_ended,),
        writing.ended,
        "notice.end",
        gettext_lazy("公示期满"),
    ),
    "close_register": StepDeclared(
        Act.REGISTER_CLOSED,
        _holding(Act.REGISTER_CLOSED),
        (
            gates.the_period_has_ended,
            gates.nobody_signs_twice(Act.REGISTER_CLOSED),
            gates.nobody_is_interested,
            gates.it_is_as_seen,
        ),
        writing.register_closed,
        "notice.close_register",
        gettext_lazy("关闭异议登记"),
        gettext_lazy("关闭后，不能再登记公示期内收到的异议，也不能重新打开；审定人随即可以命名。"),
    ),
}


awaited.follows("notice.end", door.by_time("notice.end"))
awaited.register(awaited.Kind(PERIOD, Standing.PUBLISHED.label, "notice.end"))


def _way(name: str) -> dict[str, Any]:
    return {"label": STEPS[name].label, **door.guarded(name, STEPS[name].rule)}


@door.carries
class NoticeCourse(door.Course):
    """The course of one notice."""

    KIND = "notice"
    stage = fsm.State(Standing, default=Standing.PROPOSED)

    door.told_by_columns(stage, standing)

    @stage.transition(source=Standing.PROPOSED, target=Standing.REVIEWED, **_way("review_secrecy"))
    def review_secrecy(self) -> None:
        """The secrecy reviewer (保密审查人) has read it; another person than the proposer."""

    @stage.transition(source=Standing.REVIEWED, target=Standing.APPROVED, **_way("approve"))
    def approve(self) -> None:
        """The deciding officer approves (审批) what has passed the secrecy review."""

    @stage.transition(source=Standing.APPROVED, target=Standing.PUBLISHED, **_way("publish"))
    def publish(self) -> None:
        """The period is fixed, every application put on notice, the text sealed."""

    @stage.transition(source=DRAFTS, target=Standing.SENT_BACK, **_way("send_back"))
    def send_back(self) -> None:
        """Back to the coordinator, with the reason; the steps begin anew."""

    @stage.transition(source=Standing.SENT_BACK, target=Standing.PROPOSED, **_way("propose_again"))
    def propose_again(self) -> None:
        """Mended, and put forward anew."""

    @stage.transition(
        source=[*DRAFTS, Standing.SENT_BACK], target=Standing.DISCARDED, **_way("discard")
    )
    def discard(self) -> None:
        """Taken back with its record; another notice may list its applications."""

    @stage.transition(source=Standing.PUBLISHED, target=Standing.PUBLISHED, **_way("extend"))
    def extend(self) -> None:
        """Its last day moves, with the reason."""

    @stage.transition(
        source=[Standing.PUBLISHED, Standing.ENDED, Standing.CLOSED],
        target=Standing.STOPPED,
        **_way("restart"),
    )
    def restart(self) -> None:
        """Broken off; another notice takes its place, with the same names."""

    @stage.transition(source=Standing.PUBLISHED, target=Standing.ENDED, **_way("end"))
    def end(self) -> None:
        """Only the passing of time does this."""

    @stage.transition(
        source=[Standing.PUBLISHED, Standing.ENDED],
        target=Standing.CLOSED,
        **_way("close_register"),
    )
    def close_register(self) -> None:
        """A named person states that no objection is left to enter."""

    # What the door asks of it

    @classmethod
    def lock(cls, keys: Iterable[int]) -> list[Notice]:
        return door.locked(Notice.objects.select_related("round__jurisdiction"), keys)

    @classmethod
    def cases(
        cls, rows: Sequence[Notice], asked: door.Asked, act: NoticeAct | None
    ) -> list[NoticeCase]:
        return [NoticeCase(row, asked=asked, act=act) for row in rows]

    @property
    def row(self) -> Notice:
        notice: Notice = self.case.notice
        return notice

    def gates(self, name: str) -> tuple[door.Gate, ...]:
        return STEPS[name].gate

    def where(self, role: Role) -> Where:  # noqa: ARG002 - every seat is held over the area
        return {"code": self.row.round.jurisdiction.code}

    def moved_on(self, name: str) -> Refusal:
        notice, act = self.row, STEPS[name].act
        if act is None or act in (Act.EXTENDED, Act.RESTARTED):
            return refusal(_("公示没有在公示期内，请查看最新情况。"))
        if act == Act.REGISTER_CLOSED:
            closed = taken_by(notice, act) is not None
            return refusal(_("异议登记已经关闭。") if closed else _("公示期未满，请等待期满。"))
        if notice.status != Notice.Status.DRAFT:
            return refusal(_("公示已经发布，不能再改。"))
        if act == Act.PROPOSED:
            return refusal(_("公示没有被退回，或已由他人重新提出，请查看最新情况。"))
        if act == Act.SENT_BACK:
            return refusal(_("您现在不能退回这份公示。"))
        return Refusal(not_its_turn(notice, act))

    def why_not_permitted(self, name: str, person: Person) -> Refusal | None:  # noqa: ARG002 - the same for everybody
        act = STEPS[name].act
        if act is None:
            return None
        if act == Act.SENT_BACK:
            return refusal(_("您现在不能退回这份公示。"))
        role = ROLES[act]
        return refusal(_("请由%(role)s办理。") % {"role": role.label})

    def write(self, done: door.Done) -> events.Entry:
        declared, actor = STEPS[done.name], done.asked.actor
        kept = declared.write(self.case)
        if declared.act is not None:
            NoticeStep.objects.create(notice=self.row, act=declared.act, **done.by_whom, **kept)
        reason = kept.get("reason", "")
        announcements.stepped(self.row, declared.action, actor=actor, role=done.role, reason=reason)
        made = entry_of(self.row, declared.action, actor=actor, role=done.role, reason=reason)
        return replace(made, acted_for=done.asked.acting_for)

    def entry(self, record: events.Entry) -> events.Entry:
        return record

    def did(self, name: str, asked: door.Asked) -> bool:
        act = self.case.act
        steps = self.row.steps.filter(act=STEPS[name].act, reason=act.reason.strip(), **asked.sent)
        if act.printed is None:
            return steps.exists()
        chosen = Application.objects.filter(pk__in=act.chosen)
        names = chosen.values_list("organization__name_zh", flat=True)
        said = writing.content_of(act.printed, sorted(names))
        kept = (step.content | {"names": sorted(step.content["names"])} for step in steps)
        return said in kept


def entry_of(
    notice: Notice, action: str, *, actor: Person | None, role: str, reason: str = ""
) -> events.Entry:
    """What the log keeps of a step."""
    return events.Entry(
        actor=actor,
        action=action,
        subject=notice,
        jurisdiction_code=notice.round.jurisdiction.code,
        role=role,
        details={"sha256": notice.text_sha256} | ({"reason": reason} if reason else {}),
    )
