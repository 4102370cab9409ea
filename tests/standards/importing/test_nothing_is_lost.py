"""Every character of a file stands in an item, a title, a heading, or the list of what is unread.

The files are put together from parts that each hold words of their own, in any order.
"""

import io
import re
import unicodedata
import zipfile
from collections import Counter

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment

from standards.importing import drafts
from standards.importing.archives import Unreadable
from standards.phrases import lead

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def run(text, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def box(text):
    inner = f"<w:txbxContent><w:p>{run(text)}</w:p></w:txbxContent>"
    return f"<w:r><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></w:r>"


INLINE = {
    "plain": "甲 ",
    "hidden": run("暗文", "<w:vanish/>"),
    "struck": run("划去字", "<w:strike/>"),
    "raised": run("2", '<w:vertAlign w:val="superscript"/>'),
    "formula": "<m:oMath><m:r><m:t>≥85%</m:t></m:r></m:oMath>",
    "fraction": "<m:oMath><m:f><m:num><m:r><m:t>子</m:t></m:r></m:num>"
    "<m:den><m:r><m:t>母</m:t></m:r></m:den></m:f></m:oMath>",
    "symbol": '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>',
    "unknown": '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>',
    "box": box("框中字"),
    "ruby": "<w:r><w:ruby><w:rt><w:r><w:t>zhù</w:t></w:r></w:rt>"
    "<w:rubyBase><w:r><w:t>注</w:t></w:r></w:rubyBase></w:ruby></w:r>",
    "choice": "<w:r><mc:AlternateContent><mc:Choice Requires='wps'>"
    f"<w:pict>{box('新框')}</w:pict></mc:Choice>"
    f"<mc:Fallback><w:pict>{box('新框')}</w:pict></mc:Fallback></mc:AlternateContent></w:r>",
    "field": f'<w:fldSimple w:instr="X">{run("域字")}</w:fldSimple>',
}
HELD = {"plain": "甲", "symbol": "≥", "unknown": "F0FE", "raised": "2"}

PARAGRAPHS = [
    "某某示范标准",
    "乙乙示范标准",
    "（试行）",
    "一、队伍",
    "二、阵地",
    "（一）班子",
    "1.有书记。",
    "2.60%以上党员参加。",
    "3.没有失职情况",
    "2、有委员；",
    "无编号的一段话。",
    "运行机制规范",
    "目录",
    "附则",
    "青山县",
    "2026年3月1日",
    "4.达到3.5万元。扣2分。",
    "本标准由县解释。",
    "1.1 有专栏。",
    "长" * 120,
]
ROWS = [
    ("序号", "内容（共100分）", "分值", "方法"),
    ("1", "有宣传栏。", "5", "现场看"),
    ("2", "每年2次。", "", "查台账"),
    ("二、设施", "", "", ""),
    ("", "有灯", "", ""),
    ("合计", "", "100", ""),
    ("部分", "序号", "标准", "备注"),
    ("队伍", "3", "有人", "丙"),
    ("8", "9", "10", "11"),
]


def squeezed(text):
    return Counter(re.sub(r"[\s：；]", "", unicodedata.normalize("NFKC", text)))


def told(draft):
    yield from (f"{passage.text}{passage.reason}" for passage in draft.unread)
    for standard in draft.standards:
        yield standard.title
        for section in standard.sections:
            yield f"{section.number_printed or ''}{section.title_printed}"
            yield from (f"{item.number_printed}{item.text}" for item in section.items)


def lost(name, content, held):
    """A file that is refused is not lost in silence."""
    try:
        draft = drafts.read(name, content)
    except Unreadable:
        return Counter()
    found = sum((squeezed(text) for text in told(draft)), Counter())
    return squeezed(held) - found


def saved(made):
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


blocks = st.lists(st.sampled_from(PARAGRAPHS), max_size=8)
inlines = st.lists(st.sampled_from(sorted(INLINE)), max_size=4)
tables = st.lists(st.sampled_from(ROWS), max_size=6)
MANY = settings(deadline=None, max_examples=80, suppress_health_check=list(HealthCheck))


@MANY
@given(st.lists(st.tuples(st.sampled_from(PARAGRAPHS), inlines), max_size=8), tables, st.booleans())
def test_nothing_of_a_word_file_is_lost_in_silence(paragraphs, rows, merges):
    made, held = docx.Document(), ["1.有序号的条目。"]
    made.add_paragraph(held[0])
    for text, names in paragraphs:
        paragraph = made.add_paragraph(text)
        held.append(text)
        for name in names:
            wrapped = f"<w:p {NAMESPACES}>{run('甲') if name == 'plain' else INLINE[name]}</w:p>"
            for part in parse_xml(wrapped):
                paragraph._p.append(part)
            words = re.sub(r"<mc:Fallback>.*</mc:Fallback>", "", INLINE[name])
            held.append(HELD.get(name) or "".join(re.findall(r"t>([^<]+)</", words)))
    if rows:
        table = made.add_table(rows=len(rows), cols=4)
        for at, row in enumerate(rows):
            for place, text in enumerate(row):
                table.cell(at, place).text = text
            held += row
        if merges and len(rows) > 1:
            table.cell(0, 0).merge(table.cell(1, 0))
    made.sections[0].header.paragraphs[0].text = "页眉字"
    made.sections[0].footer.paragraphs[0].text = "页脚字"
    held += ["页眉字", "页脚字"]
    assert lost("标准.docx", saved(made), "".join(held)) == Counter()


@MANY
@given(blocks)
def test_nothing_of_a_text_is_lost_in_silence(paragraphs):
    held = "\n".join(["1.有序号的条目。", *paragraphs])
    assert lost("标准.txt", held.encode(), held) == Counter()


@MANY
@given(tables, blocks, st.sampled_from(["visible", "hidden", "veryHidden"]), st.integers(0, 3))
def test_nothing_of_a_workbook_is_lost_in_silence(rows, others, state, hidden):
    book = openpyxl.Workbook()
    sheet, held = book.active, ["1.有序号的条目。"]
    sheet.append(held)
    for row in rows:
        sheet.append(row)
        held += row
    sheet.row_dimensions[2].hidden = hidden == 1
    sheet.column_dimensions["C"].hidden = hidden == 2
    sheet.cell(1, 60).value = "第六十列"
    sheet["B1"].comment = Comment("批注字", "某人")
    sheet.oddHeader.center.text = "表眉字"
    if hidden == 3 and rows:
        sheet.merge_cells("B2:B3")
        held = [*held[:1], *(str(c.value or "") for r in sheet.iter_rows(min_row=2) for c in r)]
    second = book.create_sheet("旧稿")
    for text in others:
        second.append([text])
    second.sheet_state = state
    held += ["第六十列", "批注字", "表眉字", *others]
    assert lost("标准.xlsx", saved(book), "".join(held)) == Counter()


def with_part(content, name, part):
    made = io.BytesIO(content)
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, part)
    return made.getvalue()


