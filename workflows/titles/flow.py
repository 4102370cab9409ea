"""The course of a title on one page, with its gates in one table.

    valid → warned → under order to correct → valid
                                            → revoked, for a fault
          → cancelled, without one
    revoked or cancelled → valid again, by a new decision alone
    valid, warned or expired → valid for longer, by a new decision
    in force or expired → the same until the right day, where a slip made its last day a wrong one

Where it stands is worked out of its history (``designation.register.standing``), and so what
time does needs nobody: a title expires by itself. An order that is over takes no title away.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from viewflow import fsm

from designation.audit import events
from designation.organizations.models import Person, Role
from designation.organizations.rules import Where
from designation.papers import given_numbers, numbers
from designation.register import giving
from designation.register.models import Designation, DesignationDecision, TitleStep
from designation.register.standing import REASON_NOT_PUBLIC, Act, Status
from designation.site.refusal import Refusal

from .. import door
from ..bars import stopping
from ..case.rules import Rule
from ..stages.appeals import against
from . import announcements, gates, orders
from .case import TitleAct, TitleCase
from .rules import is_coordinator, is_decider

_IN_FORCE = [Status.VALID, Status.WARNED, Status.ORDERED]
# What every one of them asks of what is brought.
_PAPER = (
    gates.a_document_stands_behind_it,
    gates.it_is_dated_in_its_turn,
    gates.the_reason_is_given,
)


@dataclass(frozen=True, slots=True)
class PassageDeclared:
    """What hangs on a passage: its act, words, who may, its gate, what its form asks beside.

    ``told`` says what follows, before; ``done`` the same to whoever carried it out.
    ``is_by_decision``: the document gives the title anew, and is recorded as a decision.
    ``may_rest_on_what_gave_it``: so may the decision that gave the title or renewed it, where no
    other document is needed.
    ``cannot_be_undone`` names what will happen where nothing takes it back.
    """

    act: Act
    label: Any
    rule: Rule
    gate: tuple[door.Gate, ...]
    told: Any
    done: Any
    asks: tuple[str, ...] = ()
    is_by_decision: bool = False
    may_rest_on_what_gave_it: bool = False
    cannot_be_undone: Any = ""

    @property
    def says_why_in_public(self) -> bool:
        """Whether everybody reads its reason in the register; day and document they read."""
        return self.act not in REASON_NOT_PUBLIC


PASSAGES: Mapping[str, PassageDeclared] = {
    "warn": PassageDeclared(
        Act.WARNED,
        gettext_lazy("警告"),
        is_coordinator,
        _PAPER,
        gettext_lazy(
            "警告后称号仍然有效。警告的日期和文件随即在名册上公开，理由不公开；改正以后可以解除。"
        ),
        gettext_lazy("已登记警告，单位负责人和填报人会收到通知。称号仍然有效。"),
    ),
    "lift": PassageDeclared(
        Act.LIFTED,
        gettext_lazy("解除警告"),
        is_coordinator,
        _PAPER,
        gettext_lazy("解除后称号恢复正常。"),
        gettext_lazy("警告已解除，单位会收到通知。"),
    ),
    "order": PassageDeclared(
        Act.ORDERED,
        gettext_lazy("限期整改"),
        is_coordinator,
        (
            gates.no_revocation_is_proposed,
            *_PAPER,
            gates.an_order_runs_thirty_days_at_most,
            gates.the_order_ends_within_the_term,
        ),
        gettext_lazy(
            "整改期间称号仍然有效。限期整改的日期和文件随即在名册上公开，理由和期限不公开。"
            "期满后须作出结论，系统不会自动撤销。"
        ),
        gettext_lazy("已登记限期整改，单位会收到通知和到期提醒。期满前后请作出整改结论。"),
        asks=("correct_by",),
    ),
    "prolong": PassageDeclared(
        Act.PROLONGED,
        gettext_lazy("延长整改期限"),
        is_coordinator,
        (
            gates.an_order_is_prolonged_only_once,
            gates.more_time_was_given_in_time,
            *_PAPER,
            gates.an_order_runs_thirty_days_at_most,
            gates.the_order_ends_within_the_term,
        ),
        gettext_lazy("整改期限只能延长一次。"),
        gettext_lazy("整改期限已延长，单位会收到通知。"),
        asks=("correct_by",),
        cannot_be_undone=gettext_lazy("整改期限只能延长一次；延长以后不能改回，也不能再延长。"),
    ),
    "accept": PassageDeclared(
        Act.PASSED,
        gettext_lazy("整改合格"),
        is_coordinator,
        _PAPER,
        gettext_lazy("认定以后整改结束；没有到期的称号恢复正常。"),
        gettext_lazy("已认定整改合格，整改结束，单位会收到通知。"),
    ),
    "revoke": PassageDeclared(
        Act.REVOKED,
        gettext_lazy("撤销称号"),
        is_decider,
        (
            gates.it_was_in_force_when_that_was_decided,
            gates.the_deadline_has_passed,
            gates.who_revokes_took_no_part,
            *_PAPER,
        ),
        gettext_lazy(
            "用于有过错的情形。撤销的文件和理由在名册上公开；单位两年内不能申报，"
            "弄虚作假或者拒不接受监督检查的三年，正在办理的申报随即终止。"
        ),
        gettext_lazy("称号已撤销，名册随即更新，单位会收到通知；单位正在办理的申报已经终止。"),
        asks=("fault",),
        cannot_be_undone=gettext_lazy(
            "撤销后，名册随即对外公开撤销的文件和理由，单位正在办理的申报随即终止、不能恢复；"
            "称号只能由新的命名决定恢复，限制申报只能由决定解除。"
        ),
    ),
    "cancel": PassageDeclared(
        Act.CANCELLED,
        gettext_lazy("注销称号"),
        is_coordinator,
        (
            gates.the_title_is_in_force,
            gates.no_order_stands,
            gates.no_revocation_is_proposed,
            *_PAPER,
        ),
        gettext_lazy(
            "用于没有过错的情形：单位撤并，或者自愿放弃（依据其负责人签字盖章的来函）。"
            "注销的文件和理由在名册上公开。"
        ),
        gettext_lazy("称号已注销，名册随即更新，单位会收到通知。"),
        cannot_be_undone=gettext_lazy(
            "注销后，名册随即对外公开注销的文件和理由；称号只能由新的命名决定恢复。"
        ),
    ),
    "restore": PassageDeclared(
        Act.RESTORED,
        gettext_lazy("恢复称号"),
        is_decider,
        (
            gates.a_term_is_left,
            gates.its_holder_still_exists,
            gates.who_restores_took_no_part,
            *_PAPER,
            gates.it_rests_on_a_new_decision,
        ),
        gettext_lazy("依据新的命名决定恢复，到原来的有效期为止。"),
        gettext_lazy("称号已恢复，名册随即更新，单位会收到通知。"),
        is_by_decision=True,
    ),
    "renew": PassageDeclared(
        Act.EXTENDED,
        gettext_lazy("延续称号"),
        is_decider,
        (
            gates.no_order_stands,
            gates.no_revocation_is_proposed,
            gates.no_proposal_outlasted_the_term,
            gates.its_holder_still_exists,
            *_PAPER,
            gates.it_rests_on_a_new_decision,
            gates.the_new_term_is_longer,
        ),
        gettext_lazy("依据新的命名决定延长有效期；此前的警告不再保留在称号上。"),
        gettext_lazy("称号已延续，名册随即更新，单位会收到通知。"),
        asks=("until",),
        is_by_decision=True,
        cannot_be_undone=gettext_lazy(
            "延续后按新的有效期公开；有效期登记错了的，只能依据文件更正。"
        ),
    ),
    "correct": PassageDeclared(
        Act.CORRECTED,
        gettext_lazy("更正有效期"),
        is_decider,
        (
            gates.a_document_stands_behind_it,
            gates.it_is_dated_in_its_turn_or_gave_the_title,
            gates.the_reason_is_given,
            gates.the_right_day_is_another,
        ),
        gettext_lazy(
            "用于名册上的有效期登记错了的情形，依据写明正确日期的文件办理。原来的日期、更正后的日期、"
            "文件和理由在名册上公开。正确的日期已经过去的，更正后称号即为已到期。"
        ),
        gettext_lazy("有效期已更正，名册随即更新，单位会收到通知。已经发证的，请换发证书。"),
        asks=("until",),
        may_rest_on_what_gave_it=True,
    ),
}


# Goes on with what was done to a title, within the act.
Follower = Callable[[TitleStep, door.Done], object]
_followers: list[Follower] = []


def followed_by(follower: Follower) -> None:
    """Said by a room above when it starts."""
    _followers.append(follower)


def _way(name: str) -> dict[str, Any]:
    return {"label": PASSAGES[name].label, **door.guarded(name, PASSAGES[name].rule)}


@door.carries
class TitleCourse(door.Course):
    """The course of one title."""

    KIND = "title"
    SAYS_THAT_IT_IS_BUSY = True
    stage = fsm.State(Status, default=Status.VALID)

    @stage.getter()
    def _get_status(self) -> Status:
        """Read from the history, once: under the lock nothing is added to it."""
        status: Status = self.case.stage if self.moved_to is None else self.moved_to
        return status

    @stage.setter()
    def _set_status(self, value: Status) -> None:
        self.moved_to = value

    @stage.transition(source=Status.VALID, target=Status.WARNED, **_way("warn"))
    def warn(self) -> None:
        """In force all the same, until it is lifted."""

    @stage.transition(source=Status.WARNED, target=Status.VALID, **_way("lift"))
    def lift(self) -> None:
        """What it was warned for is mended."""

    @stage.transition(source=[Status.VALID, Status.WARNED], target=Status.ORDERED, **_way("order"))
    def order(self) -> None:
        """To be corrected by a day."""

    @stage.transition(source=Status.ORDERED, target=Status.ORDERED, **_way("prolong"))
    def prolong(self) -> None:
        """More time, once."""

    @stage.transition(source=Status.ORDERED, target=Status.VALID, **_way("accept"))
    def accept(self) -> None:
        """The correction is made, in time or late; it may be after the title has run out."""

    @stage.transition(source=[*_IN_FORCE, Status.EXPIRED], target=Status.REVOKED, **_way("revoke"))
    def revoke(self) -> None:
        """For a fault; of one that has run out the gate says what to do instead."""

    @stage.transition(
        source=[*_IN_FORCE, Status.EXPIRED], target=Status.CANCELLED, **_way("cancel")
    )
    def cancel(self) -> None:
        """Without a fault: merged, dissolved, or given up by its own wish."""

    @stage.transition(
        source=[Status.REVOKED, Status.CANCELLED], target=Status.VALID, **_way("restore")
    )
    def restore(self) -> None:
        """By a new decision, for what is left of its term."""

    @stage.transition(source=[*_IN_FORCE, Status.EXPIRED], target=Status.VALID, **_way("renew"))
    def renew(self) -> None:
        """By a new decision, for longer."""

    @stage.transition(source=Status.VALID, target=Status.VALID, **_way("correct"))
    @stage.transition(source=Status.WARNED, target=Status.WARNED, **_way("correct"))
    @stage.transition(source=Status.ORDERED, target=Status.ORDERED, **_way("correct"))
    @stage.transition(source=Status.EXPIRED, target=Status.VALID, **_way("correct"))
    def correct(self) -> None:
        """Its last day: what stands against it goes on; by the right day it may be over."""

    # What the door asks of it

    @classmethod
    def lock(cls, keys: Iterable[int]) -> list[Designation]:
        """The row of the title, which never changes: whoever adds to its history waits for it."""
        rows = Designation.objects.select_related("organization__jurisdiction", "jurisdiction")
        return door.locked(rows.select_related("decision"), keys)

    @classmethod
    def cases(
        cls, rows: Sequence[Designation], asked: door.Asked, act: TitleAct | None
    ) -> list[TitleCase]:
        return [TitleCase(row, asked=asked, act=act or TitleAct()) for row in rows]

    @property
    def row(self) -> Designation:
        title: Designation = self.case.title
        return title

    def gates(self, name: str) -> tuple[door.Gate, ...]:
        return PASSAGES[name].gate

    def where(self, role: Role) -> Where:  # noqa: ARG002 - every seat is held over the area
        return {"code": self.case.area_code}

    def moved_on(self, name: str) -> Refusal:
        """Who may not act on it at all is told that first."""
        actor = self.case.asked.actor
        if actor is not None and not PASSAGES[name].rule(self.case, actor):
            return door.not_permitted()
        return Refusal.because(
            "title_moved",
            _("这个称号现为“%(status)s”，已由他人办理，请查看最新情况后再办理。")
            % {"status": self.case.standing.status.label},
            rule=_("以最新状态办理"),
        )

    def why_not_permitted(self, name: str, person: Person) -> Refusal | None:  # noqa: ARG002 - the same for everybody
        role = next(role for role, _holds in PASSAGES[name].rule.ways)
        return Refusal.because(
            "not_permitted",
            _("请由称号所在辖区的%(role)s办理；本单位的称号由其他人办理。") % {"role": role.label},
            rule=_("由有权限的人办理"),
        )

    def write(self, done: door.Done) -> TitleStep:
        declared, act = PASSAGES[done.name], self.case.act
        decision = self._decision(done) if declared.is_by_decision else self._what_gave_it(declared)
        kind = "decision" if decision else f"{self.KIND}.{declared.act}"
        paper = given_numbers.Document(kind, act.document_number, act.deciding_body, act.decided_on)
        given_numbers.give(paper, self.case.area_code)
        step = TitleStep.objects.create(
            title=self.row,
            act=declared.act,
            effective_on=self._holds_from(declared),
            decision=decision,
            reason=act.reason,
            **({} if decision else self._document),
            **{name: getattr(act, name) for name in declared.asks},
            **done.by_whom,
        )
        orders.wind_on(self.case, step, done)
        against.begin(step)
        if step.act == Act.REVOKED:
            stopping.stop(self.case.holder_on(step.effective_on), step)
        announcements.happened(self.case, step)
        for follow in _followers:
            follow(step, done)
        return step

    def _what_gave_it(self, declared: PassageDeclared) -> DesignationDecision | None:
        return self.case.decision_named if declared.may_rest_on_what_gave_it else None

    def _holds_from(self, declared: PassageDeclared) -> date:
        """The day of the document; today where that is the one the title has rested on all along.

        What the register said until now, it did say: no day of before reads otherwise since.
        """
        day: date = self.case.act.decided_on
        return self.case.today if self._what_gave_it(declared) else day

    @property
    def _document(self) -> dict[str, str]:
        act = self.case.act
        number = numbers.normal(act.document_number)
        return {"document_number": number, "deciding_body": act.deciding_body.strip()}

    def _decision(self, done: door.Done) -> DesignationDecision:
        """The document is recorded once, and may give several titles anew."""
        act = self.case.act
        body, number = act.deciding_body.strip(), act.document_number.strip()
        known = giving.recorded_decision(body, number, self.case.area_code)
        return known or giving.record_decision(
            document_number=number,
            decided_on=act.decided_on,
            deciding_body=body,
            area_code=self.case.area_code,
            actor=done.asked.person,
        )

    def did(self, name: str, asked: door.Asked) -> bool:
        act, declared = self.case.act, PASSAGES[name]
        steps = self.row.steps.filter(act=declared.act, reason=act.reason, **asked.sent)
        steps = steps.filter(fault=act.fault, effective_on=self._holds_from(declared))
        return steps.filter(correct_by=act.correct_by).exists()

    def entry(self, record: TitleStep) -> events.Entry:
        return events.Entry(
            actor=record.actor,
            action=f"title.{record.act}",
            subject=self.row,
            jurisdiction_code=self.case.area_code,
            role=record.role,
            acted_for=record.acted_for,
            details={
                "organization": self.case.holder.name_zh,
                "document_number": record.document,
                "reason": record.reason,
            },
        )
