"""The course of a re-check on one page, with its gates in one table.

    due → told to the unit → answered, or its time passed in silence → concluded
                                                                     → proposed for revocation
    proposed → concluded, the title revoked
             → to be concluded otherwise, declined
    any → dropped, where the title is in force no more

What was found goes to the unit when the visit is concluded; it counts when the unit has answered
or its time is over. What becomes of the title is done in the same act (``titles.flow``).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from viewflow import fsm

from designation.audit import events
from designation.organizations.models import Person, Role
from designation.organizations.rules import Where
from designation.register.models import Designation, TitleStep
from designation.site.refusal import Refusal

from .. import door
from ..case.rules import Rule, is_the_system
from ..titles.flow import TitleCourse
from ..titles.rules import is_coordinator, is_decider
from . import announcements, due, gates
from .case import RecheckAct, RecheckCase
from .models import OVER, Outcome, Recheck, RecheckStep, Standing
from .rules import OF_THE_UNIT, is_of_the_holder

# The act upon the title that carries out an outcome.
CARRIED_OUT_BY: Mapping[str, str] = {Outcome.WARNED: "warn", Outcome.ORDERED: "order"}


@dataclass(frozen=True, slots=True)
class PassageDeclared:
    """What hangs on a passage: words, who may, its gate; ``done`` is read by who carried it out.

    ``is_pressed``: it has a form of its own; else it is carried along by something else.
    """

    label: Any
    rule: Rule
    gate: tuple[door.Gate, ...] = ()
    told: Any = ""
    done: Any = ""
    is_pressed: bool = True
    cannot_be_undone: Any = ""


# What whoever judges of the findings is asked.
_JUDGED = (gates.the_title_is_in_force, gates.who_went_there_does_not_conclude)

PASSAGES: Mapping[str, PassageDeclared] = {
    "tell": PassageDeclared(gettext_lazy("告知核查结果"), is_the_system, is_pressed=False),
    "answer": PassageDeclared(
        gettext_lazy("答复核查结果"),
        is_of_the_holder,
        (gates.something_is_said,),
        gettext_lazy("请对核查结果说明情况；没有意见的，写明无异议。作出结论以前都可以补充答复。"),
        gettext_lazy("答复已提交，由县级经办人作出复核结论。"),
    ),
    "lapse": PassageDeclared(gettext_lazy("期满未答复"), is_the_system, is_pressed=False),
    "conclude": PassageDeclared(
        gettext_lazy("作出复核结论"),
        is_coordinator,
        (
            *_JUDGED,
            gates.it_says_what_becomes_of_the_title,
            gates.the_reason_is_given,
        ),
        gettext_lazy("结论写明称号如何处理；警告、限期整改随结论一并登记到称号上。"),
        gettext_lazy("复核结论已作出，单位会收到通知。"),
        cannot_be_undone=gettext_lazy("结论作出后不能改；单位随即收到通知。"),
    ),
    "propose": PassageDeclared(
        gettext_lazy("提请撤销称号"),
        is_coordinator,
        (*_JUDGED, gates.it_may_be_proposed, gates.the_reason_is_given),
        gettext_lazy("用于有过错、应当撤销的情形。由审定人决定：撤销称号，或者退回另作结论。"),
        gettext_lazy("已提请审定人决定。"),
        cannot_be_undone=gettext_lazy("提请以后由审定人决定，不能收回。"),
    ),
    "decline": PassageDeclared(
        gettext_lazy("不予撤销"),
        is_decider,
        (
            gates.the_title_is_in_force,
            gates.who_decides_did_not_propose,
            gates.the_reason_is_given,
        ),
        gettext_lazy("不撤销称号，退回县级经办人另作结论：保留、警告或者限期整改。"),
        gettext_lazy("已退回县级经办人另作结论。"),
        cannot_be_undone=gettext_lazy("这次复核不能再提请撤销。"),
    ),
    "revoke": PassageDeclared(
        gettext_lazy("撤销称号"),
        is_decider,
        (gates.who_decides_did_not_propose,),
        is_pressed=False,
    ),
    "drop": PassageDeclared(
        gettext_lazy("终止复核"),
        is_coordinator,
        (gates.the_title_is_in_force_no_more, gates.the_reason_is_given),
        gettext_lazy("用于称号已经到期、注销或者撤销的情形。"),
        gettext_lazy("复核已终止，单位会收到通知。"),
        cannot_be_undone=gettext_lazy("终止后不能恢复。"),
    ),
}
# What a passage leaves as the outcome, where whoever takes it does not choose.
_OUTCOMES: Mapping[str, Outcome] = {"propose": Outcome.PROPOSED, "revoke": Outcome.REVOKED}
_TO_CONCLUDE = [Standing.TOLD, Standing.ANSWERED]
_OPEN = [one for one in Standing if one not in OVER]


def _way(name: str) -> dict[str, Any]:
    return {"label": PASSAGES[name].label, **door.guarded(name, PASSAGES[name].rule)}


@door.carries
class RecheckCourse(door.Course):
    """The course of one re-check."""

    KIND = "recheck"
    SAYS_THAT_IT_IS_BUSY = True
    stage = fsm.State(Standing, default=Standing.DUE)

    door.told_by_columns(stage, lambda row: Standing(row.standing))

    @stage.transition(source=Standing.DUE, target=Standing.TOLD, **_way("tell"))
    def tell(self) -> None:
        """The visit is concluded: the unit reads what was found."""

    @stage.transition(source=_TO_CONCLUDE, target=Standing.ANSWERED, **_way("answer"))
    def answer(self) -> None:
        """In time, or late while nothing is concluded."""

    @stage.transition(source=Standing.TOLD, target=Standing.ANSWERED, **_way("lapse"))
    def lapse(self) -> None:
        """The unit was silent: that is on record, and consents to nothing."""

    @stage.transition(source=Standing.ANSWERED, target=Standing.CONCLUDED, **_way("conclude"))
    def conclude(self) -> None:
        """What becomes of the title, done in the same act."""

    @stage.transition(source=Standing.ANSWERED, target=Standing.PROPOSED, **_way("propose"))
    def propose(self) -> None:
        """What takes the title away is up to another."""

    @stage.transition(source=Standing.PROPOSED, target=Standing.ANSWERED, **_way("decline"))
    def decline(self) -> None:
        """It is not revoked, and is concluded otherwise."""

    @stage.transition(source=Standing.PROPOSED, target=Standing.CONCLUDED, **_way("revoke"))
    def revoke(self) -> None:
        """Carried along by the revocation itself."""

    @stage.transition(source=_OPEN, target=Standing.DROPPED, **_way("drop"))
    def drop(self) -> None:
        """There is no title in force any more to say anything of."""

    # What the door asks of it

    @classmethod
    def lock(cls, keys: Iterable[int]) -> list[Recheck]:
        """Its title before it: what is asked of either is not answered anew meanwhile."""
        keys = list(keys)
        titles = Recheck.objects.filter(pk__in=keys).order_by().values("title")
        waited = Designation.objects.select_for_update(of=("self",)).filter(pk__in=titles)
        list(waited.order_by("pk").values_list("pk"))
        rows = Recheck.objects.select_related(
            "title__organization__jurisdiction", "title__jurisdiction", "title__decision__round"
        )
        return door.locked(rows, keys)

    @classmethod
    def cases(cls, rows: Sequence[Recheck], asked: door.Asked, act: Any) -> list[RecheckCase]:
        """What carries one along, a visit or a step of its title, is no act of a person."""
        return [RecheckCase(row, asked=asked, act=_act(row, act)) for row in rows]

    @property
    def row(self) -> Recheck:
        recheck: Recheck = self.case.recheck
        return recheck

    def gates(self, name: str) -> tuple[door.Gate, ...]:
        return PASSAGES[name].gate

    def where(self, role: Role) -> Where:
        if role in OF_THE_UNIT:
            return {"organization_id": self.case.holder.pk}
        return {"code": self.case.area_code}

    def moved_on(self, name: str) -> Refusal:
        """Who may not act in it at all is told that first."""
        actor = self.case.asked.actor
        if actor is not None and not PASSAGES[name].rule(self.case, actor):
            return door.not_permitted()
        return Refusal.because(
            "recheck_moved",
            _("这次复核现为“%(standing)s”，请查看最新情况后再办理。")
            % {"standing": self.row.get_standing_display()},
            rule=_("以最新状态办理"),
        )

    def write(self, done: door.Done) -> RecheckStep:
        act, row = self.case.act, self.row
        row.standing = done.target
        row.outcome = _OUTCOMES.get(done.name, "")
        if done.name == "conclude":
            row.outcome = act.outcome
            row.title_step = self._act_on_the_title(done)
        row.save(update_fields=["standing", "outcome", "visit", "title_step"])
        step = RecheckStep.objects.create(
            recheck=row,
            act=done.name,
            text=act.text.strip() if act else "",
            outcome=row.outcome,
            **done.asked.on_record,
            role=done.role,
            at=done.at,
        )
        due.wind_on(self.case, done)
        announcements.happened(self.case, step)
        return step

    def _act_on_the_title(self, done: door.Done) -> TitleStep | None:
        """Warned or ordered in this very act, which refuses what its gate refuses."""
        name = CARRIED_OUT_BY.get(self.row.outcome)
        if name is None:
            return None
        action = f"{TitleCourse.KIND}.{name}"
        door.follow(action, [self.row.title_id], asked=done.asked, act=self.case.act.paper)
        step: TitleStep | None = self.row.title.steps.order_by("pk").last()
        return step

    def did(self, name: str, asked: door.Asked) -> bool:
        act = self.case.act or RecheckAct()
        outcome = _OUTCOMES.get(name, act.outcome)
        steps = self.row.steps.filter(act=name, text=act.text.strip(), outcome=outcome)
        return steps.filter(**asked.sent).exists()

    def entry(self, record: RecheckStep) -> events.Entry:
        return events.Entry(
            actor=record.actor,
            action=f"{self.KIND}.{record.act}",
            subject=self.row,
            jurisdiction_code=self.case.area_code,
            role=record.role,
            acted_for=record.acted_for,
            details={
                "organization": self.case.holder.name_zh,
                "outcome": record.outcome,
                "reason": record.text,
            },
        )

    def why_not_permitted(self, name: str, person: Person) -> Refusal | None:  # noqa: ARG002 - the same for everybody
        roles = [role for role, _holds in PASSAGES[name].rule.ways if role in Role]
        if not roles:
            return None
        return Refusal.because(
            "not_permitted",
            _("请由%(role)s办理；本单位的称号由其他人复核。")
            % {"role": "、".join(str(role.label) for role in roles)},
            rule=_("由有权限的人办理"),
        )


def _act(row: Recheck, act: Any) -> RecheckAct | None:
    """The visit or the step by which it is carried along is entered as it passes."""
    if isinstance(act, TitleStep):
        row.title_step = act
        return RecheckAct(act.reason)
    if act is None or isinstance(act, RecheckAct):
        return act
    row.visit = act
    return None