@pytest.mark.parametrize("name", ["fraction", "unknown", "struck"])
def test_no_check_is_proposed_from_a_line_that_was_not_read_whole(name):
    made = docx.Document()
    paragraph = made.add_paragraph("1.合格率不低于80%")
    for part in parse_xml(f"<w:p {NAMESPACES}>{INLINE[name]}</w:p>"):
        paragraph._p.append(part)
    draft = drafts.read("标准.docx", saved(made))
    assert draft.standards[0].sections[0].items[0].checks == ()
    assert any("没有读出的内容" in passage.reason for passage in draft.unread)


def test_a_power_and_a_formula_of_one_row_are_read_as_they_stand():
    made = docx.Document()
    first, second = made.add_paragraph("1.面积不低于200m"), made.add_paragraph("2.合格率")
    for paragraph, name in ((first, "raised"), (second, "formula")):
        for part in parse_xml(f"<w:p {NAMESPACES}>{INLINE[name]}</w:p>"):
            paragraph._p.append(part)
    items = drafts.read("标准.docx", saved(made)).standards[0].sections[0].items
    assert [(item.checks[0].unit, item.checks[0].threshold) for item in items] == [
        ("平方米", 200),
        ("%", 85),
    ]


def test_a_workbook_is_read_as_it_is_shown():
    book = openpyxl.Workbook()
    for row, value, shown in [
        (1, 0.9, "0%"),
        (2, 1.1, "0.00"),
        (3, 12000, "#,##0"),
        (4, 5, '0"元"'),
    ]:
        book.active.append([row, "数值不低于", value])
        book.active.cell(row, 3).number_format = shown
    draft = drafts.read("标准.xlsx", saved(book))
    texts = [item.text for item in draft.standards[0].sections[0].items]
    assert texts == ["数值不低于 90%", "数值不低于 1.10", "数值不低于 12,000", "数值不低于 5"]
    assert [p.text for p in draft.unread if "显示格式" in p.reason] == ["C4：5"]


