"""The loaded standards against the source passage: verbatim, whole, and every phrase in place."""

import re

import pytest

from standards import catalogue, kinds
from standards.loading import DATA
from standards.models import Check, Item, StandardVersion

pytestmark = pytest.mark.django_db

SOURCE = (DATA / "source.zh.txt").read_text(encoding="utf-8")
# items, checks and printed characters of each standard
PRINTED = {"JG": (14, 41, 1452), "NC": (23, 79, 1785), "SQ": (16, 57, 1583)}
QUANTITATIVE = [
    kind
    for kind in kinds.codes()
    if kind not in ("must_be_true", "must_be_false", "declared_qualitative")
]
NEGATIVE = ("没有", "无", "不是")
ADVISORY = ("一般", "原则上", "鼓励")


def version(category):
    return catalogue.current(category)


def checks_of(category):
    return Check.objects.filter(item__version=version(category)).select_related("item")


@pytest.mark.parametrize("category", PRINTED)
def test_each_standard_rebuilds_its_source_passage_character_by_character(category):
    passage = version(category).source["passage"]
    printed = SOURCE[passage["start"] : passage["start"] + passage["length"]]
    rebuilt = catalogue.rebuild_text(version(category))
    assert len(rebuilt) == PRINTED[category][2]
    for place, (ours, theirs) in enumerate(zip(rebuilt, printed, strict=True)):
        assert ours == theirs, f"character {place}: {rebuilt[place - 10 : place + 10]}"


def test_the_three_passages_follow_each_other_to_the_end_of_the_source():
    rebuilt = "".join(catalogue.rebuild_text(version(category)) for category in PRINTED)
    contents, _, rest = SOURCE.rstrip("\n").partition(rebuilt)
    assert rest == ""
    assert contents.endswith("7、机关(事业)单位基层党组织建设示范标准")


@pytest.mark.parametrize(("category", "counts"), PRINTED.items())
def test_each_standard_has_all_its_items_and_checks(category, counts):
    items, checks, _ = counts
    assert version(category).items.count() == items
    assert checks_of(category).count() == checks


def test_there_are_53_items_and_177_checks_in_all():
    published = StandardVersion.Status.PUBLISHED
    assert Item.objects.filter(version__status=published).count() == 53
    assert Check.objects.filter(item__version__status=published).count() == 177


@pytest.mark.parametrize("category", PRINTED)
def test_every_check_quotes_a_phrase_of_its_own_item(category):
    assert [
        c.code for c in checks_of(category) if c.phrase not in c.item.text or not c.phrase
    ] == []


@pytest.mark.parametrize("category", PRINTED)
def test_every_digit_of_a_text_is_covered_by_a_check_that_counts(category):
    for item in version(category).items.prefetch_related("checks"):
        covered = {
            place
            for check in item.checks.all()
            if check.kind != "declared_qualitative"
            for place in range(
                item.text.index(check.phrase), item.text.index(check.phrase) + len(check.phrase)
            )
        }
        for digit in re.finditer(r"\d", item.text):
            assert digit.start() in covered, f"{item.code}: {digit.group()} at {digit.start()}"


@pytest.mark.parametrize("category", PRINTED)
def test_every_threshold_is_printed_in_its_phrase(category):
    unprinted = {"NC-12-C2": 0, "JG-02-C5": 1, "JG-13-C1": 1, "NC-06-C1": 1}
    for check in checks_of(category).filter(kind__in=QUANTITATIVE):
        figure = f"{check.threshold.normalize():f}"
        if check.code in unprinted:  # 无, 每年度 and 每月 carry the number without a digit
            assert check.threshold == unprinted[check.code]
        else:
            assert figure in re.findall(r"\d+", check.phrase), check.code


@pytest.mark.parametrize("category", PRINTED)
def test_metric_names_are_unique_within_a_category(category):
    names = list(checks_of(category).values_list("metric", flat=True))
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("category", PRINTED)
def test_advisory_checks_are_those_whose_wording_is(category):
    for check in checks_of(category):
        # “上下一般粗” is a saying; its 一般 softens nothing.
        phrase, text = (re.sub("“.*?”", "", words) for words in (check.phrase, check.item.text))
        if check.strictness == "advisory":
            sentence = next(part for part in re.split("[。;]", text) if phrase in part)
            assert any(word in sentence for word in ADVISORY), check.code
        else:
            assert not any(word in phrase for word in ADVISORY), check.code


def test_negative_checks_are_strict_and_four_are_suggested_as_vetoes():
    verbatim = Check.objects.filter(item__version__provenance="verbatim")
    negative = verbatim.filter(kind="must_be_false")
    assert negative.exclude(strictness="strict").count() == 0
    assert all(any(word in check.phrase for word in NEGATIVE) for check in negative)
    suggested = verbatim.filter(veto_suggested=True).order_by("code")
    assert [check.code for check in suggested] == ["NC-03-C4", "NC-03-C5", "NC-09-C4", "NC-20-C5"]
    assert all(check.confirm_with for check in suggested)


def test_the_local_terms_are_the_seven_the_source_leaves_open():
    verbatim = Check.objects.filter(item__version__provenance="verbatim")
    terms = set(verbatim.exclude(local_term="").values_list("local_term", flat=True))
    assert terms == {
        "三有三带",
        "双推双评三全程",
        "四个统一",
        "四议两公开",
        "两代表一委员",
        "一征三议两公开",
        "通、净、绿、亮、文",
    }


def test_every_remark_of_ours_is_there_in_chinese_and_in_english():
    for check in Check.objects.all():
        assert bool(check.note) == bool(check.note_en), check.code
        assert not re.match(r"[A-Za-z]", check.note), check.code
        assert check.metric_zh, check.code
        assert check.metric_en, check.code
        if check.suggestion_not_in_text:
            assert {"zh", "en"} <= check.suggestion_not_in_text.keys()
    for item in Item.objects.all():
        assert item.title_en, item.code
        assert all(oddity.keys() == {"zh", "en"} for oddity in item.oddities)
