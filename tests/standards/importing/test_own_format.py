"""Our own YAML, edited by hand: read by what it says, or refused by the place that does not fit."""

import copy
from datetime import date

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from standards.importing import drafts
from standards.importing.documents import Unreadable
from standards.loading import DATA

CHECK = {"kind": "must_be_true", "phrase": "班子团结"}
ITEM = {"text": "班子团结,有3名干部。", "checks": [CHECK]}


def standard(*items, **said):
    return {"sections": [{"title_printed": "队伍", "items": list(items)}], **said}


class Plain(yaml.SafeDumper):
    """Writes everything out, as our export does."""

    def ignore_aliases(self, _data):
        return True


def read(data):
    written = yaml.dump(data, Dumper=Plain, allow_unicode=True)
    return drafts.read("标准.yaml", written.encode())


def with_check(**said):
    return standard({**ITEM, "checks": [{**CHECK, **said}]})


def test_little_need_be_said_and_the_rest_is_filled_in():
    (found,) = read(standard(ITEM, {"text": "有党员。"})).standards
    first, second = found.data["sections"][0]["items"]
    assert [first["code"], second["code"]] == ["XX-01", "XX-02"]
    (check,) = first["checks"]
    assert (check["code"], check["metric"], check["metric_zh"]) == (
        "XX-01-C1",
        "xx_01_c1",
        "班子团结",
    )
    assert (check["strictness"], check["scope"], check["threshold"]) == ("strict", "current", None)


def test_a_threshold_may_stand_in_quotes_and_a_whole_one_stays_whole():
    said = {"kind": "number_at_least", "phrase": "有3名干部", "unit": "人"}
    for written, meant in (("3", 3), (3.0, 3), (2.5, 2.5)):
        (found,) = read(with_check(**said, threshold=written)).standards
        assert found.data["sections"][0]["items"][0]["checks"][0]["threshold"] == meant


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"kind": "guessed"}, "种类无法识别"),
        ({"kind": ["x"]}, "种类无法识别"),
        ({"phrase": "没有这句"}, "不在条文中"),
        ({"phrase": ""}, "不在条文中"),
        ({"treshold": 3}, "检查点 XX-01-C1 的“treshold”写法不对"),
        ({"scope": "forever"}, "“scope”写法不对"),
        ({"code": "NC"}, "“code”写法不对"),
        ({"code": {"a": 1}}, "“code”写法不对"),
        ({"metric_zh": "长" * 121}, "“metric_zh”写法不对"),
        ({"parts": [{}]}, "“parts”写法不对"),
        ({"evidence_suggested": "一份"}, "“evidence_suggested”写法不对"),
        ({"may_be_not_applicable": "是"}, "“may_be_not_applicable”写法不对"),
        ({"note": date(2026, 1, 1)}, "“note”写法不对"),
        ({"parameters": {"years": 10**6}}, "“parameters”写法不对"),
        ({"parameters": {"derive": "a / b", "figures": {"a": {"zh": "甲"}}}}, "“parameters”"),
        ({"parameters": {"figures": {"a": {"zh": "甲"}}}}, "“parameters”"),
        ({"suggestion_not_in_text": {"zh": "参考"}}, "“suggestion_not_in_text”"),
        ({"kind": "must_be_true", "threshold": 3}, "不用标准值"),
        ({"kind": "number_at_least", "threshold": "三"}, "不是数字"),
        ({"kind": "number_at_least", "threshold": True}, "“threshold”写法不对"),
        ({"kind": "number_at_least", "threshold": -1}, "不是数字"),
        ({"kind": "number_at_least", "threshold": 10**10}, "不是数字"),
        ({"kind": "number_at_least"}, "不是数字"),
    ],
)
def test_a_check_that_does_not_fit_is_named_with_what_is_wrong(said, says):
    with pytest.raises(Unreadable, match=says):
        read(with_check(**said))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (standard(ITEM, source="文件"), "标准 的“source”写法不对"),
        (standard(ITEM, provenance="ours"), "“provenance”写法不对"),
        (standard({**ITEM, "title_en": "x" * 201}), "条目 XX-01 的“title_en”写法不对"),
        (standard({**ITEM, "source_line": "x"}), "“source_line”写法不对"),
        (standard({**ITEM, "condition_zh": None}), "“condition_zh”写法不对"),
        ({"sections": [{"title_printed": "长" * 201, "items": [ITEM]}]}, "“title_printed”"),
        (standard({**ITEM, "code": "NC-1"}, {**ITEM, "code": "SQ-1"}), "编号 SQ-1 用了两次"),
        (
            standard(
                {"text": "班子团结", "checks": [{**CHECK, "code": "NC-1-C1"}]},
                {"text": "班子团结", "checks": [{**CHECK, "code": "NC-1-C1"}]},
            ),
            "编号 NC-1-C1 用了两次",
        ),
        ({"sections": {}}, "不是本系统"),
        ({"sections": [{"items": 1}]}, "不是本系统"),
        ({"sections": [{"items": [{"text": 1}]}]}, "不是本系统"),
        (["sections"], "不是本系统"),
        (standard({**ITEM, "text": "班子团结\x00"}), "不是本系统"),
        (standard(*[{"text": "有书记。"}] * 10_001), "10000"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_by_its_place(data, says):
    with pytest.raises(Unreadable, match=says):
        read(data)


@pytest.mark.parametrize(
    "content",
    [
        b"a: &a [x, x]\nb: &b [*a, *a]\nsections: [*b, *b]",
        b"sections: &s [*s]",
        b"a: " + b"[" * 5_000,
        b'sections: [{items: [{text: "\\ud800"}]}]',
        b"sections: !!python/name:os.system",
        b"\x80\x81\xff",
    ],
    ids=["laughs", "itself", "deep", "half a character", "code", "bytes"],
)
def test_yaml_made_to_harm_is_refused(content):
    with pytest.raises(Unreadable):
        drafts.read("标准.yaml", content)


WHOLE = yaml.safe_load((DATA / "NC.yaml").read_text(encoding="utf-8"))
SMALL = {
    **WHOLE,
    "sections": [{**WHOLE["sections"][1], "items": WHOLE["sections"][1]["items"][:2]}],
}


def places(node, at=()):
    yield at
    inner = node.items() if isinstance(node, dict) else ()
    for key, member in enumerate(node) if isinstance(node, list) else inner:
        yield from places(member, (*at, key))


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-1, 10**12),
    st.floats(),
    st.text(max_size=5),
    st.just("x" * 500),
    st.dates(),
    st.binary(max_size=3),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=2), st.integers(), max_size=2),
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(st.sampled_from([at for at in places(SMALL) if at]), ODD)
@example(("sections",), [])
def test_whatever_stands_in_whatever_place_is_read_or_refused(at, odd):
    data = copy.deepcopy(SMALL)
    node = data
    for key in at[:-1]:
        node = node[key]
    node[at[-1]] = odd
    try:
        (found,) = read(data).standards
    except Unreadable:
        return
    assert found.data["sections"]


@pytest.mark.parametrize(
    "twice",
    [
        "sections: []\nsections: [{items: [{text: 班子团结}]}]",
        "sections: [{items: [{text: 甲, text: 班子团结}]}]",
        "sections: [{items: [{text: 班子团结, checks: [{kind: must_be_true, kind: age_max}]}]}]",
    ],
)
def test_a_field_given_twice_is_refused_with_its_line(twice):
    with pytest.raises(Unreadable, match="同一个字段写了两次"):
        drafts.read("标准.yaml", twice.encode())
