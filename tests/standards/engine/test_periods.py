"""Which days a check looks at."""

from datetime import date

import pytest
from django.utils import translation

from standards import wording
from standards.engine.periods import Period, looked_at

OPENS = date(2026, 3, 2)


def test_what_is_asked_of_the_day_of_application_looks_at_no_period():
    assert looked_at("current", opens_on=OPENS) is None


def test_a_year_is_the_twelve_months_before_the_round_opens():
    assert looked_at("year", opens_on=OPENS) == Period(date(2025, 3, 2), date(2026, 3, 1))


def test_a_year_before_a_leap_day_begins_on_the_first_of_march():
    assert looked_at("year", opens_on=date(2028, 2, 29)).begins == date(2027, 3, 1)


def test_the_year_that_the_county_fixed_stands_before_the_default():
    fixed = Period(date(2025, 1, 1), date(2025, 12, 31))
    assert looked_at("year", opens_on=OPENS, year=fixed) == fixed


def test_a_term_runs_from_its_first_day_to_the_present():
    began = date(2021, 3, 1)
    assert looked_at("term", opens_on=OPENS, term_began_on=began) == Period(began)


def test_a_term_whose_first_day_is_not_known_has_no_period_yet():
    assert looked_at("term", opens_on=OPENS) is None


@pytest.mark.parametrize(
    ("period", "said"),
    [
        (Period(date(2021, 3, 1)), "考察时段：2021年3月1日以来。"),
        (
            Period(date(2025, 3, 2), date(2026, 3, 1)),
            "考察时段：2025年3月2日至2026年3月1日。",
        ),
    ],
)
def test_a_period_is_said_with_its_days(period, said):
    with translation.override("zh-hans"):
        assert wording.period(period) == said


def test_a_period_in_english_has_its_days_as_english_pages_write_them():
    with translation.override("en"):
        assert wording.period(Period(date(2021, 3, 1))) == "Period looked at: since 1 March 2021."
