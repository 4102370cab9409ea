"""What a proposed check is called, so that its question cannot be read the wrong way round."""

import pytest

from standards.importing.naming import LONGEST, metric_of


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("没有违纪违法现象", "违纪违法现象"),
        ("无重大治安案件", "重大治安案件"),
        ("近三年未发生重大责任事故", "近三年重大责任事故"),
        ("不得弄虚作假", "弄虚作假"),
    ],
)
def test_what_must_not_happen_is_asked_for_without_the_negation(phrase, name):
    assert metric_of("must_be_false", phrase) == name


@pytest.mark.parametrize(
    ("kind", "phrase", "name"),
    [
        ("percent_at_least", "党员参会率在80%以上", "党员参会率"),
        ("number_at_least", "面积一般不少于50平方米", "面积"),
        ("number_at_least", "有3人以上的后备干部队伍", "后备干部队伍"),
        ("frequency_per_year_at_least", "每年至少上1次党课", "每年上党课"),
        ("frequency_per_year_at_least", "村民代表会议一年不少于2次", "村民代表会议"),
        ("number_at_most", "无失联党员", "失联党员"),
        ("must_be_true", "建有党员活动室", "建有党员活动室"),
    ],
)
def test_the_demand_is_taken_out_of_the_name(kind, phrase, name):
    assert metric_of(kind, phrase) == name


def test_a_phrase_of_nothing_but_its_demand_keeps_its_words():
    assert metric_of("percent_at_least", "80%以上") == "80%以上"


def test_a_name_is_never_too_long_to_be_stored():
    assert len(metric_of("must_be_true", "长" * 300)) == LONGEST
