"""The draw of re-checks: the same for whoever repeats it, never too few, fair to every title."""

from collections import Counter
from datetime import date
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from workflows.rechecks import drawing

NUMBERS = st.lists(st.text("0123456789-NCSQ", min_size=1, max_size=12), unique=True, max_size=60)
SEEDS = st.text(min_size=1, max_size=20)


@given(NUMBERS, SEEDS)
def test_the_same_list_and_seed_draw_the_same_however_the_list_was_brought(numbers, seed):
    count = drawing.fewest(len(numbers))

    assert drawing.drawn(numbers, seed=seed, count=count) == drawing.drawn(
        reversed(numbers), seed=seed, count=count
    )


@given(NUMBERS, SEEDS)
def test_as_many_are_drawn_as_asked_each_once_and_none_from_elsewhere(numbers, seed):
    for count in (drawing.fewest(len(numbers)), len(numbers)):
        chosen = drawing.drawn(numbers, seed=seed, count=count)

        assert len(chosen) == len(set(chosen)) == count
        assert set(chosen) <= set(numbers)


@given(st.integers(0, 10_000))
def test_at_least_a_tenth_is_drawn_and_not_one_more(count):
    fewest = drawing.fewest(count)

    assert fewest * 10 >= count
    assert (fewest - 1) * 10 < count or fewest == 0


@given(NUMBERS, SEEDS, st.data())
def test_who_draws_more_keeps_those_that_fewer_would_have_drawn(numbers, seed, data):
    more = data.draw(st.integers(0, len(numbers)))
    fewer = data.draw(st.integers(0, more))

    chosen = drawing.drawn(numbers, seed=seed, count=more)

    assert chosen[:fewer] == drawing.drawn(numbers, seed=seed, count=fewer)


def test_every_title_is_drawn_by_some_seed_and_none_by_all():
    numbers = [f"341821-2026-NC-{n:05d}" for n in range(20)]

    times = Counter(
        number for seed in range(300) for number in drawing.drawn(numbers, seed=str(seed), count=2)
    )

    assert set(times) == set(numbers)
    assert max(times.values()) < 60


def test_a_stranger_repeats_it_by_the_published_description_alone():
    numbers, seed = ["b-2", "a-1", "c-3"], "03 11 18 22 27 31 + 09"
    listed = sha256(b"a-1\nb-2\nc-3").hexdigest()
    marks = {number: sha256(f"{seed}|{listed}|{number}".encode()).hexdigest() for number in numbers}

    assert drawing.digest(drawing.in_order(numbers)) == listed
    assert drawing.drawn(numbers, seed=seed, count=3) == sorted(numbers, key=marks.get)


def test_another_list_is_another_draw_under_the_same_seed():
    numbers = [f"n{n}" for n in range(30)]

    first = drawing.drawn(numbers, seed="7", count=30)
    again = drawing.drawn([*numbers, "n99"], seed="7", count=31)

    assert [number for number in again if number != "n99"] != first


def test_the_last_year_of_a_term_is_told_by_the_same_day_a_year_on():
    assert drawing.last_year_until(date(2026, 3, 2)) == date(2027, 3, 2)
    assert drawing.last_year_until(date(2028, 2, 29)) == date(2029, 2, 28)
