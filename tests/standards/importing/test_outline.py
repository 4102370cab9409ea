"""Numbers as they are printed: odd ones are kept, and told."""

import pytest

from standards.importing import drafts
from standards.importing.documents import Unreadable


def read(*lines):
    return drafts.read("标准.txt", "\n".join(lines).encode())


def items(draft):
    return [
        (item.number_printed, item.text)
        for standard in draft.standards
        for section in standard.sections
        for item in section.items
    ]


def doubts(draft):
    return [(passage.line, passage.text, passage.reason) for passage in draft.unread]


def test_figures_of_full_width_are_read_as_figures():
    draft = read("一、队伍", "１．至少有３名干部，满意率８０％以上。", "２．每年至少２次。")
    assert [number for number, _text in items(draft)] == ["１．", "２．"]
    checks = [
        (check.kind, int(check.threshold))
        for item in draft.standards[0].sections[0].items
        for check in item.checks
    ]
    assert checks == [
        ("number_at_least", 3),
        ("percent_at_least", 80),
        ("frequency_per_year_at_least", 2),
    ]


def test_a_number_printed_twice_and_a_gap_stay_as_printed_and_are_told():
    draft = read("一、队伍", "1.有书记。", "2.有委员。", "2.有党员。", "5.有群众。")
    assert [number for number, _text in items(draft)] == ["1.", "2.", "2.", "5."]
    reason = "条目的编号不连续，请对照原文"
    assert doubts(draft) == [(4, "2.", reason), (5, "5.", reason)]


def test_items_may_be_numbered_from_1_in_each_section_or_on_through_all():
    anew = read("一、队伍", "1.有书记。", "二、阵地", "1.有房。", "2.有灯。")
    through = read("一、队伍", "1.有书记。", "二、阵地", "2.有房。", "3.有灯。")
    assert (doubts(anew), doubts(through)) == ([], [])
    assert len(items(anew)) == len(items(through)) == 3


def test_an_item_may_begin_with_a_year_and_a_decimal_begins_none():
    draft = read("1.2026年前建成活动室。", "2.投入不少于", "3.5万元。")
    assert items(draft) == [("1.", "2026年前建成活动室。"), ("2.", "投入不少于3.5万元。")]


def test_sections_in_brackets_stand_between_those_above_without_a_doubt_about_these():
    draft = read(
        "一、队伍", "（一）班子", "1.有书记。", "（二）党员", "1.有党员。", "二、阵地", "1.有房。"
    )
    assert [section.title_printed for section in draft.standards[0].sections] == [
        "班子",
        "党员",
        "阵地",
    ]
    assert doubts(draft) == [(1, "一、队伍", "这一部分没有条目")]


def test_a_section_number_that_is_missing_is_told():
    draft = read("一、队伍", "1.有书记。", "三、阵地", "2.有房。")
    assert doubts(draft) == [(3, "三、", "部分的编号不连续，请对照原文")]


def test_a_title_too_long_for_one_is_cut_and_told_whole():
    draft = read("一、" + "长" * 300, "1.有书记。")
    assert draft.standards[0].sections[0].title_printed == "长" * 100
    assert doubts(draft) == [(1, "长" * 300, "部分标题过长，只读了前面的字")]


def test_words_between_a_section_and_its_first_item_are_told():
    draft = read("一、队伍", "本部分由组织部解释。", "1.有书记。", "2.")
    assert [(line, text) for line, text, _reason in doubts(draft)] == [
        (2, "本部分由组织部解释。"),
        (4, "2."),
    ]


def test_the_words_before_and_after_a_title_are_told():
    draft = read("关于印发的通知。", "某某示范标准", "（试行）", "1.有书记。")
    assert draft.standards[0].title == "某某示范标准"
    assert [text for _line, text, _reason in doubts(draft)] == ["关于印发的通知。", "（试行）"]


@pytest.mark.parametrize("lines", [["第一条 有书记。"], ["①有书记。"], ["1.1 有书记。"]])
def test_numbering_of_another_kind_is_refused_with_what_to_do(lines):
    with pytest.raises(Unreadable, match="条目应以"):
        read(*lines)


def test_headings_without_a_number_and_several_standards_are_told_apart():
    draft = read("甲示范标准", "1.有书记。运行机制规范", "2.有房。乙示范标准", "1.有灯。")
    first, second = draft.standards
    assert (first.title, second.title) == ("甲示范标准", "乙示范标准")
    assert [section.title_printed for section in first.sections] == ["", "运行机制规范"]
    assert doubts(draft) == [(2, "运行机制规范", "没有编号，按部分标题读取，请对照原文")]
