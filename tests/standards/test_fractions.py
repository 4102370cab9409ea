"""A share below 1 typed without its sign: what is asked, and of whom it is not."""

import pytest
from django.utils import translation

from standards import values
from standards.kinds import ValueAsked
from tests.standards.checks import check


def asked(typed, **fields):
    with pytest.raises(ValueAsked) as raised:
        values.parse(check("percent_at_most", **fields), typed)
    return raised.value


@pytest.mark.parametrize("typed", ["0.35", "０．３５", " 0.350 ", "0.01", "0.99"])
def test_a_share_below_one_without_its_sign_is_asked_about(typed):
    small, large = (way for way, _said in asked(typed).ways)
    one = check("percent_at_most")
    assert values.parse(one, small) * 100 == pytest.approx(values.parse(one, large))


@pytest.mark.parametrize(
    ("language", "question", "ways"),
    [
        (
            "zh-hans",
            "您填的是 0.350：是 0.35%，还是 35%？请在下面选一个。",
            (("0.35%", "0.35%（不到百分之一）"), ("35%", "35%")),
        ),
        (
            "en",
            "You entered 0.350: is it 0.35% or 35%? Please choose one below.",
            (("0.35%", "0.35% (less than one in a hundred)"), ("35%", "35%")),
        ),
    ],
)
def test_it_asks_in_words_and_offers_what_is_taken(language, question, ways):
    with translation.override(language):
        raised = asked("0.350")
    assert (raised.code, str(raised), raised.ways) == ("fraction", question, ways)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("0.35%", 0.35),
        ("0.35 ％", 0.35),
        ("百分之0.35", 0.35),
        ("35", 35),
        ("1.5", 1.5),
        ("1", 1),
        ("0", 0),
    ],
)
def test_what_is_plain_is_not_asked_about(typed, value):
    assert values.parse(check("percent_at_most"), typed) == value


def test_nothing_is_asked_where_the_limit_itself_is_below_one_or_the_unit_is_another():
    assert values.parse(check("percent_at_most", threshold=0.5), "0.35") == 0.35
    assert values.parse(check("number_at_least", unit="万元"), "0.35") == 0.35


@pytest.mark.parametrize("threshold", [None, 0, 1])
def test_a_limit_that_is_no_share_below_one_spares_nobody_the_question(threshold):
    assert asked("0.35", threshold=threshold).code == "fraction"
