"""The course of an objection on one page, with its gates in one table.

    received → accepted → upheld or dismissed
             → refused

Those that are joined to one (并案) are decided with it, each by a passage of its own.
Only an accepted one that is still open blocks, and only its own applicant.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from viewflow import fsm

from designation.applications.models import FINAL_STAGES, Application
from designation.audit import events
from designation.calendar import awaited, terms
from designation.calendar.models import Term
from designation.calendar.terms import Whose
from designation.calendar.working_days import CalendarUnknown
from designation.organizations.models import Person, Role
from designation.organizations.rules import Where, seats
from designation.site import clock
from designation.site.refusal import Finding, Refusal

from ... import door
from ...case import held
from ...case.facts import Act, Case
from ...case.rules import Rule, is_objection_officer, where_held
from ...findings import GateFinding
from . import announcements, heard, investigators, joined, redaction
from .models import Objection, ObjectionStep

Status = Objection.Status
# What is awaited, and by which setting of the round in how many working days: to accept or refuse,
# and to investigate. Where a handling leads to another place, no time runs any more.
AWAITED: Mapping[Status, tuple[str, Any]] = {
    Status.RECEIVED: ("objection_receive_days", gettext_lazy("受理异议")),
    Status.ACCEPTED: ("objection_days", gettext_lazy("调查异议")),
}
# After the finding, who objected by name is answered.
ANSWER = "objection.answer", "objection_answer_days"
awaited.register(
    *(
        awaited.Kind(f"objection.{status}", words, reminds=True)
        for status, (_setting, words) in AWAITED.items()
    ),
    awaited.Kind(ANSWER[0], gettext_lazy("书面答复异议人"), reminds=True),
)


@dataclass(frozen=True, slots=True)
class ObjectionAct:
    """What an officer brings: why, and what becomes of an upheld one's applicant.

    ``items`` are the codes of those to be verified anew, none for the whole standard; ``fault`` is
    a ``Fault`` for which an applicant that is rejected may not apply for longer.
    """

    reason: str = ""
    reverify: bool = False
    items: tuple[str, ...] = ()
    fault: str = ""


class ObjectionCase:
    """An objection as seen by one person about to act."""

    def __init__(
        self,
        objection: Objection,
        *,
        asked: door.Asked,
        act: ObjectionAct | None = None,
    ) -> None:
        self.objection, self.asked, self.actor = objection, asked, asked.actor
        self.act = act or ObjectionAct()
        self.now = clock.now()

    @property
    def against(self) -> Case:
        """The case that it was raised against."""
        return Case(self.objection.entry.application)

    @cached_property
    def leading(self) -> Objection:
        """The one with which it is looked into: itself, unless it is joined to another."""
        return joined.leading(self.objection)


def the_organization_was_heard(case: ObjectionCase) -> Iterable[GateFinding]:
    yield from heard.why_not_upheld(case.leading)


def its_hearing_is_over(case: ObjectionCase) -> Iterable[GateFinding]:
    yield from heard.why_not_yet(case.leading)


def it_was_investigated_by_another(case: ObjectionCase) -> Iterable[GateFinding]:
    yield from investigators.why_not_settled(case.leading, case.actor)


def it_is_not_decided_apart(case: ObjectionCase) -> Iterable[GateFinding]:
    """Joined to another it is decided with that one, and in no other way."""
    yield from joined.why_not_alone(case.objection)


def it_tells_nobody_of_another(case: ObjectionCase) -> Iterable[GateFinding]:
    """Whoever objected reads the reason or the finding, and nothing of who else objected."""
    readers = joined.together(case.objection)
    yield from _told(redaction.tells_another(readers, case.act.reason, field="reason"))


def it_tells_nobody_who_objected(case: ObjectionCase) -> Iterable[GateFinding]:
    """What an objection that is upheld does to its applicant, the organization reads and keeps."""
    everybody = joined.together(case.objection)
    yield from _told(redaction.faults(everybody, case.act.reason, field="reason"))


def _told(faults: Iterable[Finding]) -> Iterable[GateFinding]:
    for found in faults:
        yield GateFinding(found.code, _("不透露异议人"), found.message, field=found.field)


def the_reason_is_given(case: ObjectionCase) -> Iterable[GateFinding]:
    if not case.act.reason.strip():
        yield GateFinding("objection", _("异议办理"), _("请写明意见和理由。"))


def its_items_are_of_the_standard(case: ObjectionCase) -> Iterable[GateFinding]:
    for code in case.act.items:
        if code not in case.against.item_codes:
            told = _("标准中没有第 %(code)s 条，请另选。") % {"code": code}
            yield GateFinding("unknown_item", _("核查条目出自所依据的标准"), told, field="items")


# Who hears an objection has neither prepared, reviewed, verified nor proposed the case.
is_officer = Rule(
    ((Role.OBJECTION_OFFICER, lambda case, person: is_objection_officer(case.against, person)),)
)


def term_begun(objection: Objection) -> Term | None:
    """The term where the objection stands now; None where the calendar ends.

    An objection is taken in, and goes on, all the same.
    """
    if objection.awaits_answer:
        kind, setting = ANSWER
    else:
        kind, setting = f"objection.{objection.status}", AWAITED[Status(objection.status)][0]
    application = objection.entry.application
    try:
        return terms.begin(
            kind,
            about=objection,
            at=clock.now(),
            days=getattr(application.round, setting),
            whose=Whose(Role.OBJECTION_OFFICER, jurisdiction_code=application.area_code),
        )
    except CalendarUnknown:
        return None


def _wind_on(case: ObjectionCase) -> None:
    """What was awaited is done; the objection keeps the last term that ran."""
    objection = case.objection
    if objection.term is not None:
        terms.end(objection.term, at=case.now, as_=Term.Ending.MET)
    if objection.status in AWAITED or objection.awaits_answer:
        objection.term = term_begun(objection)


def _handled(case: ObjectionCase) -> None:
    objection = case.objection
    objection.handled_by, objection.handled_at = case.actor, case.now
    objection.handling_reason = case.act.reason


def _closed(case: ObjectionCase) -> None:
    objection = case.objection
    objection.closed_by, objection.closed_at = case.actor, case.now
    objection.finding = case.act.reason
    if case.act.reverify:
        objection.items = list(case.act.items)


def move_its_applicant(case: ObjectionCase) -> None:
    """Rejected, or back to verification, from wherever it stands now.

    Another objection may have moved it meanwhile. Where it is still to be verified anew, or has
    ended, it stays: there this finding is kept beside that one.
    """
    # Held, so that no verification is completed past what is sent back here.
    (application,) = held.lock([case.objection.entry.application_id])
    passage = f"application.{_becomes(case.act)}"
    if application.stage not in door.sources(passage):
        return
    door.follow(
        passage,
        [application.pk],
        asked=case.asked,
        act=Act(
            opinion=case.act.reason,
            objection_id=case.objection.pk,
            fault="" if case.act.reverify else case.act.fault,
        ),
    )


def has_moved_its_applicant(objection: Objection, *, reverify: bool) -> bool:
    """Whether the application was moved by this finding, and not before it."""
    moved = objection.entry.application.decisions.filter(
        transition=_becomes(ObjectionAct(reverify=reverify)), at__gte=objection.closed_at
    )
    return moved.exists()


def its_case_has_ended(objection: Objection) -> bool:
    rows = Application.objects.filter(pk=objection.entry.application_id, stage__in=FINAL_STAGES)
    return rows.exists()


def _becomes(act: ObjectionAct) -> str:
    """What an upheld objection makes of its applicant, as a passage."""
    return "reverify" if act.reverify else "uphold_objection"


def _nothing_more(_case: ObjectionCase) -> None:
    return


@dataclass(frozen=True, slots=True)
class HandlingDeclared:
    """What hangs on a handling: its gate, what it writes, what follows, its words in the log."""

    label: Any
    write: Callable[[ObjectionCase], None]
    gate: tuple[door.Gate, ...] = (the_reason_is_given,)
    follow: Callable[[ObjectionCase], None] = _nothing_more


_READ_BY_THE_OBJECTOR = (the_reason_is_given, it_tells_nobody_of_another)

HANDLINGS: Mapping[str, HandlingDeclared] = {
    "accept": HandlingDeclared(gettext_lazy("受理异议"), _handled, _READ_BY_THE_OBJECTOR),
    "refuse": HandlingDeclared(gettext_lazy("不予受理异议"), _handled, _READ_BY_THE_OBJECTOR),
    "dismiss": HandlingDeclared(
        gettext_lazy("异议不成立"),
        _closed,
        (
            the_reason_is_given,
            it_is_not_decided_apart,
            it_was_investigated_by_another,
            its_hearing_is_over,
            it_tells_nobody_of_another,
        ),
    ),
    "uphold": HandlingDeclared(
        gettext_lazy("异议成立"),
        _closed,
        (
            the_reason_is_given,
            it_is_not_decided_apart,
            it_was_investigated_by_another,
            the_organization_was_heard,
            its_items_are_of_the_standard,
            it_tells_nobody_who_objected,
        ),
        follow=move_its_applicant,
    ),
}


def _way(name: str) -> dict[str, Any]:
    return {"label": HANDLINGS[name].label, **door.guarded(name, is_officer)}


@door.carries
class ObjectionCourse(door.Course):
    """The course of one objection."""

    KIND = "objection"
    stage = fsm.State(Status, default=Status.RECEIVED)

    @stage.getter()
    def _get_status(self) -> Status:
        return Status(self.case.objection.status)

    @stage.setter()
    def _set_status(self, value: Status) -> None:
        self.case.objection.status = value

    @stage.transition(source=Status.RECEIVED, target=Status.ACCEPTED, **_way("accept"))
    def accept(self) -> None:
        """It will be investigated: from now on it blocks its own applicant."""

    @stage.transition(source=Status.RECEIVED, target=Status.REFUSED, **_way("refuse"))
    def refuse(self) -> None:
        """It is not taken in hand, with the reason."""

    @stage.transition(source=Status.ACCEPTED, target=Status.DISMISSED, **_way("dismiss"))
    def dismiss(self) -> None:
        """Closed with the finding that nothing speaks against the name."""

    @stage.transition(source=Status.ACCEPTED, target=Status.UPHELD, **_way("uphold"))
    def uphold(self) -> None:
        """Closed as upheld: its applicant is rejected, or verified anew."""

    # What the door asks of it

    @classmethod
    def lock(cls, keys: Iterable[int]) -> list[Objection]:
        """With all others to the same names, in one order: what is joined is decided together."""
        keys = list(keys)
        names = Objection.objects.filter(pk__in=keys).order_by().values("entry")
        together = Objection.objects.filter(entry__in=names).order_by("pk").select_for_update()
        list(together.values_list("pk", flat=True))
        rows = Objection.objects.select_related(
            "entry__application__organization",
            "entry__application__round",
            "entry__notice",
            "term",
        )
        return door.locked(rows, keys)

    @classmethod
    def cases(
        cls, rows: Sequence[Objection], asked: door.Asked, act: ObjectionAct | None
    ) -> list[ObjectionCase]:
        return [ObjectionCase(row, asked=asked, act=act) for row in rows]

    @property
    def row(self) -> Objection:
        objection: Objection = self.case.objection
        return objection

    def gates(self, name: str) -> tuple[door.Gate, ...]:
        return HANDLINGS[name].gate

    def where(self, role: Role) -> Where:
        return where_held(self.row.entry.application, role)

    def moved_on(self, name: str) -> Refusal:  # noqa: ARG002 - the same for every handling
        """Who may not handle it at all is told that first."""
        actor = self.case.actor
        if actor is not None and not is_officer(self.case, actor):
            return told_to_whom_it_is_not(self.row.entry.application, actor)
        return refusal(_("这件异议已由他人办理，请查看最新情况。"))

    def why_not_permitted(self, name: str, person: Person) -> Refusal | None:  # noqa: ARG002 - as above
        return told_to_whom_it_is_not(self.row.entry.application, person)

    def write(self, done: door.Done) -> ObjectionStep:
        declared = HANDLINGS[done.name]
        declared.write(self.case)
        _wind_on(self.case)
        self.row.save()
        step = ObjectionStep.objects.create(
            objection=self.row,
            act=done.target,
            **done.by_whom,
            reason=self.case.act.reason,
        )
        announcements.happened(self.row, f"objection.{done.target}", actor=done.asked.actor)
        declared.follow(self.case)
        if led := joined.led_by(self.row):
            door.follow(f"{self.KIND}.{done.name}", led, asked=self.case.asked, act=self.case.act)
        return step

    def did(self, name: str, asked: door.Asked) -> bool:
        """An upheld one is the same only where it moved its applicant the same way."""
        acts = [way.target for way in getattr(self, name).get_transitions()]
        reason = self.case.act.reason
        steps = self.row.steps.filter(act__in=acts, reason=reason, **asked.sent)
        if name != "uphold":
            return steps.exists()
        moved = self.row.entry.application.decisions.filter(
            transition=_becomes(self.case.act), fault=self.case.act.fault, **asked.sent
        )
        return steps.exists() and moved.exists()

    def entry(self, record: ObjectionStep) -> events.Entry:
        made = entry_of(record.objection, record.actor, record.role, f"objection.{record.act}")
        return replace(made, acted_for=record.acted_for)


def told_to_whom_it_is_not(application: Application, person: Person) -> Refusal:
    """Why the officer, or who is none, does not hear objections to this case."""
    if not seats(person).holds_over(application.area_code, Role.OBJECTION_OFFICER):
        return refusal(_("请由异议受理人办理。"))
    return refusal(
        _("您来自申报单位，或参与过填报、初审、核查、公示提出，应当回避，请由其他受理人办理。")
    )


def refusal(message: str) -> Refusal:
    return Refusal.because("objection", message, rule=_("异议办理"))


def entry_of(
    objection: Objection, actor: Person | None, role: str | None, action: str
) -> events.Entry:
    """One audit event of an objection, without a word of who raised it."""
    return events.Entry(
        actor=actor,
        action=action,
        subject=objection,
        jurisdiction_code=objection.entry.application.area_code,
        role=role,
        details={"status": objection.status},
    )