def test_a_number_is_printed_as_its_cell_has_it():
    book = openpyxl.Workbook()
    for row in [("序号", "内容"), (1, "有书记。"), ("2.", "有委员。"), ("03", "有党员。")]:
        book.active.append(row)
    items = drafts.read("标准.xlsx", saved(book)).standards[0].sections[0].items
    assert [item.number_printed for item in items] == ["1", "2.", "03"]


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("1", "1 60%以上"),
        ("1.", "1.60%以上"),
        ("（一）", "（一）60%以上"),
        ("", "60%以上"),
        (None, "60%以上"),
    ],
)
def test_a_number_never_runs_into_a_figure_of_its_item(number, shown):
    assert f"{lead(number)}60%以上" == shown


def test_pictures_and_embedded_files_are_told():
    made = docx.Document()
    made.add_paragraph("1.有书记。")
    picture = (
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
        b"\x1f\x15\xc4\x89\x00\x00\x00\nIDATx\x9cc\x00\x01\x00\x00\x05\x00\x01\r\n-\xb4\x00\x00\x00"
        b"\x00IEND\xaeB`\x82"
    )
    made.add_picture(io.BytesIO(picture))
    told_ = [passage.text for passage in drafts.read("标准.docx", saved(made)).unread]
    assert told_ == ["图片 1 张"]


def test_points_and_ways_of_checking_stand_beside_the_items_and_are_told():
    made = docx.Document()
    rows = [("序号", "标准", "分值", "扣分说明"), ("1", "知晓率80%以上。", "15", "低于80%不得分。")]
    table = made.add_table(rows=2, cols=4)
    for at, row in enumerate(rows):
        for place, text in enumerate(row):
            table.cell(at, place).text = text
    draft = drafts.read("标准.docx", saved(made))
    (item,) = draft.standards[0].sections[0].items
    assert (item.text, [check.threshold for check in item.checks]) == ("知晓率80%以上。", [80])
    assert [passage.text for passage in draft.unread] == [
        "序号 标准 分值 扣分说明",
        "分值：15",
        "扣分说明：低于80%不得分。",
    ]


def test_rows_merged_in_the_column_of_numbers_are_items_of_their_own():
    made = docx.Document()
    table = made.add_table(rows=3, cols=3)
    rows = [("序号", "名称", "内容"), ("1", "场地", "有广场。"), ("", "", "有宣传栏。")]
    for at, row in enumerate(rows):
        for place, text in enumerate(row):
            table.cell(at, place).text = text
    for place in (0, 1):
        table.cell(1, place).merge(table.cell(2, place))
    items = drafts.read("标准.docx", saved(made)).standards[0].sections[0].items
    assert [(item.number_printed, item.text) for item in items] == [
        ("1", "场地 有广场。"),
        ("1", "场地 有宣传栏。"),
    ]
