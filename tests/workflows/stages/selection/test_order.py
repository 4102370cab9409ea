"""The order of those that meet a standard, by the figures that a document names."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workflows.stages.selection.order import (
    Applicant,
    Decided,
    Outcome,
    decided_ties,
    departing,
    ordered,
    proposed,
)

FIGURES = st.tuples(*[st.none() | st.integers(0, 3) for _figure in range(2)])
FIELDS = st.lists(FIGURES, max_size=12).map(
    lambda rows: [Applicant(key, figures) for key, figures in enumerate(rows)]
)
DIRECTIONS = st.tuples(st.booleans(), st.booleans())
MANY = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
CHOSEN, OUT = Decided(Outcome.CHOSEN), Decided(Outcome.NOT_CHOSEN)


def reserve(number):
    return Decided(Outcome.RESERVE, number)


def places(placed):
    return {one.key: (one.place, one.last) for one in placed}


def in_order(*figures, high=(True,), **how):
    return ordered([Applicant(key, row) for key, row in enumerate(figures)], high, **how)


@MANY
@given(FIELDS, DIRECTIONS, st.randoms())
def test_the_order_hangs_on_no_order_of_the_input(applicants, high, chance):
    shuffled = list(applicants)
    chance.shuffle(shuffled)

    assert ordered(shuffled, high) == ordered(applicants, high)


@MANY
@given(FIELDS, DIRECTIONS)
def test_a_tie_is_a_tie_under_any_swap(applicants, high):
    swapped = [Applicant(-one.key, one.figures) for one in applicants]

    there, back = places(ordered(applicants, high)), places(ordered(swapped, high))

    assert all(there[key] == back[-key] for key in there)
    figures = {one.key: one.figures for one in applicants}
    for one in there:
        for other in there:
            assert (there[one] == there[other]) == (figures[one] == figures[other])


@MANY
@given(FIELDS, DIRECTIONS)
def test_taking_away_the_last_changes_the_place_of_none_before(applicants, high):
    placed = ordered(applicants, high)
    rest = {one.key for one in placed[:-1]}

    without = ordered([one for one in applicants if one.key in rest], high)

    assert [(one.key, one.place) for one in without] == [
        (one.key, one.place) for one in placed[:-1]
    ]


@MANY
@given(FIELDS, DIRECTIONS)
def test_a_missing_figure_stands_behind_every_figure_that_is_there(applicants, high):
    firsts = [one.figures[0] for one in ordered(applicants, high)]

    assert firsts == sorted(firsts, key=lambda figure: figure is None)


@MANY
@given(FIELDS, DIRECTIONS, st.integers(1, 5), st.integers(0, 3))
def test_what_the_order_proposes_departs_from_nothing(applicants, high, count, in_reserve):
    placed = ordered(applicants, high)
    told = proposed(placed, places=count, reserve=in_reserve)
    by_place = {one.key: n for n, one in enumerate(placed, 1)}
    decided = {
        key: one or (CHOSEN if by_place[key] <= count else reserve(by_place[key] - count))
        for key, one in told.items()
    }

    assert departing(placed, decided, places=count) == set()
    assert sum(one == CHOSEN for one in decided.values()) == min(count, len(applicants))


def test_who_shares_a_place_is_followed_by_the_place_behind_all_of_them():
    assert places(in_order((90,), (80,), (90,), (70,))) == {
        0: (1, 2),
        2: (1, 2),
        1: (3, 3),
        3: (4, 4),
    }


def test_the_smaller_comes_first_where_the_document_says_so():
    assert [one.key for one in in_order((3,), (0,), (1,), high=(False,))] == [1, 2, 0]


def test_the_next_figure_parts_those_whose_first_is_the_same():
    rows = ((5, 1), (5, 2))

    assert [one.key for one in in_order(*rows, high=(True, True))] == [1, 0]
    assert all(one.is_tied for one in in_order(*rows, high=(True, True), deciding=1))


def test_a_missing_figure_is_said():
    first, last = in_order((None, 4), (1, 2), high=(True, True))

    assert (first.key, first.missing) == (1, ())
    assert (last.key, last.missing) == (0, (0,))


def test_a_tie_at_the_last_place_is_left_to_the_meeting():
    placed = in_order((3,), (2,), (2,), (1,))

    assert proposed(placed, places=2, reserve=1) == {0: CHOSEN, 1: None, 2: None, 3: OUT}


def test_all_are_proposed_where_there_is_no_limit():
    assert set(proposed(in_order((3,), (2,)), places=None, reserve=0).values()) == {CHOSEN}


def test_who_is_behind_the_places_is_proposed_for_the_reserve_in_order():
    told = proposed(in_order((3,), (2,), (1,), (0,)), places=1, reserve=2)

    assert told == {0: CHOSEN, 1: reserve(1), 2: reserve(2), 3: OUT}


def test_who_is_put_before_a_better_one_departs_and_who_is_passed_over_too():
    placed = in_order((4,), (3,), (2,), (1,))
    decided = {0: CHOSEN, 1: reserve(1), 2: CHOSEN, 3: OUT}

    assert departing(placed, decided, places=2) == {1, 2}


def test_a_place_left_free_departs_from_the_order():
    assert departing(in_order((4,), (3,)), {0: CHOSEN, 1: OUT}, places=None) == {1}
    assert departing(in_order((4,), (3,)), {0: CHOSEN, 1: OUT}, places=1) == set()


def test_the_reserve_is_in_order_too():
    placed = in_order((4,), (3,), (2,))

    assert departing(placed, {0: CHOSEN, 1: reserve(2), 2: reserve(1)}, places=1) == {2}


def test_a_tie_that_the_meeting_decided_is_named():
    placed = in_order((4,), (3,), (3,))

    assert decided_ties(placed, {0: CHOSEN, 1: CHOSEN, 2: reserve(1)}) == [[1, 2]]
    assert decided_ties(placed, {0: CHOSEN, 1: reserve(2), 2: reserve(1)}) == [[1, 2]]
    assert decided_ties(placed, {0: CHOSEN, 1: OUT, 2: OUT}) == []
