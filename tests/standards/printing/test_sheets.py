"""The self-assessment sheet asks everything the standard asks, and leaves room to answer."""

from io import BytesIO

import pytest
from django.utils.translation import override
from docx import Document
from pypdf import PdfReader

from standards import catalogue, wording
from standards.printing import pdf, word
from standards.printing.sheets import Filling, sheet

pytestmark = pytest.mark.django_db
CATEGORIES = ["JG", "NC", "SQ"]


def questions(made):
    return [
        question
        for section in made.sections
        for item in section.items
        for question in item.questions
    ]


def question(made, code):
    return next(one for one in questions(made) if one.asked.startswith(f"{code} "))


def text_of(made):
    reader = PdfReader(BytesIO(pdf.sheet_pdf(made)))
    return "".join("".join(page.extract_text() for page in reader.pages).split())


def words_of(made):
    document = Document(BytesIO(word.sheet_docx(made)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *(paragraph.text for paragraph in document.paragraphs)])


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_item_and_every_check_stands_on_the_sheet(category):
    version = catalogue.current(category)
    standard = catalogue.read(version)
    printed, typed = text_of(sheet(version)), words_of(sheet(version))

    for item in standard.items:
        assert "".join(f"{item.number_printed}{item.text}".split()) in printed
        assert f"{item.number_printed}{item.text}" in typed
        for check in item.checks:
            assert "".join(wording.rule(check).split()) in printed
            assert wording.rule(check) in typed


def test_a_figure_is_asked_with_its_unit_and_a_yes_or_no_with_boxes():
    made = sheet(catalogue.current("NC"))

    assert question(made, "NC-06-C1").room == ("________ 次/月",)
    assert question(made, "NC-01-C2").room == ("□ 没有　　□ 有",)
    assert question(made, "NC-01-C1").room == (), "a text has room of its own"


def test_a_rate_is_asked_as_its_named_figures(own_rate):
    room = question(sheet(own_rate), "NC-09-C2").room

    assert {line.split("：")[0] for line in room} == {"满意", "有效"}


@pytest.fixture
def own_rate(own):
    """A draft whose satisfaction rate is derived from two counts of sheets."""
    check = own.draft.items.get(code="NC-09").checks.get(code="NC-09-C2")
    check.parameters = {
        "derive": "satisfied / valid",
        "figures": {"satisfied": {"zh": "满意"}, "valid": {"zh": "有效"}},
    }
    check.save(update_fields=["parameters"])
    return own.draft


def test_what_may_be_left_out_has_a_box_for_its_reason(own):
    check = own.draft.items.get(code="NC-06").checks.get()
    check.may_be_not_applicable = True
    check.save(update_fields=["may_be_not_applicable"])

    assert question(sheet(own.draft), "NC-06-C1").room[-1] == "□ 不适用，原因：________"


def test_suggested_evidence_stands_with_its_check():
    assert question(sheet(catalogue.current("NC")), "NC-06-C1").evidence.startswith("建议材料：")


def test_a_sample_names_its_base_and_that_it_is_drafted():
    made = sheet(catalogue.sample("XX"))

    assert "（参照公开依据拟写，并非文件原文）" in made.under_title
    bases = [item.basis for section in made.sections for item in section.items]
    assert all(bases)
    assert any("由我们拟写" in basis for basis in bases)


def test_in_english_the_titles_stand_above_the_chinese_which_governs():
    with override("en"):
        made = sheet(catalogue.current("NC"))
        printed = text_of(made)

    assert "Decisionscarriedoutinthevillage" in printed
    assert "党的路线方针政策和各级党委的决策部署在村内贯彻落实到位" in printed
    assert any("Chinese" in line for line in made.under_title)


def test_a_filled_sheet_shows_what_was_answered_and_a_dash_for_the_rest():
    version = catalogue.current("NC")
    filling = Filling({"NC-06-C1": "2 次/月"}, "达标", "每月两次。", ("活动记录",))
    made = sheet(version, fillings={"NC-06": filling})

    assert question(made, "NC-06-C1").room == ("2 次/月",)
    assert question(made, "NC-05-C1").room == ("□ 是　　□ 否",)
    printed = text_of(made)
    assert "自评结论：达标" in printed
    assert "佐证材料：活动记录" in printed
    assert "说明：每月两次。" in printed


def test_a_sheet_costs_three_statements(django_assert_num_queries):
    version = catalogue.current("NC")
    with django_assert_num_queries(3):
        sheet(version)
