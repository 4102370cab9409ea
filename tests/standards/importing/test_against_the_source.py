# ruff: noqa: T201 - the figures are printed on purpose
"""The import against the curated standards: the same items, and the checks a person found."""

import io

import docx
import pytest
import yaml

from standards.importing import drafts
from standards.loading import DATA

SOURCE = (DATA / "source.zh.txt").read_text(encoding="utf-8")
CURATED = [
    yaml.safe_load((DATA / f"{category}.yaml").read_text(encoding="utf-8"))
    for category in ("JG", "NC", "SQ")
]
QUANTITATIVE = ("number", "percent", "frequency", "age")


def as_text():
    return "source.txt", SOURCE.encode()


def as_docx():
    return "source.docx", docx_of(SOURCE.splitlines())


def docx_of(paragraphs):
    document, held = docx.Document(), io.BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(held)
    return held.getvalue()


@pytest.fixture(params=[as_text, as_docx])
def draft(request):
    return drafts.read(*request.param())


def printed_items(sections):
    return [
        (section["number_printed"], section["title_printed"], item["number_printed"], item["text"])
        for section in sections
        for item in section["items"]
    ]


def test_all_53_items_are_found_in_their_sections_verbatim(draft):
    assert [standard.title for standard in draft.standards] == [
        standard["heading_printed"] for standard in CURATED
    ]
    found = [
        (section.number_printed, section.title_printed, item.number_printed, item.text)
        for standard in draft.standards
        for section in standard.sections
        for item in section.items
    ]
    curated = [item for standard in CURATED for item in printed_items(standard["sections"])]
    assert len(curated) == 53
    assert found == curated


def quantitative(kind):
    return kind.split("_")[0] in QUANTITATIVE


def same(curated, proposed):
    return (
        curated["kind"] == proposed.kind
        and curated["threshold"] == proposed.threshold
        and (curated["phrase"] in proposed.phrase or proposed.phrase in curated["phrase"])
    )


def test_nine_tenths_of_the_quantitative_checks_are_proposed_and_few_wrong(draft, capsys):
    wanted, offered, matched, met = 0, 0, 0, 0
    misses = []
    ours = [item for s in draft.standards for section in s.sections for item in section.items]
    curated = [item for s in CURATED for section in s["sections"] for item in section["items"]]
    for theirs, item in zip(curated, ours, strict=True):
        checks = [check for check in theirs["checks"] if quantitative(check["kind"])]
        proposed = [check for check in item.checks if quantitative(check.kind)]
        right = [offer for offer in proposed if any(same(check, offer) for check in checks)]
        found = [check for check in checks if any(same(check, offer) for offer in proposed)]
        wanted, offered = wanted + len(checks), offered + len(proposed)
        matched, met = matched + len(right), met + len(found)
        misses += [offer for offer in proposed if offer not in right]
        misses += [check for check in checks if check not in found]
    with capsys.disabled():
        print(f"\nfound {met} of {wanted} quantitative checks ({met / wanted:.1%}); ", end="")
        print(f"wrong {offered - matched} of {offered} ({(offered - matched) / offered:.1%})")
    assert met / wanted >= 0.9, misses
    assert (offered - matched) / offered <= 0.05, misses


def test_every_phrase_stands_in_its_item_and_unread_passages_say_why(draft):
    for standard in draft.standards:
        for section in standard.sections:
            for item in section.items:
                assert all(check.phrase in item.text for check in item.checks)
    assert all(passage.line and passage.reason for passage in draft.unread)
    assert {"三、", "运行机制标准化", "作用发挥具体化"} <= {p.text for p in draft.unread}


def test_advisory_wording_gives_advisory_checks(draft):
    advisory = {
        check.phrase
        for standard in draft.standards
        for section in standard.sections
        for item in section.items
        for check in item.checks
        if not check.strict and quantitative(check.kind)
    }
    assert advisory == {"一般面积达到300平方以上", "新发展的党员原则上40岁以下、高中以上学历"}


def test_300_items_in_a_docx_are_read_whole():
    paragraphs = ["某某示范标准", "一、总则"]
    paragraphs += [f"{n}.每年至少召开{n}次会议,满意率在80%以上。" for n in range(1, 301)]

    read = drafts.read("many.docx", docx_of(paragraphs))

    items = read.standards[0].sections[0].items
    assert len(items) == 300
    assert [int(item.checks[0].threshold) for item in items] == list(range(1, 301))
