"""What the case page shows: one page for every role, at most 20 statements."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from viewflow.fsm import Transition

from designation.applications.models import Stage, Submission
from designation.organizations import names
from designation.organizations.models import Person, Role

from .. import declared, door, reminding
from ..case import cited_evidence, rules
from ..case.facts import Case
from ..case.former_values import former_values
from ..case.handed_in import hide_unsent_replies, reads
from ..case.records import Correction, Decision, Reminder
from ..case.shown_items import FILTERS, ShownItem, shown_items
from ..declared import Link, Shown
from ..findings import GateFinding
from ..flow import Course
from ..stages.self_assessment import editing, typed
from ..stages.self_assessment.filling import filling
from .picture import picture
from .result import result


@dataclass(frozen=True, slots=True)
class ShownStep:
    label: str
    state: str  # done, present, stopped or ahead


def stepper(stage: str, decisions: Sequence[Decision]) -> list[ShownStep]:
    """The six steps with the present place marked; a stopped course shows where it stopped."""
    here = declared.place(stage)
    stopped = here.is_stopped
    place = decisions[-1].from_stage if stopped and decisions else stage
    known = declared.steps()
    present = next((n for n, (_step, stages) in enumerate(known) if place in stages), 0)
    return [
        ShownStep(str(step.label), _state(number, present, stopped=stopped, done=here.is_goal))
        for number, (step, _stages) in enumerate(known)
    ]


def _state(number: int, present: int, *, stopped: bool, done: bool) -> str:
    if number < present or done:
        return "done"
    if number == present:
        return "stopped" if stopped else "present"
    return "ahead"


@dataclass(frozen=True, slots=True)
class Offer:
    """A button of the page, with why it is shut when it is."""

    name: str
    label: str
    findings: tuple[GateFinding, ...]
    hint: str
    is_backward: bool
    cannot_be_undone: str

    @property
    def blocking(self) -> tuple[GateFinding, ...]:
        return tuple(finding for finding in self.findings if finding.blocking)

    @property
    def is_open(self) -> bool:
        return not self.blocking


def offers(case: Case, person: Person) -> list[Offer]:
    """The transitions that are pressed on the case page itself."""
    return [
        _offer(transition, findings)
        for transition, findings in door.offered("application", case, person)
        if not declared.passage(transition.slug).page
    ]


def still_blocking(case: Case, person: Person) -> list[GateFinding]:
    """What keeps the applicant from handing in, in the order of items; first what is of none."""
    if not rules.is_applicant(case, person):
        return []
    course = Course(case)
    towards = declared.place(case.application.stage).towards
    found: dict[tuple[str, str, str, str], GateFinding] = {}
    for name in towards:
        for finding in course.gate(name).findings:
            if finding.blocking and finding.code != "truth_not_confirmed":
                key = (finding.item_code, finding.check_code, finding.code, finding.rule)
                found[key] = finding
    return sorted(found.values(), key=lambda finding: finding.item_code)


def _offer(transition: Transition, findings: tuple[GateFinding, ...]) -> Offer:
    one = declared.passage(transition.slug)
    return Offer(
        one.name,
        str(transition.label),
        findings,
        str(one.hint),
        one.is_backward,
        str(one.cannot_be_undone),
    )


def context(case: Case, person: Person, show: str = "all") -> dict[str, Any]:
    """Everything the template needs, for ``person``; ``show`` is a key of FILTERS."""
    unlocked = editing.unlocked_items(case, person)
    items = shown_items(case, person, unlocked)
    is_applicant, here = rules.is_applicant(case, person), declared.place(case.application.stage)
    blocking = still_blocking(case, person)
    return {
        "case": case,
        "application": case.application,
        "acts_now": _acts_now(case, is_filled=is_applicant and not blocking),
        "in_whose_place": rules.in_whose_place(case.application, person),
        "may_edit_summary": editing.may_edit_summary(case, person),
        "answers_corrections": here.answers_corrections,
        "gives_the_word": rules.gives_the_heads_word(case, person),
        "may_take_over": typed.may_take_over(case, person),
        "is_applicant": is_applicant,
        "is_ready": not blocking,
        "stage_words": here.words_for_applicant if is_applicant else here.words,
        "item_links": bool(unlocked),
        "reads_personal": cited_evidence.reads_personal(case, person),
        "picture": picture(Stage(case.application.stage)),
        **_items(items, show),
        **_what_was_done(case, items, is_applicant=is_applicant),
        **_what_to_do(case, person, blocking),
        **_handed_in(case, person),
    }


def _items(items: Sequence[ShownItem], show: str) -> dict[str, Any]:
    chosen = show if show in FILTERS else "all"
    return {
        "items": [item for item in items if FILTERS[chosen](item)],
        "total": len(items),
        "answered": sum(1 for item in items if item.own and item.own.conclusion),
        "show": chosen,
    }


def _what_was_done(case: Case, items: Sequence[ShownItem], *, is_applicant: bool) -> dict[str, Any]:
    """The history as this side of the case reads it, and what came of it."""
    decisions = case.decisions
    if not is_applicant:
        decisions = [one for one in decisions if not declared.is_among_themselves(one.transition)]
        hide_unsent_replies(case.sent_back)
    reminders = reminding.read_by(case, for_applicant=is_applicant)
    names.read((case.application.organization, *names.who_acted([*decisions, *reminders])))
    moves = [one for one in decisions if not _is_handed_on(one)]
    return {
        "decisions": decisions[::-1],
        "sent_back": _by_decision(case.sent_back),
        "reminders": _behind(decisions, reminders),
        "result": result(case, moves, items, for_applicant=is_applicant),
        "handed": _handed(decisions),
        "former_names": case.application.organization.names_kept,
        "steps": stepper(case.application.stage, moves),
        "outcomes": list(_outcomes(case)),
    }


def _what_to_do(case: Case, person: Person, blocking: Sequence[GateFinding]) -> dict[str, Any]:
    """What this person may do here, what keeps them from it, and what goes first."""
    to_fill = filling(case, person, blocking)
    pressed, links = offers(case, person), _links(case, person)
    acts, beside = links[Shown.ACT], links[Shown.BESIDE]
    fills_first = bool(to_fill and to_fill.next_code)
    return {
        "filling": to_fill,
        "offers": pressed,
        "ways": [shown for _link, shown in (*acts, *beside)],
        "ways_below": [shown for _link, shown in links[Shown.BELOW]],
        "has_acts": any((pressed, blocking, to_fill, acts)),
        "foremost": None if fills_first else _foremost(case, pressed, acts),
    }


def _handed_in(case: Case, person: Person) -> dict[str, Any]:
    """The submissions, which of them this person may open, and what gave way beside them."""
    rows = Submission.objects.filter(application=case.application)
    submissions = list(rows.select_related("receipt").defer("content"))
    return {
        "submissions": submissions,
        "read_submissions": {one.pk for one in submissions if reads(case, person, one)},
        "former_values": former_values(case, person, submissions),
    }


def _by_decision(sent_back: Iterable[Correction]) -> dict[int, list[Correction]]:
    found: dict[int, list[Correction]] = {}
    for one in sent_back:
        found.setdefault(one.decision_id, []).append(one)
    return found


def _behind(
    decisions: Sequence[Decision], reminders: Iterable[Reminder]
) -> dict[int, list[Reminder]]:
    """By the decision that had brought the case to where it stood, the reminders there."""
    found: dict[int, list[Reminder]] = {}
    for one in reminders:
        before = [decision for decision in decisions if decision.at <= one.at]
        if before:
            found.setdefault(before[-1].pk, []).append(one)
    return found


def _handed(decisions: Sequence[Decision]) -> Decision | None:
    """What was passed between the applicant's own people since it came to where it stands."""
    last = decisions[-1] if decisions else None
    return last if last and _is_handed_on(last) else None


