"""A proposed check asks what the text asks; what could be read two ways is listed instead.

The sentences are put together from parts, so that each kind is met in many wordings.
"""

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards.importing import drafts
from standards.importing.naming import metric_of
from standards.importing.proposals import NotProposed, Proposal, proposals

FINDINGS = [
    "无活动阵地的",
    "没有专职网格员的",
    "未建立工作台账",
    "每少1次",
    "培训少于2次",
    "办结率低于90%",
    "发生安全事故",
    "每季度未开展活动",
    "集体收入20万元以上",
    "不得少于3名而缺1名",
]
POINTS = [
    "扣5分",
    "扣５分",
    "扣 2.5 分",
    "扣两分",
    "不得分",
    "每项扣0.5分，扣完为止",
    "扣完为止",
    "不计分",
    "得10分",
    "得满分",
    "加3分，最多加10分",
    "酌情扣分",
    "按比例扣减",
    "记0分",
    "减半得分",
    "计3分",
]


@pytest.mark.parametrize(("finding", "points"), itertools.product(FINDINGS, POINTS))
def test_points_and_deductions_are_listed_and_never_asked_for(finding, points):
    for text in (f"{finding}{points}", f"{finding}，{points}", f"评分：{finding}、{points}；"):
        (listed,) = proposals(text)
        assert isinstance(listed, NotProposed)
        assert "计分" in listed.reason


STEPS = [
    "收入50万元以上得10分，20万元以上得6分，5万元以下得1分",
    "10分：50万元以上；6分：20万元以上；1分：5万元以下",
    "满意率90%以上为优秀，80%以上为良好，60%以上为合格",
    "优秀：满意率90%以上；良好：80%以上；较差：60%以下",
    "一档：50万元以上，二档：20万元以上",
    "A级：90%以上，B级：80%以上",
    "满意率在95%以上的评为一等",
]


@pytest.mark.parametrize("text", STEPS)
def test_steps_are_listed_and_none_binds_everybody(text):
    found = proposals(text)
    assert found
    assert all(isinstance(passage, NotProposed) for passage in found)


@pytest.mark.parametrize(
    "text",
    [
        "发生较大安全事故的，一票否决。",
        "投诉达到3次以上即取消资格。",
        "满意率不低于80%，否则不予命名。",
        "近三年受到处分的不得申报。",
        "年内发生2起以上案件的，撤销称号。",
    ],
)
def test_consequences_are_listed(text):
    assert [type(found) for found in proposals(text)] == [NotProposed]


def test_a_weight_behind_a_demand_is_listed_and_the_demand_is_still_proposed():
    check, weight = proposals("每年评比不少于2次（4分）。")
    assert (check.kind, check.threshold) == ("frequency_per_year_at_least", 2)
    assert metric_of(check.kind, check.phrase) == "每年评比"
    assert "分值" in weight.reason


@pytest.mark.parametrize("heading", ["扣分项", "加分项目（10分）", "一票否决事项", "负面清单"])
def test_what_stands_under_a_heading_of_points_is_listed(heading):
    text = f"标准\n一、基本要求\n1.有书记。\n二、{heading}\n1.没有违纪行为。\n2.培训3次以上。"
    (standard,) = drafts.read("标准.txt", text.encode()).standards
    assert all(item.checks == () for section in standard.sections for item in section.items)


@pytest.mark.parametrize(
    "text", ["十分重视培训", "取得分管领导同意", "三分之一", "5分钟", "积分制"]
)
def test_other_words_with_that_sign_are_no_points(text):
    assert not [found for found in proposals(text) if "计分" in getattr(found, "reason", "")]


