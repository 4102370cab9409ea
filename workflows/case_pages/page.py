"""What the case page shows: one page for every role, at most 20 statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from viewflow.fsm import Transition

from designation.applications.models import Conclusion, Stage, Submission
from designation.organizations import names
from designation.organizations.models import Person
from designation.organizations.roles import NOTICE_ROLES
from designation.organizations.rules import seats

from .. import declared, door
from ..case import cited_evidence, rules
from ..case.facts import Case
from ..case.handed_in import hide_unsent_replies
from ..case.records import Decision
from ..case.shown_items import FILTERS, shown_items
from ..findings import GateFinding
from ..flow import Course
from ..stages.first_review import marks
from ..stages.public_notice.facts import Noticed
from ..stages.self_assessment import editing
from ..stages.verification import visits
from ..stages.verification.facts import OnSite
from ..stages.verification.rules import is_on_team
from .former_values import former_values
from .picture import picture


@dataclass(frozen=True, slots=True)
class ShownStep:
    label: str
    state: str  # done, present, stopped or ahead


def stepper(stage: str, decisions: Sequence[Decision]) -> list[ShownStep]:
    """The five steps with the present place marked; a stopped course shows where it stopped."""
    stopped = stage in (Stage.REJECTED, Stage.WITHDRAWN, Stage.RETURNED)
    place = decisions[-1].from_stage if stopped and decisions else stage
    known = declared.steps()
    present = next((n for n, (_step, stages) in enumerate(known) if place in stages), 0)
    done = stage == Stage.DESIGNATED
    return [
        ShownStep(str(step.label), _state(number, present, stopped=stopped, done=done))
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
    asks_truth: bool

    @property
    def blocking(self) -> tuple[GateFinding, ...]:
        shut = (finding for finding in self.findings if finding.blocking)
        # The tick stands beside the button: it is asked there, not listed as a reason.
        return tuple(finding for finding in shut if finding.code != "truth_not_confirmed")

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


def still_blocking(case: Case, person: Person) -> list[tuple[str, list[GateFinding]]]:
    """What keeps the applicant from handing in, by item code; "" for what concerns no item."""
    if not rules.is_applicant(case, person):
        return []
    course = Course(case)
    towards = declared.place(case.application.stage).towards
    grouped: dict[str, dict[tuple[str, str, str], GateFinding]] = {}
    for name in towards:
        for finding in course.gate(name).findings:
            if finding.blocking and finding.code != "truth_not_confirmed":
                key = (finding.code, finding.check_code, finding.rule)
                grouped.setdefault(finding.item_code, {})[key] = finding
    return [(code, list(findings.values())) for code, findings in sorted(grouped.items())]


def _offer(transition: Transition, findings: tuple[GateFinding, ...]) -> Offer:
    name = transition.slug
    return Offer(name, str(transition.label), findings, declared.passage(name).asks_truth)


def context(case: Case, person: Person, show: str = "all") -> dict[str, Any]:
    """Everything the template needs, for ``person``; ``show`` is a key of FILTERS."""
    unlocked = editing.unlocked_items(case, person)
    items = shown_items(case, person, unlocked)
    decisions = list(
        case.application.decisions.select_related("actor", "submission").prefetch_related(
            "corrections__item"
        )
    )
    names.read((case.application.organization, *(one.actor for one in decisions)))
    is_applicant, here = rules.is_applicant(case, person), declared.place(case.application.stage)
    if not is_applicant:
        for decision in decisions:
            hide_unsent_replies(decision.corrections.all())
    blocking = still_blocking(case, person)
    next_item = next((code for code, _findings in blocking if code in unlocked), "")
    pressed, links, own_page = offers(case, person), _links(case, person), _own_page(case, person)
    may_edit = editing.may_edit_summary(case, person)
    submissions = list(Submission.objects.filter(application=case.application).defer("content"))
    chosen = show if show in FILTERS else "all"
    entry = Noticed.of(case).entry
    return {
        "case": case,
        "application": case.application,
        "items": [item for item in items if FILTERS[chosen](item)],
        "total": len(items),
        "answered": sum(1 for item in items if item.own and item.own.conclusion),
        "show": chosen,
        "decisions": decisions[::-1],
        "former_names": case.application.organization.names_kept,
        "steps": stepper(case.application.stage, decisions),
        "offers": pressed,
        "links": links,
        "own_page": own_page,
        "has_acts": any((pressed, blocking, next_item, may_edit, own_page, *map(links.get, _ACTS))),
        "foremost": "" if next_item else _foremost(case, pressed, links),
        "submissions": submissions,
        "former_values": former_values(case, person, submissions),
        "may_edit_summary": may_edit,
        "is_head": rules.is_head(case, person),
        "is_applicant": is_applicant,
        "stage_words": here.words_for_applicant if is_applicant else here.words,
        "item_links": bool(unlocked),
        "reads_personal": cited_evidence.reads_personal(case, person),
        "conclusions": Conclusion,
        "still_blocking": blocking,
        "blocking_count": sum(len(findings) for _code, findings in blocking),
        "next_item": next_item,
        "may_withdraw": may_withdraw(case, person),
        "picture": picture(Stage(case.application.stage)),
        "notice": entry.notice if entry else None,
    }


@dataclass(frozen=True, slots=True)
class OwnPage:
    """The page that a stage declares of its own, for the person who works there now."""

    label: str
    address: str


def _own_page(case: Case, person: Person) -> OwnPage | None:
    here = declared.place(case.application.stage)
    if here.way is None or not here.way.rule(case, person):
        return None
    return OwnPage(str(here.way.label), reverse(here.page, args=[case.application.pk]))


# The pages that hold an act to be done now; the others are there to be found.
_ACTS = ("review", "visit", "verify", "compose", "notice", "designate")


def _links(case: Case, person: Person) -> dict[str, bool]:
    """The pages of other acts that this person may go to now."""
    stage = case.application.stage
    coordinates = rules.is_county_coordinator(case, person)
    sees_the_record = OnSite.of(case).visit is not None and (
        is_on_team(case, person) or coordinates
    )
    at_work = stage in (Stage.RECOMMENDED, Stage.VERIFYING)
    entry = Noticed.of(case).entry
    return {
        "review": marks.may_mark(case, person) or (coordinates and stage == Stage.RECOMMENDED),
        "visit": visits.may_arrange(case, person),
        "team": stage == Stage.VERIFYING and visits.may_change_team(case, person),
        "verify": sees_the_record and at_work,
        "record": sees_the_record and not at_work,
        "compose": coordinates and stage == Stage.VERIFIED and entry is None,
        "notice": entry is not None and _handles(case, person),
        "designate": stage == Stage.AWAITING_DESIGNATION
        and rules.is_deciding_officer(case, person),
    }


def _foremost(case: Case, pressed: list[Offer], links: dict[str, bool]) -> str:
    """The one act or page that the colour of the house stands for; "" where there is none."""
    for offer in pressed:
        if offer.is_open and not declared.passage(offer.name).is_backward:
            return offer.name
    planned = "visit" if OnSite.of(case).visit is not None else "review"
    order = ("designate", "compose", planned, "review", "visit", "verify", "notice")
    return next((name for name in order if links[name]), "")


def _handles(case: Case, person: Person) -> bool:
    """Whether the notice on which it stands is this person's work."""
    return any(seats(person).holds_over(case.application.area_code, r) for r in NOTICE_ROLES)


def may_withdraw(case: Case, person: Person) -> bool:
    offered = door.offered("application", case, person)
    return any(transition.slug == "withdraw" for transition, _findings in offered)
