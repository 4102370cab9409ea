"""Trying a draft: values typed for it, judged by the very engine, and never stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.datastructures import MultiValueDict

from standards import catalogue, examples, values, wording
from standards.engine.evaluation import (
    NOT_ANSWERED,
    Check,
    Finding,
    Item,
    Report,
    Section,
    Stage,
    Standard,
    evaluate,
)
from standards.models import StandardVersion
from workflows.case.values_form import ValuesForm, shown_values
from workflows.stages.self_assessment.forms import ItemForm
from workflows.stages.verification.forms import MeasureForm


class DeclaredForm(ItemForm):
    """What an applicant is asked for an item, without the conclusion."""

    conclusion = None  # type: ignore[assignment]
    note = None  # type: ignore[assignment]


class MeasuredForm(MeasureForm):
    """What verifiers are asked for an item, without the verdict and without what was declared."""

    verdict = None  # type: ignore[assignment]
    basis = None  # type: ignore[assignment]

    def beside(self, check: Check) -> str:
        return wording.requirement(check)


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in words."""

    rule: str
    message: str
    blocking: bool
    is_unanswered: bool


@dataclass(frozen=True, slots=True)
class TriedItem:
    item: Item
    form: ValuesForm
    told: tuple[Told, ...]

    @property
    def is_wanting(self) -> bool:
        """Whether something typed is refused or falls short."""
        return bool(self.form.errors) or any(not told.is_unanswered for told in self.told)


@dataclass(frozen=True, slots=True)
class TriedSection:
    section: Section
    items: tuple[TriedItem, ...]

    @property
    def is_wanting(self) -> bool:
        return any(tried.is_wanting for tried in self.items)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many checks of the whole draft stand how; ``passed`` as the gate would have it."""

    checks: int
    failed: int
    remarks: int
    unanswered: int
    passed: bool

    @property
    def met(self) -> int:
        return self.checks - self.failed - self.remarks - self.unanswered


def tried_standard(version: StandardVersion) -> Standard:
    """The draft with its local terms taken as defined: the county's own are not asked for here."""
    standard = catalogue.read(version)
    terms = {check.local_term: check.local_term for check in standard.checks if check.local_term}
    return standard.configured(vetoes={}, local_terms=terms)


def form_of(item: Item, stage: Stage, typed: Mapping[str, Any] | None) -> ValuesForm:
    """The fields of an item; ``typed`` is None before anything is."""
    if stage == "verification":
        return MeasuredForm(item, {}, typed)
    return DeclaredForm(item, typed)


def example_typed(
    items: Iterable[Item], stage: Stage, *, falls_short: bool
) -> MultiValueDict[str, Any]:
    """Every field as a person would have filled it in, just enough or just falling short.

    Where no value fails, the one that passes stands in both.
    """
    typed: MultiValueDict[str, Any] = MultiValueDict()
    judged = stage == "verification"
    for item in items:
        stored = {}
        for check in item.checks:
            value = examples.just_failing(check, judged=judged) if falls_short else None
            if value is None:
                value = examples.just_passing(check, judged=judged)
            stored[check.code] = values.to_json(value)
        for name, shown in shown_values(item, stored).items():
            typed.setlist(name, shown if isinstance(shown, list) else [shown])
    return typed


def tried(
    standard: Standard, stage: Stage, typed: Mapping[str, Any] | None
) -> tuple[list[TriedSection], Outcome | None]:
    """The forms of the whole standard and, once something is typed, what the engine finds."""
    forms = {item.code: form_of(item, stage, typed) for item in standard.items}
    if typed is None:
        return _sections(standard, forms, {}), None
    report = evaluate(standard, answers_in(forms.values()), stage)
    findings: dict[str, list[Finding]] = {}
    for finding in report.findings:
        findings.setdefault(finding.item_code, []).append(finding)
    return _sections(standard, forms, findings), _outcome(report)


def answers_in(forms: Iterable[ValuesForm]) -> dict[str, Any]:
    """What was typed and fits its check, as the engine takes it; errors stay with the forms."""
    filled = list(forms)
    for form in filled:
        form.is_valid()
    return values.from_rows(form.accepted for form in filled)


def _outcome(report: Report) -> Outcome:
    unanswered = sum(finding.reason == NOT_ANSWERED for finding in report.findings)
    return Outcome(
        checks=report.checks,
        failed=len(report.blocking) - unanswered,
        remarks=len(report.remarks),
        unanswered=unanswered,
        passed=report.passed,
    )


def _sections(
    standard: Standard,
    forms: Mapping[str, ValuesForm],
    findings: Mapping[str, list[Finding]],
) -> list[TriedSection]:
    def tried_item(item: Item) -> TriedItem:
        return TriedItem(item, forms[item.code], told(standard, findings.get(item.code, ())))

    return [
        TriedSection(section, tuple(map(tried_item, section.items)))
        for section in standard.sections
    ]


def told(standard: Standard, findings: Iterable[Finding]) -> tuple[Told, ...]:
    return tuple(
        Told(
            wording.rule(standard.check(finding.check_code)),
            wording.message(standard.check(finding.check_code), finding),
            finding.blocking,
            finding.reason == NOT_ANSWERED,
        )
        for finding in findings
    )