AT_LEAST = ["{}以上", "{}及以上", "{}（含）以上", "{}以上（含{}）", "{}（含{}）以上", "不少于{}"]
AT_LEAST += ["不低于{}", "不得少于{}", "不应低于{}", "不小于{}", "至少{}", "最少{}", "≥{}", "≧{}"]
AT_LEAST += ["大于等于{}", "高于或等于{}", "> ={}", "＞＝{}", "达到{}", "达到{}以上", "未低于{}"]
AT_MOST = ["{}以下", "{}及以下", "{}以内", "{}之内", "{}（含）以下", "{}（含{}）以下", "不超过{}"]
AT_MOST += [
    "不得超过{}",
    "不高于{}",
    "不多于{}",
    "不大于{}",
    "至多{}",
    "最多{}",
    "≤{}",
    "≦{}",
    "<={}",
]
AT_MOST += ["小于等于{}", "＜＝{}", "控制在{}以内", "控制在{}以下", "未超过{}", "没有超过{}"]
STRICT = ["超过{}", "高于{}", "多于{}", "大于{}", "少于{}", "低于{}", "小于{}", "不足{}", "不到{}"]
STRICT += ["＜{}", "＞{}", "<{}", ">{}", "{}以上（不含{}）", "{}（不含）以上", "{}以外", "未满{}"]
STRICT += ["约{}", "近{}", "{}左右", "未达到{}", "不少于{}以下", "超过{}以上", "不满{}"]
FIGURES = [("党员", "3", "名", "人", "number"), ("覆盖率", "８０", "%", "%", "percent")]
FIGURES += [("经费", "2.5", "万元", "万元", "number"), ("面积", "1,200", "㎡", "平方米", "number")]
FIGURES += [("好评率", "百分之八十五", "", "%", "percent"), ("座谈", "十二", "件", "件", "number")]


def worded(bound, figure):
    thing, number, unit, _shown, _family = figure
    return f"{thing}{bound.replace('{}', number + unit)}"


@pytest.mark.parametrize(("bound", "figure"), itertools.product(AT_LEAST, FIGURES))
def test_a_lower_bound_is_proposed_as_one(bound, figure):
    (found,) = proposals(worded(bound, figure))
    assert isinstance(found, Proposal), found
    assert (found.kind, found.unit) == (f"{figure[4]}_at_least", figure[3])


@pytest.mark.parametrize(("bound", "figure"), itertools.product(AT_MOST, FIGURES))
def test_an_upper_bound_is_proposed_as_one_or_listed(bound, figure):
    (found,) = proposals(worded(bound, figure))
    if "率" in figure[0] and figure[0] == "覆盖率":
        assert isinstance(found, NotProposed), "nobody asks for little coverage"
    else:
        assert (found.kind, found.unit) == (f"{figure[4]}_at_most", figure[3])


@pytest.mark.parametrize(("bound", "figure"), itertools.product(STRICT, FIGURES))
def test_a_bound_that_leaves_out_the_number_itself_is_listed(bound, figure):
    (found,) = proposals(worded(bound, figure))
    assert isinstance(found, NotProposed)


@pytest.mark.parametrize(
    "text",
    [
        "投诉率5%以上",
        "满意率80%以下",
        "活动室200平方米",
        "委员5至7名",
        "平原96%、丘陵88%以上",
        "获县级表彰2次以上或市级表彰1次以上",
        "下列四项至少具备三项",
        "党员80人以上的",
        "80人以上企业设工会",
        "必要时可增设干事至少1名",
        "逐步达到90%以上",
        "近三年获表彰2次以上",
        "每次培训不少于2小时",
        "年均培训不少于2次",
        "半年不少于1次",
        "每月接待不少于30人",
        "比上年提高5个百分点以上",
        "每50户至少配1名网格员",
        "进入前10名以内",
        "每年不少于2次/年",
        "2026年收入10万元以上",
        "培训3.5次以上",
        "投入1．2万元以上",
        "不低于1:5",
        "不少于１，２０万元",
        "至少二三十人",
        "几十名以上党员",
        "不少于10万",
        "不少于5千元",
        "无3人以上死亡事故",
        "未开展2次以上活动",
        "本届任期内换届不少于1次",
        "活动一般由2人以上负责",
        "2.60%以上党员注册",
    ],
)
def test_a_figure_that_could_be_read_two_ways_is_listed(text):
    found = proposals(text)
    assert found
    assert all(isinstance(passage, NotProposed) for passage in found), found


@pytest.mark.parametrize(
    "lead", ["党员50人以上的", "有物业的小区，党员在3人以上的", "鼓励有条件的村", "凡是企业"]
)
def test_what_hangs_on_a_condition_does_not_bind_everybody(lead):
    *_before, found = proposals(f"{lead}，专职干部不少于2名。")
    assert isinstance(found, NotProposed)


BAD = ["违纪违法现象", "安全责任事故", "群体性上访事件", "拖欠工资问题", "弄虚作假行为"]
FORBIDDING = ["没有", "无", "未发生", "不发生", "不存在", "杜绝", "严禁", "没有发生"]


