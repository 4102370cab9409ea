"""What becomes of organizations: whatever happened, a chain ends in units that live."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from designation.organizations.lineage import (
    Change,
    Fault,
    Kind,
    faults,
    gone,
    living,
    predecessors,
    successors,
)

FIRST = date(2026, 1, 1)
TODAY = FIRST + timedelta(days=400)
BEGINNING = frozenset(range(1, 6))


def merger(on, gone, into, *, new=False):
    side = {"came" if new else "stays": frozenset({into})}
    return Change(Kind.MERGED, on, gone=frozenset(gone), **side)


@st.composite
def proposed(draw, units, newest):
    """A change among ``units``, sensible or not."""
    kind = draw(st.sampled_from(list(Kind)))
    on = FIRST + timedelta(days=draw(st.integers(0, 420)))
    one = draw(st.sampled_from(sorted(units)))
    others = frozenset(draw(st.sets(st.sampled_from(sorted(units)), max_size=2)))
    if kind == Kind.RENAMED:
        return Change(kind, on, stays=frozenset({one}))
    if kind == Kind.DISSOLVED:
        return Change(kind, on, gone=frozenset({one}))
    if kind == Kind.MERGED:
        into = draw(st.sampled_from([*sorted(units), newest]))
        return merger(on, ({one} | others) - {into}, into, new=into == newest)
    if draw(st.booleans()):
        return Change(kind, on, stays=frozenset({one}), came=frozenset({newest}))
    return Change(kind, on, gone=frozenset({one}), came=frozenset({newest, newest + 1}))


@st.composite
def histories(draw):
    """What could be recorded of what was proposed, and all units that there ever were."""
    units, recorded = set(BEGINNING), []
    for _turn in range(draw(st.integers(0, 12))):
        change = draw(proposed(units, max(units) + 1))
        if not list(faults(change, recorded, today=TODAY)):
            recorded.append(change)
            units |= change.came
    return frozenset(units), recorded


@given(histories())
@settings(max_examples=200, deadline=None)
def test_the_chain_of_an_organization_ends_in_units_that_live(history):
    units, recorded = history
    alive = living(units, recorded, TODAY)
    for unit in units:
        heirs = successors(unit, recorded)
        assert heirs <= alive
        assert (heirs == {unit}) == (unit in alive)


@given(histories())
@settings(max_examples=200, deadline=None)
def test_no_organization_precedes_itself(history):
    units, recorded = history
    for unit in units:
        former = predecessors(unit, recorded)
        assert unit not in former
        assert all(unit in _reached(one, recorded) for one in former)


def _reached(unit, recorded):
    """All units that came after it, living or not."""
    found, near = set(), {unit}
    while near:
        near = {heir for one in recorded if one.gone & near for heir in one.after} - found
        found |= near
    return found


@given(histories())
@settings(max_examples=200, deadline=None)
def test_who_lived_on_a_day_is_as_a_replay_up_to_it_says(history):
    units, recorded = history
    came = frozenset(unit for one in recorded for unit in one.came)
    for day in {change.on for change in recorded} | {FIRST, TODAY}:
        replayed = set(units) - came
        for change in sorted(recorded, key=lambda one: one.on):
            if change.on <= day:
                replayed = (replayed - change.gone) | change.came
        assert living(units, recorded, day) == replayed


@given(histories(), st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None)
def test_a_title_is_held_by_one_living_unit_or_is_cancelled(history, chance):
    """Whichever of the units after a change the document names; it names none, it is cancelled."""
    units, recorded = history
    holders = {unit: unit for unit in BEGINNING}
    for change in recorded:
        for title, holder in holders.items():
            if holder in change.gone:
                choices = [*sorted(change.after), None]
                holders[title] = chance.choice(choices)
    alive = living(units, recorded, TODAY)
    assert all(holder in alive for holder in holders.values() if holder is not None)


def found(change, recorded=()):
    return list(faults(change, recorded, today=TODAY))


def test_what_cannot_be_recorded_says_why():
    soon = TODAY + timedelta(days=1)
    assert found(merger(soon, {1}, 2)) == [Fault.IN_FUTURE]
    assert found(merger(FIRST, set(), 1)) == [Fault.WITH_ITSELF]
    assert found(Change(Kind.SPLIT, FIRST, came=frozenset({7}), gone=frozenset({1}))) == [
        Fault.TOO_FEW
    ]


def test_nothing_happens_to_what_is_gone_and_nothing_is_merged_into_it():
    recorded = [merger(FIRST, {1}, 2)]
    assert found(merger(TODAY, {1}, 3), recorded) == [Fault.GONE_ALREADY]
    assert found(merger(TODAY, {3}, 1), recorded) == [Fault.GONE_ALREADY]


def test_nothing_happens_before_the_last_that_happened_or_before_it_was_founded():
    recorded = [merger(TODAY, {1, 2}, 9, new=True)]
    assert found(merger(FIRST, {3}, 9), recorded) == [Fault.BEFORE_ITS_LAST]
    assert not found(merger(TODAY, {3}, 9), recorded)


def test_a_chain_is_followed_to_its_end():
    recorded = [
        merger(FIRST, {1}, 2),
        Change(Kind.SPLIT, FIRST + timedelta(days=9), gone=frozenset({2}), came=frozenset({6, 7})),
        Change(Kind.DISSOLVED, TODAY, gone=frozenset({7})),
    ]
    assert successors(1, recorded) == {6}
    assert successors(7, recorded) == frozenset()
    assert predecessors(6, recorded) == {1, 2}
    assert gone(recorded, FIRST) == {1}
