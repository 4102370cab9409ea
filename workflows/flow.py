"""The whole process on one page: the first file to read.

    draft → self-assessed → submitted → recommended → verifying → verified
          → chosen → on notice → awaiting designation → designated

Beside the line stands the reserve, which moves up where a place falls free. Backward only to
steps already passed: a correction returns to the one who asked for it, what the county doubts to
the first review, an upheld objection to verification. From an end only an upheld appeal leads on,
to exactly the stage at which was decided what it was made against. What hangs on each stage and
passage (words, who may, holder, gate, what follows) is declared in ``passages``; the gates stand in
one table (``gates.GATES``). Nothing here is called but by the door (``door.perform``).
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from viewflow import fsm

from designation.applications.models import (
    IN_HAND_STAGES,
    NOTICED_STAGES,
    PRIVATE_STAGES,
    WITHDRAWABLE_STAGES,
    Application,
    Stage,
)
from designation.audit import events, wording
from designation.calendar.working_days import CalendarUnknown
from designation.organizations.models import Person, Role
from designation.organizations.rules import Where
from designation.site.refusal import Refusal
from standards.codes import CodesThat

from . import door, passage_events, stage_terms
from . import passages as _declared  # noqa: F401 - fills what is looked up below
from .case import held
from .case.facts import Act, Case
from .case.interests import ties_of
from .case.logged import entry_of
from .case.records import Decision
from .case.rules import where_held
from .declared import OnTerm, Passage, Place, declare, forget, holder, passage
from .signals import Passed, passed
from .stages.appeals.against import BACK_TO
from .stages.appeals.facts import Appealed
from .stages.appeals.models import Against
from .stages.verification.recusal import recused


def way(name: str, number: int = 0) -> dict[str, Any]:
    """A passage as it is declared, in the ``number``-th way in which it is offered."""
    declared = passage(name).ways[number]
    return {"label": declared.label, **door.guarded(name, declared.rule)}


PRIVATE, NOTICED = list(PRIVATE_STAGES), list(NOTICED_STAGES)
HANDED_IN = [stage for stage in WITHDRAWABLE_STAGES if stage not in PRIVATE]
# An objection that was accepted is still looked into where another has sent its applicant back.
IN_HAND = list(IN_HAND_STAGES)
VERIFIED_SINCE = [Stage.VERIFIED, Stage.CHOSEN, Stage.RESERVE]


FROM_REJECTED = [stage for what, stage in BACK_TO.items() if what != Against.NOT_CHOSEN]


def _back_to_sender(course: "Course", *_args: Any, **_kwargs: Any) -> Stage:
    return Stage(course.case.application.returned_from)


def _where_it_was_decided(course: "Course", *_args: Any, **_kwargs: Any) -> Stage:
    """The gate lets nothing through that no appeal was made against."""
    appeal = Appealed.of(course.case).present
    assert appeal is not None  # noqa: S101 - the gate has asked
    return BACK_TO[Against(appeal.against)]


@door.carries
class Course(door.Course):
    """The course of one application."""

    KIND = "application"
    SAYS_THAT_IT_IS_BUSY = True
    stage = fsm.State(Stage, default=Stage.DRAFT)

    @stage.getter()
    def _get_stage(self) -> Stage:
        return Stage(self.case.application.stage)

    @stage.setter()
    def _set_stage(self, value: Stage) -> None:
        self.case.application.stage = value

    # 自评 self-assessment

    @stage.transition(source=Stage.DRAFT, target=Stage.DRAFT, **way("send_to_head"))
    @stage.transition(source=Stage.RETURNED, target=Stage.RETURNED, **way("send_to_head"))
    def send_to_head(self) -> None:
        """The preparer has done what there is to do, and asks for the head's word."""

    @stage.transition(source=Stage.DRAFT, target=Stage.DRAFT, **way("return_to_preparer"))
    @stage.transition(source=Stage.SELF_ASSESSED, target=Stage.DRAFT, **way("return_to_preparer"))
    @stage.transition(source=Stage.RETURNED, target=Stage.RETURNED, **way("return_to_preparer"))
    def return_to_preparer(self) -> None:
        """The head does not give it yet, and says why."""

    @stage.transition(source=Stage.DRAFT, target=Stage.SELF_ASSESSED, **way("confirm"))
    def confirm(self) -> None:
        """The head of the organization confirms the truth of the self-assessment."""

    @stage.transition(source=Stage.SELF_ASSESSED, target=Stage.DRAFT, **way("reopen"))
    def reopen(self) -> None:
        """The applicant takes its own confirmation back to change something."""

    @stage.transition(source=Stage.SELF_ASSESSED, target=Stage.SUBMITTED, **way("submit"))
    def submit(self) -> None:
        """The self-assessment is frozen and handed to the reviewing body."""

    # 初审 first review

    @stage.transition(source=Stage.SUBMITTED, target=Stage.DRAFT, **way("recall"))
    def recall(self) -> None:
        """Free while nobody has opened the submission."""

    @stage.transition(source=Stage.SUBMITTED, target=Stage.RECOMMENDED, **way("recommend"))
    def recommend(self) -> None:
        """The reviewing body recommends the applicant to the county."""

    @stage.transition(source=Stage.SUBMITTED, target=Stage.RETURNED, **way("return_for_correction"))
    @stage.transition(
        source=Stage.RECOMMENDED, target=Stage.RETURNED, **way("return_for_correction", 1)
    )
    def return_for_correction(self) -> None:
        """A list of items goes back; they alone unlock."""

    @stage.transition(source=Stage.SUBMITTED, target=Stage.REJECTED, **way("reject"))
    @stage.transition(
        source=[Stage.RECOMMENDED, Stage.VERIFYING], target=Stage.REJECTED, **way("reject", 1)
    )
    def reject(self) -> None:
        """The application ends, with reasons."""

    @stage.transition(
        source=Stage.RETURNED,
        target=fsm.State.GET_STATE(_back_to_sender, states=[Stage.SUBMITTED, Stage.RECOMMENDED]),
        **way("resubmit"),
    )
    def resubmit(self) -> None:
        """Back to the one who returned it; the head confirms the truth again."""

    @stage.transition(source=Stage.RETURNED, target=Stage.REJECTED, **way("end_overdue"))
    def end_overdue(self) -> None:
        """The correction did not come by its last day: whoever waits for it ends the case."""

    @stage.transition(
        source=Stage.RETURNED,
        target=fsm.State.GET_STATE(_back_to_sender, states=[Stage.SUBMITTED, Stage.RECOMMENDED]),
        **way("take_back_return"),
    )
    def take_back_return(self) -> None:
        """Whoever returned it takes that back, while nobody has begun to correct."""

    @stage.transition(
        source=Stage.RECOMMENDED, target=Stage.SUBMITTED, **way("take_back_recommendation")
    )
    def take_back_recommendation(self) -> None:
        """Whoever recommended it takes that back, while the county has not begun."""

    # 县级核验 county verification

    @stage.transition(source=Stage.RECOMMENDED, target=Stage.VERIFYING, **way("begin_verification"))
    def begin_verification(self) -> None:
        """The team takes over."""

    @stage.transition(source=Stage.VERIFYING, target=Stage.VERIFIED, **way("complete_verification"))
    def complete_verification(self) -> None:
        """The measured values meet the standard and every member has signed."""

    @stage.transition(
        source=[Stage.RECOMMENDED, Stage.VERIFIED],
        target=Stage.SUBMITTED,
        **way("return_to_review"),
    )
    def return_to_review(self) -> None:
        """The county sends it back to the reviewing body, with reasons."""

    # 择优 selection

    @stage.transition(source=Stage.VERIFIED, target=Stage.CHOSEN, **way("choose"))
    def choose(self) -> None:
        """The meeting puts it forward."""

    @stage.transition(source=Stage.VERIFIED, target=Stage.RESERVE, **way("put_in_reserve"))
    def put_in_reserve(self) -> None:
        """The meeting names it in reserve."""

    @stage.transition(source=Stage.VERIFIED, target=Stage.NOT_CHOSEN, **way("leave_out"))
    def leave_out(self) -> None:
        """It met the standard, and there was no place for it."""

    @stage.transition(source=Stage.RESERVE, target=Stage.CHOSEN, **way("move_up"))
    def move_up(self) -> None:
        """A place fell free: the next in reserve takes it."""

    @stage.transition(source=Stage.RESERVE, target=Stage.NOT_CHOSEN, **way("end_reserve"))
    def end_reserve(self) -> None:
        """The reserve ends with the round."""

    @stage.transition(
        source=[Stage.CHOSEN, Stage.RESERVE], target=Stage.VERIFIED, **way("put_back")
    )
    def put_back(self) -> None:
        """It is taken off, with the reason, and another meeting decides."""

    # 公示 public notice

    @stage.transition(source=Stage.CHOSEN, target=Stage.ON_NOTICE, **way("publish"))
    def publish(self) -> None:
        """The notice that lists it is published."""

    @stage.transition(source=Stage.ON_NOTICE, target=Stage.ON_NOTICE, **way("extend_notice"))
    def extend_notice(self) -> None:
        """The notice that lists it runs longer."""

    @stage.transition(source=NOTICED, target=Stage.ON_NOTICE, **way("stop_notice"))
    def stop_notice(self) -> None:
        """The notice that listed it is broken off: it waits for another."""

    @stage.transition(source=Stage.ON_NOTICE, target=Stage.ON_NOTICE, **way("publish_anew"))
    def publish_anew(self) -> None:
        """The notice that takes the place of the one broken off is published."""

    @stage.transition(
        source=Stage.ON_NOTICE, target=Stage.AWAITING_DESIGNATION, **way("end_notice")
    )
    def end_notice(self) -> None:
        """Only the passing of time does this."""

    @stage.transition(source=IN_HAND, target=Stage.REJECTED, **way("uphold_objection"))
    def uphold_objection(self) -> None:
        """An upheld objection ends the application, wherever another has sent it meanwhile."""

    @stage.transition(
        source=[*VERIFIED_SINCE, *NOTICED], target=Stage.RECOMMENDED, **way("reverify")
    )
    def reverify(self) -> None:
        """An upheld objection sends it back to be verified and noticed anew."""

    # 命名 designation

    @stage.transition(
        source=Stage.AWAITING_DESIGNATION, target=Stage.DESIGNATED, **way("designate")
    )
    def designate(self) -> None:
        """The title is given and entered in the register."""

    @stage.transition(source=Stage.AWAITING_DESIGNATION, target=Stage.REJECTED, **way("decline"))
    def decline(self) -> None:
        """The title is not given, with the reason."""

    # 申请复核 appeal

    @stage.transition(
        source=Stage.REJECTED,
        target=fsm.State.GET_STATE(_where_it_was_decided, states=FROM_REJECTED),
        **way("uphold_appeal"),
    )
    @stage.transition(
        source=Stage.NOT_CHOSEN, target=BACK_TO[Against.NOT_CHOSEN], **way("uphold_appeal")
    )
    def uphold_appeal(self) -> None:
        """What ended it is decided anew, where it was."""

    @stage.transition(source=HANDED_IN, target=Stage.WITHDRAWN, **way("withdraw"))
    @stage.transition(source=PRIVATE, target=Stage.WITHDRAWN, **way("withdraw", 1))
    def withdraw(self) -> None:
        """The applicant withdraws."""

    @stage.transition(source=PRIVATE, target=Stage.WITHDRAWN, **way("end_barred"))
    @stage.transition(source=HANDED_IN, target=Stage.REJECTED, **way("end_barred"))
    @stage.transition(source=NOTICED, target=Stage.REJECTED, **way("end_barred"))
    def end_barred(self) -> None:
        """Its unit may not apply: a title of it was revoked."""

    # What the door asks of it

    @classmethod
    def lock(cls, keys: Iterable[int]) -> list[Application]:
        return held.lock(keys)

    @classmethod
    def cases(cls, rows: Sequence[Application], asked: door.Asked, act: Act | None) -> list[Case]:
        """Of several, what ties people to each is read at once."""
        cases = [Case(row, asked=asked, act=act, under_lock=True) for row in rows]
        if len(cases) > 1:
            ties = ties_of([row.pk for row in rows])
            for case in cases:
                case.ties = ties[case.application.pk]
        return cases

    @property
    def row(self) -> Application:
        application: Application = self.case.application
        return application

    def gates(self, name: str) -> tuple[door.Gate, ...]:
        return passage(name).gate

    def where(self, role: Role) -> Where:
        return where_held(self.row, role)

    def moved_on(self, name: str) -> Refusal:  # noqa: ARG002 - the same for every passage
        return held.already_moved(self.row)

    def why_not_permitted(self, name: str, person: Person) -> Refusal | None:  # noqa: ARG002 - as above
        return recused(self.case, person)

    def write(self, done: door.Done) -> Decision:
        application, declared = self.row, passage(done.name)
        before = application.submission_id
        _remember_who_returned_it(application, done)
        for follows in declared.before:
            follows(self.case)
        _put(self.case, done)
        decision = Decision.objects.create(
            application=application,
            transition=done.name,
            from_stage=done.source,
            to_stage=done.target,
            **done.asked.on_record,
            actor_role=done.role,
            at=done.at,
            opinion=self.case.act.opinion.strip(),
            fault=self.case.act.fault,
            submission_id=application.submission_id or before,
        )
        for follows_it in declared.after:
            follows_it(self.case, decision)
        passed.send(sender=Course, passage=Passed(application, decision, done.asked.actor))
        return decision

    def entry(self, record: Decision) -> events.Entry:
        return entry_of(record)

    def did(self, name: str, asked: door.Asked) -> bool:
        act = self.case.act
        decisions = self.row.decisions.filter(
            transition=name, opinion=act.opinion.strip(), fault=act.fault, **asked.sent
        )
        reasons = {code: reason.strip() for code, reason in act.corrections.items()}
        return any(decision.listed == reasons for decision in decisions)