@pytest.mark.parametrize(("operator", "bad"), itertools.product(FORBIDDING, BAD))
def test_what_must_not_be_is_asked_for_by_its_own_name(operator, bad):
    (found,) = proposals(f"{operator}{bad}")
    assert found.kind == "must_be_false"
    assert metric_of(found.kind, found.phrase) == bad


LACKS = ["专人管理", "活动阵地", "调解机制", "投诉渠道", "事故应急预案", "矛盾纠纷调解记录", "台账"]


@pytest.mark.parametrize(
    ("operator", "lack"), itertools.product(["没有", "无", "未建立", "缺"], LACKS)
)
def test_a_lack_is_never_turned_into_what_must_not_be(operator, lack):
    assert not any(isinstance(found, Proposal) for found in proposals(f"{operator}{lack}"))


@pytest.mark.parametrize(
    "text",
    [
        "无物业小区实现自管",
        "为没有住房的群众解决问题",
        "查处无证经营行为",
        "未经批准不得占用耕地",
        "无正当理由不得缺席",
        "无人不知晓问题",
        "无特殊情况",
        "防止未成年人溺水事故",
        "没有发生事故的",
        "如无违纪问题",
        "不得不处理纠纷问题",
        "没有开展活动的情况",
        "无专职人员",
    ],
)
def test_a_negation_with_another_meaning_proposes_nothing(text):
    assert not any(isinstance(found, Proposal) for found in proposals(text))


PIECES = [
    *FINDINGS,
    *LACKS,
    *BAD,
    "不少于3名",
    "每年2次",
    "80%以上",
    "，",
    "的",
    "；",
    "没有",
    "或",
]


@given(st.lists(st.sampled_from(PIECES), max_size=6).map("".join), st.sampled_from(POINTS))
def test_no_check_comes_of_a_passage_with_points(text, points):
    for found in proposals(f"{text}，{points}。"):
        assert isinstance(found, NotProposed)


@given(st.integers(1, 400), st.integers(1, 99), st.sampled_from([".", "．", "、"]))
def test_a_figure_after_the_number_of_an_item_is_not_its_decimal(before, figure, point):
    lines = [
        f"{before}{point}有书记。",
        f"{before + 1}{point}{figure}%以上党员参加。",
        f"{before + 2}{point}有灯。",
    ]
    (standard,) = drafts.read("标准.txt", "\n".join(["某标准", *lines]).encode()).standards
    items = standard.sections[0].items
    assert [item.number_printed for item in items] == [f"{before + at}{point}" for at in range(3)]
    (check,) = items[1].checks
    assert (check.threshold, check.phrase) == (Decimal(figure), f"{figure}%以上党员参加")


@pytest.mark.parametrize(
    ("first", "second"),
    [("1.投入不少于", "2.5万元的资金。"), ("1.有书记。2.60%以上党员参加。", "有灯。")],
)
def test_a_figure_that_may_be_a_number_or_not_is_told(first, second):
    draft = drafts.read("标准.txt", f"某标准\n{first}\n{second}".encode())
    assert [len(section.items) for section in draft.standards[0].sections] == [1]
    assert any("可能是条目编号" in passage.reason for passage in draft.unread)
    assert not any(item.checks for item in draft.standards[0].sections[0].items)


def test_under_decimal_numbering_a_figure_behind_a_point_opens_nothing():
    text = "某标准\n1.有书记。\n1.1 有委员。\n2.3名以上党员参加。"
    (standard,) = drafts.read("标准.txt", text.encode()).standards
    assert [item.number_printed for item in standard.sections[0].items] == ["1."]


def test_characters_that_nobody_sees_part_no_number_from_its_figure():
    text = "某标准\n\u200b1.合格率不低于8\u200b0%。\n\ufeff2.\u202e有委员\x0c。"
    (standard,) = drafts.read("标准.txt", text.encode()).standards
    first, second = standard.sections[0].items
    assert (first.text, first.checks[0].threshold) == ("合格率不低于80%。", 80)
    assert second.number_printed == "2."


@pytest.mark.parametrize("name", ["附件2、附件3的格式", "表2、表3", "第2、第3项"])
def test_the_number_of_an_annex_opens_no_item(name):
    draft = drafts.read("标准.txt", f"某标准\n1.材料符合{name}。\n2.有书记。".encode())
    assert [item.text for item in draft.standards[0].sections[0].items] == [
        f"材料符合{name}。",
        "有书记。",
    ]
