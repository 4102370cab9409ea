"""What the case page shows: one page for every role, at most 20 statements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy
from viewflow.fsm import Transition

from designation.applications.models import Answer, Conclusion, Evidence, Stage, Submission
from designation.organizations import names
from designation.organizations.models import Person
from designation.organizations.roles import NOTICE_ROLES
from designation.organizations.rules import seats
from standards import kinds, values, wording
from standards.engine.evaluation import Item

from .. import transitions
from ..findings import GateFinding
from ..flow import Course
from ..stages.first_review import marks
from ..stages.first_review.models import ItemMark
from ..stages.verification import visits
from ..stages.verification.models import Measurement
from . import cited_evidence, editing, rules, working_notes
from .facts import Case
from .former_values import former_values
from .handed_in import hide_unsent_replies
from .picture import picture
from .records import Correction, Decision
from .working_notes import Notes

# The five steps people know, and the stages that belong to each.
STEPS = (
    (gettext_lazy("自评"), (Stage.DRAFT, Stage.SELF_ASSESSED)),
    (gettext_lazy("初审"), (Stage.SUBMITTED,)),
    (gettext_lazy("县级核验"), (Stage.RECOMMENDED, Stage.VERIFYING, Stage.VERIFIED)),
    (gettext_lazy("公示"), (Stage.ON_NOTICE, Stage.AWAITING_DESIGNATION)),
    (gettext_lazy("命名"), (Stage.DESIGNATED,)),
)
# These ask for more than a press; each has its own page.
_OWN_PAGES = ("withdraw", "recommend", "return_for_correction", "reject", "publish", "designate")
_OBJECTION_ACTS = ("uphold_objection", "reverify")


@dataclass(frozen=True, slots=True)
class Step:
    label: str
    state: str  # done, present, stopped or ahead


def stepper(stage: str, decisions: Sequence[Decision]) -> list[Step]:
    """The five steps with the present place marked; a stopped course shows where it stopped."""
    stopped = stage in (Stage.REJECTED, Stage.WITHDRAWN, Stage.RETURNED)
    place = decisions[-1].from_stage if stopped and decisions else stage
    present = next((n for n, (_label, stages) in enumerate(STEPS) if place in stages), 0)
    done = stage == Stage.DESIGNATED
    return [
        Step(str(label), _state(number, present, stopped=stopped, done=done))
        for number, (label, _stages) in enumerate(STEPS)
    ]


def _state(number: int, present: int, *, stopped: bool, done: bool) -> str:
    if number < present or done:
        return "done"
    if number == present:
        return "stopped" if stopped else "present"
    return "ahead"


@dataclass(frozen=True, slots=True)
class ShownCheck:
    """One check with the values of the two sides."""

    code: str
    rule: str
    declared: str
    measured: str
    finding: str
    differs: bool


@dataclass(frozen=True, slots=True)
class ShownItem:
    """One item with its three verdicts side by side: own, first review, on site."""

    code: str
    number: str
    text: str
    title_en: str
    own: Answer | None
    first_review: ItemMark | None
    on_site: Measurement | None
    checks: tuple[ShownCheck, ...]
    evidence: tuple[Evidence, ...]
    correction: Correction | None
    unlocked: bool
    changed: bool

    @property
    def verdicts(self) -> set[str]:
        sides = (
            self.own and self.own.conclusion,
            self.first_review and self.first_review.verdict,
            self.on_site and self.on_site.verdict,
        )
        return {verdict for verdict in sides if verdict}

    @property
    def differs(self) -> bool:
        return len(self.verdicts) > 1 or any(check.differs for check in self.checks)

    @property
    def is_open(self) -> bool:
        """Not yet answered, or with a finding."""
        unanswered = self.own is None or not self.own.conclusion
        return unanswered or any(check.finding for check in self.checks)


def shown_items(
    case: Case, person: Person, unlocked: frozenset[str] = frozenset()
) -> list[ShownItem]:
    """Every item of the standard as the case page and the review pages show it to ``person``."""
    notes = working_notes.readable(case, person)
    changed = set(case.application.submission.changed_items) if case.application.submission else ()
    found = {f.check_code: f for f in case.declared_report.findings}
    return [
        ShownItem(
            code=item.code,
            number=item.number_printed,
            text=item.text,
            title_en=item.title_en,
            own=case.answers.get(item.code),
            first_review=notes.marks.get(item.code),
            on_site=notes.measurements.get(item.code),
            checks=tuple(_checks(case, notes, item, found)),
            evidence=tuple(file for file in case.evidence if item.code in file.item_codes),
            correction=case.corrections.get(item.code),
            unlocked=item.code in unlocked,
            changed=item.code in changed,
        )
        for item in case.standard.items
    ]


def _checks(case: Case, notes: Notes, item: Item, found: dict[str, Any]) -> Iterable[ShownCheck]:
    for check in item.checks:
        declared = case.declared.get(check.code)
        measured = notes.measured.get(check.code)
        finding = found.get(check.code)
        comparable = kinds.of(check.kind).is_compared
        yield ShownCheck(
            code=check.code,
            rule=wording.rule(check),
            declared=values.show(check, declared),
            measured="" if measured is None else values.show(check, measured),
            finding=wording.message(check, finding) if finding else "",
            differs=comparable and measured is not None and measured != declared,
        )


FILTERS = {
    "all": lambda _item: True,
    "differences": lambda item: item.differs,
    "open": lambda item: item.is_open,
    "returned": lambda item: item.correction is not None,
    "changed": lambda item: item.changed,
}


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
        for transition, findings in transitions.offered(case, person)
        if transition.slug not in (*_OWN_PAGES, *_OBJECTION_ACTS)
    ]


# What the applicant is working towards at each stage, shown all the time.
_AHEAD = {
    Stage.DRAFT: ("confirm", "submit"),
    Stage.SELF_ASSESSED: ("submit",),
    Stage.RETURNED: ("resubmit",),
}


def still_blocking(case: Case, person: Person) -> list[tuple[str, list[GateFinding]]]:
    """What keeps the applicant from handing in, by item code; "" for what concerns no item."""
    if not rules.is_applicant(case, person):
        return []
    course = Course(case)
    grouped: dict[str, dict[tuple[str, str, str], GateFinding]] = {}
    for name in _AHEAD.get(Stage(case.application.stage), ()):
        for finding in course.gate(name).findings:
            if finding.blocking and finding.code != "truth_not_confirmed":
                key = (finding.code, finding.check_code, finding.rule)
                grouped.setdefault(finding.item_code, {})[key] = finding
    return [(code, list(findings.values())) for code, findings in sorted(grouped.items())]


def _offer(transition: Transition, findings: tuple[GateFinding, ...]) -> Offer:
    name = transition.slug
    return Offer(name, str(transition.label), findings, name in ("confirm", "resubmit"))


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
    if not rules.is_applicant(case, person):
        for decision in decisions:
            hide_unsent_replies(decision.corrections.all())
    blocking = still_blocking(case, person)
    next_item = next((code for code, _findings in blocking if code in unlocked), "")
    pressed, links = offers(case, person), _links(case, person)
    may_edit = editing.may_edit_summary(case, person)
    submissions = list(Submission.objects.filter(application=case.application).defer("content"))
    chosen = show if show in FILTERS else "all"
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
        "has_acts": any((pressed, blocking, next_item, may_edit, *map(links.get, _ACTS))),
        "foremost": "" if next_item else _foremost(case, pressed, links),
        "submissions": submissions,
        "former_values": former_values(case, person, submissions),
        "may_edit_summary": may_edit,
        "is_head": rules.is_head(case, person),
        "is_applicant": rules.is_applicant(case, person),
        "item_links": bool(unlocked),
        "reads_personal": cited_evidence.reads_personal(case, person),
        "conclusions": Conclusion,
        "still_blocking": blocking,
        "blocking_count": sum(len(findings) for _code, findings in blocking),
        "next_item": next_item,
        "may_withdraw": may_withdraw(case, person),
        "picture": picture(Stage(case.application.stage)),
        "notice": case.notice_entry.notice if case.notice_entry else None,
    }


# The pages that hold an act to be done now; the others are there to be found.
_ACTS = ("review", "visit", "verify", "compose", "notice", "designate")


def _links(case: Case, person: Person) -> dict[str, bool]:
    """The pages of other acts that this person may go to now."""
    stage = case.application.stage
    coordinates = rules.is_county_coordinator(case, person)
    sees_the_record = case.visit is not None and (rules.is_on_team(case, person) or coordinates)
    at_work = stage in (Stage.RECOMMENDED, Stage.VERIFYING)
    entry = case.notice_entry
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


# Acts that take back what was done are there to be found, not the thing to do.
_BACKWARD = ("reopen", "recall")


def _foremost(case: Case, pressed: list[Offer], links: dict[str, bool]) -> str:
    """The one act or page that the colour of the house stands for; "" where there is none."""
    for offer in pressed:
        if offer.is_open and offer.name not in _BACKWARD:
            return offer.name
    planned = "visit" if case.visit is not None else "review"
    order = ("designate", "compose", planned, "review", "visit", "verify", "notice")
    return next((name for name in order if links[name]), "")


def _handles(case: Case, person: Person) -> bool:
    """Whether the notice on which it stands is this person's work."""
    return any(seats(person).holds_over(case.application.area_code, r) for r in NOTICE_ROLES)


def may_withdraw(case: Case, person: Person) -> bool:
    names = {transition.slug for transition, _findings in transitions.offered(case, person)}
    return "withdraw" in names
