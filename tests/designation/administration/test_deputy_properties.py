"""Whatever the days and seats: a deputy's rules hold, and nobody acts for another unnamed."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from designation.administration.deputy_conditions import (
    LONGEST,
    has_deputies,
    of_days,
    roles_with_deputies,
)
from designation.organizations.models import Person, Role
from designation.organizations.roles import ADMINISTRATOR_ROLES
from designation.organizations.rules import HeldSeat, Seats
from tests.conftest import START

TODAY = START.date()
DAYS = st.integers(-200, 200).map(lambda days: TODAY + timedelta(days=days))
ENDS = st.one_of(st.none(), DAYS)
AREAS = ("341821", "341822")


def seat_until(ends_on):
    return SimpleNamespace(ends_on=ends_on)


def faults(starts_on, ends_on, last, own_last):
    return list(of_days(seat_until(last), seat_until(own_last), starts_on, ends_on))


# Days


@given(DAYS, DAYS, ENDS, ENDS)
def test_the_days_are_right_exactly_when_they_lie_ahead_and_within_both_terms(
    starts_on, ends_on, last, own_last
):
    is_right = (
        TODAY <= starts_on <= ends_on < starts_on + LONGEST
        and ends_on <= (last or date.max)
        and ends_on <= (own_last or date.max)
    )

    assert (not faults(starts_on, ends_on, last, own_last)) == is_right


@given(DAYS, DAYS, ENDS, ENDS)
def test_each_fault_stands_at_its_day_and_says_what_to_do(starts_on, ends_on, last, own_last):
    for finding in faults(starts_on, ends_on, last, own_last):
        assert finding.field in {"starts_on", "ends_on"}
        assert finding.message


@given(st.data(), st.integers(0, 100), st.integers(0, LONGEST.days - 1), ENDS, ENDS)
def test_what_may_be_for_long_may_be_for_shorter(data, begins, lasts, last, own_last):
    starts_on = TODAY + timedelta(days=begins)
    ends_on = starts_on + timedelta(days=lasts)
    sooner = starts_on + timedelta(days=data.draw(st.integers(0, lasts)))

    if not faults(starts_on, ends_on, last, own_last):
        assert not faults(starts_on, sooner, last, own_last)
        assert not faults(sooner, ends_on, last, own_last)


@given(DAYS, DAYS, ENDS, ENDS)
def test_it_is_the_same_whichever_of_the_two_seats_ends_first(starts_on, ends_on, last, own_last):
    there = faults(starts_on, ends_on, last, own_last)

    assert there == faults(starts_on, ends_on, own_last, last)


# Roles


@pytest.mark.parametrize("role", [*ADMINISTRATOR_ROLES, Role.VERIFIER])
def test_administrators_and_verifiers_have_none(role):
    assert not has_deputies(role)
    assert role not in roles_with_deputies()


@given(st.text(max_size=30))
def test_what_is_no_role_has_none(code):
    assert has_deputies(code) == (code in Role and code in roles_with_deputies())


# For whom one acts

HELD = st.lists(
    st.builds(
        HeldSeat,
        role=st.sampled_from([Role.COUNTY_COORDINATOR, Role.DECIDING_OFFICER]),
        organization_id=st.none(),
        area=st.sampled_from(AREAS),
        deputises=st.sampled_from([None, 2, 3]),
    ),
    max_size=6,
)
WHERE = st.sampled_from([f"{area}104000" for area in AREAS])


def seats_of(held):
    """The seats of person 1, as they were read; 2 and 3 are whom they may stand in for."""
    found = Seats(Person(pk=1, username="one"))
    found.__dict__["held"] = tuple(held)
    found.__dict__["deputised"] = {key: Person(pk=key, username=str(key)) for key in (2, 3)}
    return found


@given(HELD, WHERE)
def test_who_holds_it_themselves_acts_for_nobody(held, code):
    mine, role = seats_of(held), Role.COUNTY_COORDINATOR
    own = any(one.covers(role, code=code) and one.deputises is None for one in held)

    if own:
        assert mine.in_whose_place(role, code=code) is None


@given(HELD, WHERE)
def test_who_holds_it_for_others_alone_acts_for_one_of_them(held, code):
    mine, role = seats_of(held), Role.COUNTY_COORDINATOR
    covering = [one.deputises for one in held if one.covers(role, code=code)]
    other = mine.in_whose_place(role, code=code)

    assert (other is not None) == (bool(covering) and None not in covering)
    assert other is None or other.pk in covering


@given(HELD, WHERE)
def test_both_hands_must_be_free_and_the_own_one_always(held, code):
    mine, role = seats_of(held), Role.COUNTY_COORDINATOR
    hands, other = mine.hands(role, code=code), mine.in_whose_place(role, code=code)

    assert hands[0] == mine.person
    assert hands[1:] == ([] if other is None else [other])


@given(HELD, WHERE)
def test_the_log_names_somebody_only_where_no_other_seat_can_have_let_them_in(held, code):
    mine, role = seats_of(held), Role.COUNTY_COORDINATOR
    keys = {one.deputises for one in held if one.role == role and code.startswith(one.area)}
    named = mine.acted_for(role, code)

    assert (named is not None) == (len(keys) == 1 and None not in keys)