_PLACE_COLUMNS = (
    "stage",
    "stage_since",
    "term",
    "holder_role",
    "holder_organization",
    "returned_from",
    "submission",
    "version",
)


def _remember_who_returned_it(application: Application, done: door.Done) -> None:
    on_term = passage(done.name).on_term
    if on_term == OnTerm.PAUSES:
        application.returned_from = done.source
    elif on_term in (OnTerm.RESUMES, OnTerm.RESTORES):
        application.returned_from = ""


def _put(case: Case, done: door.Done) -> None:
    """Put the application in its new place: holder, term, version."""
    application = case.application
    held_by = holder(application, done.name)
    try:
        application.term = stage_terms.after(case, done)
    except CalendarUnknown as unknown:
        raise Refusal.because(
            "calendar_unknown", str(unknown), rule=_("期限按工作日历计算")
        ) from unknown
    application.holder_role = held_by.role or ""
    application.holder_organization_id = held_by.organization_id
    if done.source != done.target:
        application.stage_since = case.now
    application.version += 1
    application.save(update_fields=_PLACE_COLUMNS)


# What leaves from every stage of a sort, and so from one that is opened when the site starts.
_FROM_EVERY = {
    "withdraw": WITHDRAWABLE_STAGES,
    "uphold_objection": IN_HAND_STAGES,
    "reverify": NOTICED_STAGES,
    "end_barred": CodesThat(Stage, lambda stage: not stage.is_end),
    "stop_notice": NOTICED_STAGES,
}


