"""What the page of a meeting shows: everybody verified, with place, figures and outcome."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from designation.applications.models import Application
from designation.rounds.figures import Direction, FigureKind
from designation.rounds.models import Method, NamedFigure, RoundCategory, TieRule
from designation.rounds.queries import departments_asked
from standards import catalogue
from standards.language import in_language

from ..opinions.rules import READ_BY_THE_MEETING
from ..opinions.standing import Cell, Row, rows
from .candidates import Candidates, hindering
from .forms import RowForm, SelectionForm
from .models import Selection, SelectionRow
from .order import Number, Placed


@dataclass(frozen=True, slots=True)
class Line:
    """One of the verified: its place in words, its figures beside their names, its form.

    ``opinions`` is by department what it says, as far as it lies before the meeting; ``hindrances``
    are what keeps it from being chosen until somebody has answered.
    """

    application: Application
    place: str
    figures: tuple[tuple[str, str], ...]
    form: RowForm
    opinions: list[tuple[str, Cell]]
    hindrances: list[str]


def lines(candidates: Candidates, form: SelectionForm) -> list[Line]:
    """In the order of the rule. Three statements more where the round asks departments."""
    heard = {row.application.pk: row.cells for row in _heard(candidates)}
    shut = {case.application.pk: hindering(case) for case in candidates.heard}
    applications = {case.application.pk: case.application for case in candidates.cases}
    placed = {one.key: one for one in candidates.placed}
    names = [figure_name(figure, candidates.entry) for figure in candidates.named]
    return [
        Line(
            applications[pk],
            place_said(placed.get(pk)),
            tuple(zip(names, map(figure_said, candidates.figures[pk]), strict=True)),
            row,
            heard.get(pk, []),
            [finding.message for finding in shut[pk]],
        )
        for pk, row in form.rows.items()
    ]


def _heard(candidates: Candidates) -> list[Row]:
    departments = departments_asked(candidates.entry.round)
    if not departments:
        return []
    listed = (case.application for case in candidates.cases)
    return rows(listed, departments, secrets=READ_BY_THE_MEETING)


def place_said(one: Placed | None) -> str:
    if one is None:
        return ""
    return (_("%(place)s（并列）") if one.is_tied else "%(place)s") % {"place": one.place}


def figure_said(figure: Number | str | None) -> str:
    """A figure as it is read: two places behind the point are enough to compare by eye."""
    if figure is None:
        return _("没有数据，排在后面")
    value = float(figure)
    return str(int(value)) if value.is_integer() else f"{value:.4f}".rstrip("0").rstrip(".")


def figure_name(figure: NamedFigure, entry: RoundCategory) -> str:
    """How a figure is called, and where it comes from."""
    return _named(figure.kind, figure.check_code, figure.direction, entry.standard_id)


def _named(kind: str, check_code: str, direction: str, standard_id: int | None) -> str:
    words = str(FigureKind(kind).label)
    if check_code:
        metric = _metric(standard_id, check_code) if standard_id else ""
        words = f"{check_code} {metric}（{words}）".replace("  ", " ")
    return f"{words}，{Direction(direction).label}"


def _metric(standard_id: int, check_code: str) -> str:
    checks = catalogue.published(standard_id).checks
    return next((in_language(c.metric_zh, c.metric_en) for c in checks if c.code == check_code), "")


def named_in_words(entries: Iterable[RoundCategory]) -> dict[int, list[str]]:
    """By category of a round the figures that its document names."""
    return {
        entry.pk: [figure_name(figure, entry) for figure in entry.figures.all()]
        for entry in entries
    }


def rule_as_it_was(selection: Selection) -> dict[str, Any]:
    """How the round said it is settled, in words, as it was when the meeting was recorded."""
    entry = RoundCategory.objects.filter(round=selection.round_id, category=selection.category)
    standard_id = entry.values_list("standard", flat=True).first()
    rule = selection.rule
    return {
        "method": Method(rule["method"]).label,
        "document": rule["document"],
        "places": rule["places"],
        "ties": TieRule(rule["ties"]).label if rule["ties"] else "",
        "by_votes": any(one["kind"] == FigureKind.VOTES for one in rule["figures"]),
        "figures": [
            _named(one["kind"], one["check"], one["direction"], standard_id)
            for one in rule["figures"]
        ],
    }


def rows_as_they_were(selection: Selection, named: list[str]) -> list[tuple[SelectionRow, Any]]:
    """Each with its figures beside their names. One statement."""
    rows = selection.rows.select_related("application__organization__jurisdiction")
    return [
        (row, list(zip(named, map(figure_said, row.figures), strict=False)))
        for row in rows.order_by("pk")
    ]
