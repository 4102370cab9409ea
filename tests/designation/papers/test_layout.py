"""An official document has the measures of GB/T 9704-2012."""

from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest
from pypdf import PdfReader

from designation.papers import files
from designation.papers.title_lines import LONGEST, title_lines
from tests.designation.papers.papers import NAMES, decision, rectification

MM = 72 / 25.4
BLOCK_TOP, BLOCK_BOTTOM, BLOCK_LEFT, BLOCK_RIGHT = 297 - 37, 35, 28, 210 - 26
EM = 16 / MM


class Page:
    """A page, measured in millimetres from its lower left corner."""

    def __init__(self, page):
        self.page, self.text = page, page.get_textpage()

    def box(self, words):
        """Left, bottom, right and top of ``words``."""
        found = self.text.search(words).get_next()
        assert found, f"{words} is not on the page"
        boxes = [self.text.get_charbox(found[0] + place) for place in range(found[1])]
        lefts, bottoms, rights, tops = zip(*boxes, strict=True)
        return min(lefts) / MM, min(bottoms) / MM, max(rights) / MM, max(tops) / MM

    def rules(self):
        """Left, bottom, right and top of each line that is drawn across the block."""
        paths = [one for one in self.page.get_objects() if one.type == 2]
        bounds = [[side / MM for side in one.get_bounds()] for one in paths]
        return [one for one in bounds if one[2] - one[0] > 150]

    def says(self):
        return self.text.get_text_bounded()


def pages(paper):
    return [Page(one) for one in pypdfium2.PdfDocument(files.paper_pdf(paper))]


def near(value, within=1.5):
    return pytest.approx(value, abs=within)


@pytest.fixture(scope="module")
def of_decision():
    return pages(decision())


def test_the_red_mark_stands_35_mm_under_the_top_of_the_block_in_its_middle(of_decision):
    left, _bottom, right, top = of_decision[0].box("中共青山县委文件")

    assert top == near(BLOCK_TOP - 35, 3)
    assert (left + right) / 2 == near((BLOCK_LEFT + BLOCK_RIGHT) / 2)


def test_the_number_stands_in_six_angle_brackets_4_mm_over_the_rule(of_decision):
    first = of_decision[0]
    _left, bottom, _right, _top = first.box("青发〔2026〕8号")
    (rule,) = first.rules()

    assert bottom - rule[3] == near(4)
    assert (rule[0], rule[2]) == (near(BLOCK_LEFT), near(BLOCK_RIGHT))


def test_the_first_page_shows_the_body(of_decision):
    assert "依据本县评定方案。" in of_decision[0].says()


def test_page_numbers_stand_outside_with_dashes_under_the_block(of_decision):
    odd, even = of_decision[0].box("— 1 —"), of_decision[1].box("— 2 —")

    assert odd[2] == near(BLOCK_RIGHT - 14 / MM)
    assert even[0] == near(BLOCK_LEFT + 14 / MM)
    assert odd[3] == near(BLOCK_BOTTOM - 7, 3)


def test_the_annex_begins_on_a_page_of_its_own(of_decision):
    third = of_decision[2]

    assert third.box("附件")[3] == near(BLOCK_TOP)
    assert "命名名单" in third.says()
    assert "附件：命名名单" in of_decision[1].says().replace(" ", "")


def test_the_annex_of_a_draft_has_no_column_for_what_nobody_knows_yet(of_decision):
    names = tuple(replace(one, number="", valid_until="") for one in NAMES)
    annex = pages(decision(names=names, is_draft=True))[2].says()

    assert "组织名称" in annex
    for column in ("名册编号", "有效期至"):
        assert column in of_decision[2].says()
        assert column not in annex


def test_the_imprint_stands_at_the_foot_of_the_last_page_which_is_even(of_decision):
    last = of_decision[-1]

    assert len(of_decision) % 2 == 0
    assert "2026年6月20日印发" in last.says()
    assert min(rule[1] for rule in last.rules()) == near(BLOCK_BOTTOM)
    assert f"— {len(of_decision)} —" in last.says()


def test_an_empty_page_before_that_of_the_imprint_leaves_both_without_a_number():
    """7.5. How much text leaves no room for the imprint on an even page, the faces decide."""
    longer = (pages(rectification(reason="台账长期空白。\n" * lines)) for lines in range(15, 30))
    found = next(made for made in longer if not made[-2].says().strip("—0123456789 \r\n"))

    text, empty, imprint = found[:-2], found[-2], found[-1]

    assert "印发" in imprint.says()
    assert len(found) % 2 == 0
    for number, page in enumerate(text, start=1):
        assert f"— {number} —" in page.says()
    for page in (empty, imprint):
        assert "—" not in page.says()


def test_with_a_seal_the_date_stands_four_characters_in_and_the_name_over_its_middle(of_decision):
    page = next(one for one in of_decision[1:] if "2026年6月20日" in one.says())
    day, name = page.box("2026年6月20日"), page.box("中共青山县委\r\n2026")

    assert day[2] == near(BLOCK_RIGHT - 4 * EM, 2)
    assert (name[0] + name[2]) / 2 == near((day[0] + day[2]) / 2, 3)


def test_a_draft_says_so_and_leaves_room_for_its_number():
    first = pages(rectification(is_draft=True, document_number=""))[0].says()

    assert "草稿" in first
    assert "〔" in first


def test_it_declares_pdf_a_2u_and_says_who_made_it_and_what_it_is():
    reader = PdfReader(BytesIO(files.paper_pdf(rectification())))
    metadata = reader.trailer["/Root"]["/Metadata"].get_data().decode()

    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>U</pdfaid:conformance>" in metadata
    assert reader.metadata.title == "中共青山县委组织部关于限期整改的通知"


def test_it_says_which_faces_stand_in(of_decision):
    assert "字体替代：" in of_decision[-1].says()


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于限期整改的通知", ("关于限期整改的通知",)),
        (
            "中共青山县委关于命名2026年度基层党组织规范化建设示范点的决定",
            ("中共青山县委关于命名2026年度", "基层党组织规范化建设示范点的决定"),
        ),
        (
            "关于拟命名2026年度农村（社区）党组织规范化建设示范点名单的公示",
            ("关于拟命名2026年度农村（社区）", "党组织规范化建设示范点名单的公示"),
        ),
    ],
)
def test_a_title_is_broken_by_sense(title, lines):
    assert title_lines(title) == lines


@pytest.mark.parametrize("length", [21, 40, 41, 90])
def test_a_title_without_any_sense_to_break_at_still_fits(length):
    lines = title_lines("示" * length)

    assert "".join(lines) == "示" * length
    assert max(map(len, lines)) <= LONGEST
