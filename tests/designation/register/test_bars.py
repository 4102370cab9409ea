"""How long a bar lasts, and whom it follows; pure."""

from datetime import UTC, date, datetime, timedelta

import pytest

from designation.organizations.lineage import Change, Kind
from designation.register import bars
from designation.register.bars import Bar, Fault, Ground

DAY = timedelta(days=1)
AT = datetime(2026, 3, 2, 1, tzinfo=UTC)


def bar(ground, fault="", since=date(2026, 3, 2)):
    return Bar(1, ground, 1, since, AT, fault)


@pytest.mark.parametrize(
    ("ground", "fault", "until"),
    [
        (Ground.REVOKED, "", date(2028, 3, 2)),
        (Ground.REVOKED, Fault.FALSE_MATERIAL, date(2029, 3, 2)),
        (Ground.REVOKED, Fault.REFUSED, date(2029, 3, 2)),
        (Ground.REJECTED, Fault.FALSE_MATERIAL, date(2029, 3, 2)),
        (Ground.REJECTED, "", None),
    ],
)
def test_two_years_after_a_revocation_three_after_a_fault(ground, fault, until):
    assert bar(ground, fault).until == until


def test_the_day_of_the_same_date_is_the_last_and_the_day_after_it_is_free():
    found = bar(Ground.REVOKED)

    assert found.keeps_from(AT, date(2028, 3, 2))
    assert not found.keeps_from(AT, date(2028, 3, 3))


def test_a_period_of_years_that_began_on_a_leap_day_ends_with_the_last_of_february():
    assert bar(Ground.REVOKED, since=date(2028, 2, 29)).until == date(2030, 2, 28)


def test_who_was_rejected_waits_for_a_round_that_begins_after():
    rejected = bar(Ground.REJECTED)

    assert rejected.keeps_from(AT - DAY, date(2026, 3, 3))
    assert rejected.keeps_from(AT, date(2026, 3, 3))
    assert not rejected.keeps_from(AT + DAY, date(2026, 3, 3))


# Whom it follows: 1 is barred


def change(kind, *, gone=(), stays=(), came=(), on=date(2026, 5, 1)):
    return Change(kind, on, frozenset(gone), frozenset(stays), frozenset(came))


def barred_units(since, *changes):
    return set(bars.offspring(1, since, changes))


def goes_on_with(unit, since, *changes):
    return any(
        former == 1 and (left is None or since <= left)
        for former, left in bars.forebears(unit, changes)
    )


BEFORE, AFTER = date(2026, 3, 2), date(2026, 6, 1)


@pytest.mark.parametrize(
    ("happened", "unit", "since", "is_barred"),
    [
        (change(Kind.RENAMED, stays=[1]), 1, BEFORE, True),
        (change(Kind.SPLIT, gone=[1], came=[2, 3]), 2, BEFORE, True),
        (change(Kind.SPLIT, stays=[1], came=[2]), 2, BEFORE, True),
        (change(Kind.SPLIT, stays=[1], came=[2]), 2, AFTER, False),
        (change(Kind.MERGED, gone=[1], stays=[2]), 2, BEFORE, False),
        (change(Kind.MERGED, gone=[1, 2], came=[3]), 3, BEFORE, False),
        (change(Kind.MERGED, gone=[2], stays=[1]), 1, BEFORE, True),
    ],
)
def test_a_bar_follows_who_was_founded_of_one_unit_and_not_who_took_it_in(
    happened, unit, since, is_barred
):
    assert (unit in barred_units(since, happened)) == is_barred
    assert goes_on_with(unit, since, happened) == is_barred


def test_a_bar_follows_through_several_changes():
    changes = (
        change(Kind.SPLIT, gone=[1], came=[2, 3]),
        change(Kind.SPLIT, gone=[2], came=[4, 5], on=date(2026, 7, 1)),
    )

    assert barred_units(BEFORE, *changes) == {1, 2, 3, 4, 5}
    assert goes_on_with(5, BEFORE, *changes)
    assert not goes_on_with(5, AFTER, *changes)