def _is_handed_on(decision: Decision) -> bool:
    """Between the applicant's own people, the case standing where it stood."""
    stays = decision.from_stage == decision.to_stage
    return stays and declared.is_among_themselves(decision.transition)


@dataclass(frozen=True, slots=True)
class ShownLink:
    """A page to which the case page leads; a ``is_button`` stands among the acts."""

    label: str
    address: str
    is_button: bool


def _links(case: Case, person: Person) -> dict[Shown, list[tuple[Link, ShownLink]]]:
    """The pages that are open to this person now, by where they are shown."""
    found: dict[Shown, list[tuple[Link, ShownLink]]] = {where: [] for where in Shown}
    for link in declared.links(case.application.stage):
        if link.rule(case, person):
            address = reverse(link.page, args=[link.key(case)])
            is_button = link.shown == Shown.ACT
            found[link.shown].append((link, ShownLink(str(link.label), address, is_button)))
    return found


def _acts_now(case: Case, *, is_filled: bool) -> str:
    """Whoever must act; of the applicant's people the head alone, once only their word is left."""
    if is_filled and declared.heads_word(case.application.stage):
        return str(Role.HEAD.label)
    return declared.held_by(case.application)


def _foremost(
    case: Case, pressed: Sequence[Offer], links: Sequence[tuple[Link, ShownLink]]
) -> Offer | ShownLink | None:
    """The one act or page that the colour of the house stands for; None where there is none."""
    for offer in pressed:
        if offer.is_open and not offer.is_backward:
            return offer
    first = next((shown for link, shown in links if link.goes_first(case)), None)
    return first or next((shown for _link, shown in links), None)


@dataclass(frozen=True, slots=True)
class ShownOutcome:
    """What the case led to, with its page."""

    label: str
    text: str
    address: str


def _outcomes(case: Case) -> Iterator[ShownOutcome]:
    for one in declared.outcomes():
        found = one.found(case)
        if found is not None:
            text, key = found
            yield ShownOutcome(str(one.label), text, reverse(one.page, args=[key]))
