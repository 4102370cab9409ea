"""A paper as Word is its template filled in: a county's own, or the system's."""

import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document

from designation.papers import fields, filling, word
from designation.papers.fields import PAPERS
from tests.designation.papers.papers import NAMES, decision, rectification


def said(content):
    return [one.text for one in Document(BytesIO(content)).paragraphs]


def document_xml(content):
    with zipfile.ZipFile(BytesIO(content)) as package:
        return package.read("word/document.xml").decode()


def template(*lines, rows=()):
    """A county's own, of these paragraphs, and a table of these rows."""
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    if rows:
        table = document.add_table(0, max(map(len, rows)))
        for texts in rows:
            for cell, text in zip(table.add_row().cells, texts, strict=False):
                cell.text = text
    made = BytesIO()
    document.save(made)
    return made.getvalue()


@pytest.mark.parametrize("kind", PAPERS)
def test_the_templates_of_the_system_keep_its_own_rules(kind):
    assert list(filling.faults(word.own_template(kind), word.schema(kind))) == []


def test_a_notice_is_numbered_by_its_own_number_and_not_by_that_of_a_red_head():
    notice = PAPERS["notice"](number="〔2026〕3号", title="公示")

    made = word.filled(notice, template("{{ number }}", "{{ paragraphs|join('') }}"))

    assert isinstance(made, bytes)
    assert said(made)[0] == "〔2026〕3号"


def test_the_system_s_template_says_all_of_a_decision():
    made = word.paper_docx(decision())

    lines = said(made)
    assert lines[0] == "中共青山县委文件"
    assert "青发〔2026〕8号" in lines
    assert "各有关单位：" in lines
    assert "附件：命名名单" in lines
    (table,) = Document(BytesIO(made)).tables
    assert [cell.text for cell in table.rows[1].cells] == [
        "1",
        "红旗镇第1村党支部",
        "农村",
        "340000-2026-NC-00001",
        "2029年6月20日",
    ]
    assert len(table.rows) == 1 + len(NAMES)
    assert not any("{" in line for line in lines)


def test_the_list_of_a_draft_has_no_column_for_what_nobody_knows_yet():
    names = tuple(replace(one, number="", valid_until="") for one in NAMES)

    (table,) = Document(BytesIO(word.paper_docx(decision(names=names)))).tables

    assert [cell.text for cell in table.rows[0].cells] == ["序号", "组织名称", "类别"]
    assert [cell.text for cell in table.rows[1].cells] == ["1", "红旗镇第1村党支部", "农村"]
    assert "{{ row.number }}" in document_xml(word.own_template("decision"))


def test_the_list_of_a_decision_may_be_as_long_as_a_province_makes_it():
    """Nobody else's template writes it, so nothing bounds it."""
    names = tuple(fields.Listed(place=str(one), name=f"第{one}村") for one in range(1, 10_001))

    made = word.paper_docx(decision(names=names))

    assert "第10000村" in document_xml(made)


def test_a_county_s_own_template_is_filled_with_plain_fields():
    own = template(
        "{{ document_number }}　{{ holder }}",
        "{% if correct_by %}请于{{ correct_by }}前整改{% else %}请整改{% endif %}",
        "{%p for one in paragraphs %}",
        "{{ loop.index }}. {{ one }}",
        "{%p endfor %}",
    )

    lines = said(word.filled(rectification(), own))

    assert lines[0] == "青组〔2026〕5号　红旗村党支部"
    assert lines[1] == "请于2026年7月20日前整改"
    assert lines[2].startswith("1. 经查，你单位持有的农村示范点称号")


def test_rows_of_a_county_s_own_table_are_repeated():
    own = template(
        "名单",
        rows=[
            ["{%tr for row in names %}", ""],
            ["{{ row.place }}", "{{ row.name }}"],
            ["{%tr endfor %}", ""],
        ],
    )

    (table,) = Document(BytesIO(word.filled(decision(), own))).tables

    assert len(table.rows) == len(NAMES)
    assert table.rows[1].cells[1].text == "红旗镇第2村党支部"


def test_what_fields_hold_is_text_and_never_read_as_a_tag():
    reason = "{{ holder }}<w:p/>&{% for %}\x0b👍"

    lines = said(word.filled(rectification(reason=reason), template("{{ reason }}")))

    assert lines == ["{{ holder }}<w:p/>&{% for %}□👍"]
