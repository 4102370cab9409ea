"""Figures as a document orders by them: each read once for all, and a missing one is none."""

from decimal import Decimal

import pytest

from designation.applications.models import Stage
from designation.rounds.figures import FigureKind
from designation.rounds.models import NamedFigure
from standards.engine.evaluation import BROADLY, Check, NotApplicable
from workflows.case.facts import Case
from workflows.stages.selection import figures
from workflows.stages.verification.figures import number_of


def check(kind="number_at_least", **more):
    return Check("NC-01-C1", "NC-01", kind, "人", 3, strict=True, **more)


RATE = check("percent_at_least", rate=("part", "whole"))


@pytest.mark.parametrize(
    ("of", "value", "number"),
    [
        (check(), 4, 4),
        (check(), Decimal("4.5"), Decimal("4.5")),
        (check(), None, None),
        (check(), "很多", None),
        (check(), NotApplicable("没有"), None),
        (check(), [5, 3, 4], 3),
        (check("number_at_most"), [5, 3, 4], 5),
        (check(), [5, None], None),
        (check(), [], None),
        (RATE, {"part": 9, "whole": 10}, Decimal("0.9")),
        (RATE, {"part": 9, "whole": None}, None),
        (RATE, {"part": 0, "whole": 0}, None),
    ],
)
def test_a_measured_value_is_one_number_or_none(of, value, number):
    assert number_of(of, value) == number


def named(kind, **more):
    return NamedFigure(kind=kind, direction="high", **more)


@pytest.mark.django_db
def test_figures_are_read_in_four_statements(county, django_assert_num_queries):
    rows = [county.at(Stage.VERIFIED), county.beside().at(Stage.VERIFIED)]
    measured = rows[1].visits.get().measurements.get(item__code="NC-01")
    first = next(iter(measured.values))
    measured.values = measured.values | {first: BROADLY}
    measured.save()
    cases = [Case(row) for row in rows]
    asked = [
        named(FigureKind.FINDINGS),
        named(FigureKind.ADVISORY_MET),
        named(FigureKind.CHECK_VALUE, check_code="NC-13-C2"),
        named(FigureKind.CHECK_VALUE, check_code="NC-99-C9"),
        named(FigureKind.VOTES),
    ]

    with django_assert_num_queries(4):
        found = figures.read(cases, asked, {rows[0].pk: 7})

    one, other = found[rows[0].pk], found[rows[1].pk]
    assert one[0] == 0
    assert one[1] == other[1] > 0
    assert one[2:] == (300, None, 7)
    assert other[2:] == (300, None, None)


@pytest.mark.django_db
def test_what_was_not_visited_has_no_figure_of_a_visit(county):
    application = county.at(Stage.SUBMITTED)
    asked = [named(FigureKind.FINDINGS), named(FigureKind.ADVISORY_MET)]

    assert figures.read([Case(application)], asked, {}) == {application.pk: (None, None)}
