"""What the wording of a clause proposes, in words that the source does not use."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards.importing.proposals import NotProposed, Proposal, proposals


@pytest.mark.parametrize(
    ("text", "kind", "threshold", "unit"),
    [
        ("专职副书记不得少于两名", "number_at_least", "2", "人"),
        ("办公用房面积不低于1,200㎡", "number_at_least", "1200", "平方米"),
        ("参会率达到百分之八十五以上", "percent_at_least", "85", "%"),
        ("四分之三以上的党员参加", "percent_at_least", "75", "%"),
        ("投诉率不超过5%", "percent_at_most", "5", "%"),
        ("每季度至少召开1次例会", "frequency_per_year_at_least", "4", "次/年"),
        ("每半年听取一次汇报", "frequency_per_year_at_least", "2", "次/年"),
        ("每月组织两次学习", "frequency_per_month_at_least", "2", "次/月"),
        ("书记年龄不超过五十五岁", "age_at_most", "55", "岁"),
        ("活动经费不少于3.5万元", "number_at_least", "3.5", "万元"),
        ("全年不少于4次", "frequency_per_year_at_least", "4", "次/年"),
        ("投诉不超过十二件", "number_at_most", "12", "件"),
    ],
)
def test_a_number_with_its_words_becomes_a_check(text, kind, threshold, unit):
    (found,) = proposals(text)
    assert isinstance(found, Proposal)
    assert (found.kind, found.threshold, found.unit) == (kind, Decimal(threshold), unit)
    assert found.phrase == text


@pytest.mark.parametrize("text", ["未发生安全事故", "没有违纪行为", "不得拖欠职工工资"])
def test_what_must_not_happen_becomes_a_negative(text):
    (found,) = proposals(text)
    assert (found.kind, found.threshold) == ("must_be_false", None)


@pytest.mark.parametrize(
    "text",
    [
        "每年不超过2次",
        "年龄在18岁以上",
        "每两年换届一次",
        "投诉率5%",
        "每年投入一定资金",
        "职工80人以上的设工会",
        "年收入99999999999999元以上",
        "零分之一以上的党员参加",
        "三分之二以上的党员参加",
        "至少配备两半人",
    ],
)
def test_what_no_kind_expresses_is_listed_and_not_guessed(text):
    (found,) = proposals(text)
    assert isinstance(found, NotProposed)
    assert found.phrase == text


@pytest.mark.parametrize(
    "text", ["落实“三会一课”", "高中以上学历", "为一般群众作表率", "第3次会议"]
)
def test_names_and_ordinals_count_nothing(text):
    assert proposals(text) == []


def test_a_number_that_a_period_stands_before_is_of_that_year():
    (found,) = proposals("每年培训党员不少于30人")
    assert (found.kind, found.threshold, found.scope) == ("number_at_least", 30, "year")
    (age,) = proposals("每年新发展的党员在18岁以上")
    assert isinstance(age, NotProposed)


def test_an_age_beside_a_count_says_who_is_counted():
    (found,) = proposals("至少配备3名45岁以下委员")
    assert (found.kind, found.threshold) == ("number_at_least", 3)
    assert found.parameters == {"age_max": 45, "age_inclusive": True}


@pytest.mark.parametrize("word", ["一般", "原则上", "鼓励"])
def test_soft_words_make_a_check_advisory(word):
    (found,) = proposals(f"{word}每年培训2次")
    assert not found.strict


def test_the_period_of_a_sentence_holds_for_its_later_clauses_only():
    first, second, third = proposals("每年述职1次,听取评议不少于2次。现场办公3次。")
    assert (first.unit, second.unit, second.threshold) == ("次/年", "次/年", 2)
    assert isinstance(third, NotProposed)


_PIECES = (
    *"一二十百千万两半零〇05９％%，。；、第每年月次人名岁到",
    *(
        "百分之",
        "分之",
        "以上",
        "以下",
        "至少",
        "不超过",
        "平方",
        "个村",
        "半数以上",
        "99999999999",
    ),
)


@given(st.lists(st.sampled_from(_PIECES), max_size=14).map("".join))
def test_no_wording_is_too_odd_and_each_phrase_stands_in_it(text):
    assert all(found.phrase in text for found in proposals(text))


@pytest.mark.parametrize("piece", ["一", "1", "“", "以上的", "三名", "每年", "超过"])
def test_a_sentence_without_end_is_listed_and_not_gone_over_for_ever(piece):
    endless = piece * 20_000
    (found,) = proposals(endless)
    assert isinstance(found, NotProposed)
    assert "句子过长" in found.reason