def open_stage(declared: Place) -> None:
    """Add a stage to the course, as a room of another house does when the site starts."""
    declare(declared)
    for name, stages in _FROM_EVERY.items():
        if declared.stage in stages:
            drawn = Course.__dict__[name]
            (target,) = {
                one.target
                for one in drawn.get_transitions()
                if (one.source in PRIVATE_STAGES) == (declared.stage in PRIVATE_STAGES)
            }
            _drawn(Stage(declared.stage), target, name)(drawn)
    _draw_anew()
    words = {declared.stage: declared.words}
    kind = Application._meta.label_lower  # noqa: SLF001 - Django's public name for it
    wording.register(values={(kind, "from"): words, (kind, "to"): words})


def close_stage(stage: str) -> None:
    """Take back what ``open_stage`` added."""
    for name in _FROM_EVERY:
        # The engine adds transitions and never takes one away.
        Course.__dict__[name]._transitions.pop(stage, None)  # noqa: SLF001
    forget(stage)
    _draw_anew()


def open_way(declared: Passage, *, source: Stage | list[Stage], target: Stage) -> None:
    """Add a passage to the course, as a room of another house does when the site starts."""
    declare(declared)

    def carried(_course: Course) -> None:
        return

    carried.__name__ = declared.name
    offered = _drawn(source, target, declared.name)(carried)
    setattr(Course, declared.name, offered)
    passage_events.announce_passage(declared)
    wording.register(actions={f"{Course.KIND}.{declared.name}": declared.words})
    _draw_anew()


def close_way(name: str) -> None:
    """Take back what ``open_way`` added."""
    delattr(Course, name)
    forget(name)
    passage_events.withdraw_passage(name)
    wording.forget(f"{Course.KIND}.{name}")
    _draw_anew()


def _drawn(source: Stage | list[Stage], target: Stage, name: str) -> Any:
    states: Any = Course.stage
    return states.transition(source=source, target=target, **way(name))


def _draw_anew() -> None:
    """The engine keeps the transitions that it once read from the class."""
    states: Any = Course.stage
    kept = f"__fsm_{states.propname}_transitions"
    if kept in Course.__dict__:
        delattr(Course, kept)
