"""Figures that were found on site, for the order in which a document puts applicants."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from designation.rounds.figures import FigureKind
from designation.rounds.models import NamedFigure
from standards.engine.evaluation import BROADLY, NotApplicable
from standards.engine.judging import Check

from ...case.facts import Case
from ..selection.figures import read_by
from ..selection.order import Number
from .facts import OnSite
from .models import Visit


def read_visits(cases: Sequence[Case]) -> None:
    """The visits of all cases with what they found, and the standard once: three statements."""
    keys = [case.application.pk for case in cases]
    visits: dict[int, list[Visit]] = {pk: [] for pk in keys}
    rows = Visit.objects.filter(application__in=keys).order_by("-pk")
    for visit in rows.prefetch_related("measurements__item"):
        visits[visit.application_id or 0].append(visit)
    standards: dict[int, Any] = {}
    for case in cases:
        known = standards.setdefault(case.application.standard_id, None) or case.standard
        standards[case.application.standard_id] = case.standard = known
        OnSite.of(case).take(visits[case.application.pk])


@read_by(FigureKind.CHECK_VALUE, read_visits)
def check_value(case: Case, figure: NamedFigure) -> Number | None:
    """What the team measured of the check: of several figures the one that it is judged by."""
    check = next((one for one in case.standard.checks if one.code == figure.check_code), None)
    value = OnSite.of(case).measured.get(figure.check_code)
    return None if check is None else number_of(check, value)


@read_by(FigureKind.ADVISORY_MET, read_visits)
def advisory_met(case: Case, _figure: NamedFigure) -> Number | None:
    """How many checks with 一般, 原则上 or 鼓励 were met on site."""
    if OnSite.of(case).visit is None:
        return None
    advisory = [check.code for check in case.standard.checks if not check.strict]
    missed = {finding.check_code for finding in OnSite.of(case).measured_report.findings}
    return sum(code not in missed for code in advisory)


@read_by(FigureKind.FINDINGS, read_visits)
def shortcomings(case: Case, _figure: NamedFigure) -> Number | None:
    """What the team found short of the standard: broadly met, or remarked on."""
    if OnSite.of(case).visit is None:
        return None
    broadly = sum(value == BROADLY for value in OnSite.of(case).measured.values())
    return broadly + len(OnSite.of(case).measured_report.findings)


def number_of(check: Check, value: Any) -> Number | None:
    """A measured value as one number; None where it is none, or does not concern the applicant."""
    if isinstance(value, NotApplicable) or value is None:
        return None
    if check.rate and isinstance(value, Mapping):
        part, whole = (value.get(name) for name in check.rate)
        return Decimal(part) / Decimal(whole) if part is not None and whole else None
    if isinstance(value, list | tuple):
        given = [each for each in value if each is not None]
        if not given or len(given) < len(value):
            return None
        return max(given) if check.kind.endswith("at_most") else min(given)
    return value if isinstance(value, int | float | Decimal) else None
