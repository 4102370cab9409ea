"""A day some years later."""

from datetime import date, timedelta

import pytest

from designation.site.years import earliest, years_after


@pytest.mark.parametrize(
    ("day", "years", "later"),
    [
        (date(2026, 2, 10), 3, date(2029, 2, 10)),
        (date(2028, 2, 29), 3, date(2031, 2, 28)),
        (date(2028, 2, 29), 4, date(2032, 2, 29)),
        (date(2027, 2, 28), 1, date(2028, 2, 28)),
    ],
)
def test_it_bears_the_same_date_or_the_last_of_its_month(day, years, later):
    assert years_after(day, years) == later


@pytest.mark.parametrize("years", [2, 3])
@pytest.mark.parametrize("day", [date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1)])
def test_what_a_list_asks_of_the_first_day_is_what_the_rule_says_of_the_last(day, years):
    first = earliest(day, years)

    assert years_after(first, years) >= day
    assert years_after(first - timedelta(days=1), years) < day
