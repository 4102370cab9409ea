"""The report of a round as Word: its figures are those of the pages, its words an office's."""

from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from designation.applications.models import Stage
from designation.organizations.models import Jurisdiction, Level, Organization, Role
from designation.rounds.models import RecommendationQuota, Round
from reports.figures import report as made
from tests import factories
from tests.course import OPINION
from tests.hostile import HOSTILE
from tests.reports.figures import in_another_township, tables

pytestmark = pytest.mark.django_db


def report(client, county, person=None):
    client.force_login(person or county.coordinator)
    return client.get(reverse("reports:report", args=[county.round.pk]))


def read(answer):
    return Document(BytesIO(b"".join(answer.streaming_content)))


def lines(document):
    return [one.text for one in document.paragraphs if one.text]


def rows(document):
    """The tables after the facts, each as rows of texts."""
    return [
        [[cell.text for cell in row.cells] for row in table.rows] for table in document.tables[1:]
    ]


@pytest.fixture
def under_way(county):
    county.at(Stage.RECOMMENDED)
    rejected = county.beside().at(Stage.SUBMITTED)
    county.act("reject", rejected, county.reviewer, opinion=OPINION)
    RecommendationQuota.objects.create(
        round=county.round, reviewing_body=county.township, category="NC", places=3
    )
    return county


def test_it_says_in_a_sentence_what_the_round_came_to(client, under_way):
    answer = report(client, under_way)

    assert answer["Content-Disposition"].startswith("attachment")
    told = lines(read(answer))
    assert told[0] == "2026年示范点评定统计报告"
    assert (
        "本批次共收到申报 2 件，其中初审推荐 1 件，县级核验合格 0 件，经会议研究拟命名 0 件，"
        "公示 0 件，命名 0 件。" in told
    )
    assert "未通过、未入选或者撤回的 1 件，其余 1 件仍在办理。" in told


def test_its_facts_are_those_of_the_round(client, under_way):
    facts = read(report(client, under_way)).tables[0]

    told = [[cell.text for cell in row.cells] for row in facts.rows]
    assert ["主办单位", "中共青山县委", "承办单位", "县委组织部"] in told
    assert ["批准机关", "省表彰办", "批准文号", "省表办〔2026〕1号"] in told


def test_every_table_of_the_pages_stands_in_it_with_the_same_figures(client, under_way):
    shown = [
        *tables(client, under_way.coordinator, under_way.round).values(),
        *tables(client, under_way.coordinator, under_way.round, page="item_figures").values(),
    ]

    document = read(report(client, under_way))

    headed = [one for one in lines(document) if one[1:2] == "、"]
    assert [one[2:] for one in headed] == ["总体情况", *(table.title for table in shown)]
    assert headed[0].startswith("一、")
    assert headed[-1].startswith("八、")
    assert rows(document) == [
        [
            [table.head, *table.columns],
            *([line.words, *(one.text for one in line.figures)] for line in table.lines),
        ]
        for table in shown
        if table.lines
    ]
    assert lines(document).count("没有。") == sum(not table.lines for table in shown)


def test_it_is_in_chinese_whatever_the_page_speaks(client, under_way):
    client.force_login(under_way.coordinator)
    address = reverse("reports:report", args=[under_way.round.pk])

    answer = client.get(address, headers={"accept-language": "en"})

    assert "二、走到哪一步" in lines(read(answer))


def test_it_names_nobody(client, under_way):
    document = read(report(client, under_way))

    told = " ".join([*lines(document), str(rows(document))])
    for person in (under_way.coordinator, under_way.reviewer, under_way.head):
        assert person.full_name not in told
    assert under_way.village.name not in told


def test_only_an_office_of_the_whole_round_takes_it(client, under_way):
    parent = under_way.jurisdiction.parent or factories.JurisdictionFactory(
        code="341800000000", level=Level.PREFECTURE, name_zh="某市"
    )
    above = factories.seated(Role.COUNTY_COORDINATOR, parent)
    elsewhere = factories.JurisdictionFactory(code="341922000000", name_zh="白水县")
    beside = factories.seated(Role.COUNTY_COORDINATOR, elsewhere)
    reviewer = in_another_township(under_way).reviewer

    people = (above, under_way.deciding_officer, under_way.reviewer, reviewer, beside)
    codes = [report(client, under_way, person).status_code for person in people]

    assert codes == [200, 200, 404, 404, 404]


# Whatever things are called


def batches(texts, size):
    return [texts[at : at + size] for at in range(0, len(texts), size)]


LONGEST = 120
NAMED = ("name_zh", "organizer", "managing_office", "approving_body")


def call_everything(county, texts):
    """The round, those who hold it, a township and a body by these texts, as long as may be."""
    texts = [text[:LONGEST] for text in texts]
    of_the_round = dict(zip(NAMED, texts, strict=False))
    Round.objects.filter(pk=county.round.pk).update(**of_the_round)
    county.round.refresh_from_db()
    Jurisdiction.objects.filter(pk=county.township.jurisdiction_id).update(name_zh=texts[-1])
    Organization.objects.filter(pk=county.township.pk).update(name_zh=texts[-1])


def whole(document):
    """Every text of the document, as a reader finds it."""
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*(one.text for one in document.paragraphs), *cells]


@pytest.mark.parametrize("samples", batches(HOSTILE, len(NAMED) + 1), ids=lambda some: some[0].name)
def test_it_says_every_name_as_it_was_taken(under_way, samples):
    texts = [sample.line for sample in samples]
    call_everything(under_way, texts)

    said = whole(Document(BytesIO(made.file(under_way.round, under_way.coordinator))))

    for text in texts:
        assert any(text[:LONGEST].strip() in one for one in said), text


@pytest.mark.parametrize("samples", batches(HOSTILE, len(NAMED) + 1), ids=lambda some: some[0].name)
def test_a_name_from_before_the_cleaning_keeps_nobody_from_the_report(under_way, samples):
    """What no XML may hold is left out; the file opens, and everything beside it is said."""
    typed = [sample.typed.replace("\0", "") for sample in samples]
    call_everything(under_way, [one.encode(errors="ignore").decode() for one in typed])

    document = Document(BytesIO(made.file(under_way.round, under_way.coordinator)))

    assert any("本批次共收到申报 2 件" in one for one in whole(document))
    assert all("\x01" not in one and "\x1b" not in one for one in whole(document))


def test_what_was_written_in_a_decision_is_in_it_nowhere(county):
    said = "".join(sample.kept for sample in HOSTILE)
    county.act("reject", county.at(Stage.SUBMITTED), county.reviewer, opinion=said)

    told = whole(Document(BytesIO(made.file(county.round, county.coordinator))))

    assert any("未通过、未入选或者撤回的 1 件" in one for one in told)
    assert not any("<script>" in one or "HYPERLINK" in one for one in told)


def test_markup_and_formulas_are_words_in_it(under_way):
    """Neither an element of the document nor a field that Word would reckon or follow."""
    call_everything(
        under_way, ['=HYPERLINK("http://x.y","甲")', "<w:instrText>DDEAUTO</w:instrText>", "&lt;甲"]
    )

    document = Document(BytesIO(made.file(under_way.round, under_way.coordinator)))

    body = document.element.body
    assert body.findall(".//{*}instrText") == []
    assert body.findall(".//{*}hyperlink") == []
    assert "<w:instrText>DDEAUTO</w:instrText>" in whole(document)
