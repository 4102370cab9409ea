"""How far two hands agree: the share, and kappa, as the literature counts them."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.workload.agreement import LEAST_FOR_KAPPA, Agreement

VERDICTS = ("met", "not_met", "not_applicable")
# Small on purpose: a row of nine numbers is drawn in no time, however busy the machine.
pairs = st.tuples(*[st.integers(0, 200)] * 9).map(
    lambda counted: dict(zip(product(VERDICTS, VERDICTS), counted, strict=True))
)


def test_the_example_of_the_textbook():
    """Fifty proposals, two readers: 20 and 15 alike, 5 and 10 not; kappa is 0.4."""
    found = Agreement(
        {("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15},
    )

    assert found.percent == 70
    assert found.kappa == pytest.approx(0.4)


def test_nothing_judged_twice_has_no_figure():
    assert (Agreement({}).percent, Agreement({}).kappa) == (None, None)


def test_always_the_same_one_verdict_has_a_share_and_no_kappa():
    found = Agreement({("met", "met"): 1000})

    assert (found.percent, found.kappa) == (100, None)


def test_of_too_few_there_is_no_kappa():
    few = {("met", "met"): LEAST_FOR_KAPPA - 2, ("not_met", "not_met"): 1}

    assert Agreement(few).kappa is None
    assert Agreement(few | {("not_met", "not_met"): 2}).kappa == 1


@given(pairs)
def test_it_does_not_matter_which_hand_is_named_first(counted):
    turned = {(other, one): count for (one, other), count in counted.items()}

    assert Agreement(turned).percent == Agreement(counted).percent
    assert Agreement(turned).kappa == Agreement(counted).kappa


@given(pairs)
def test_kappa_lies_between_minus_one_and_one_and_never_above_the_share(counted):
    found = Agreement(counted)

    if found.kappa is not None:
        assert -1 <= found.kappa <= found.same / found.count


@given(pairs)
def test_kappa_is_one_where_all_are_the_same_and_only_there(counted):
    found = Agreement(counted)

    if found.kappa is not None:
        assert (found.kappa == 1) == (found.same == found.count)
