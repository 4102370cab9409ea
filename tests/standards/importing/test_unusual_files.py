"""Files as they come: other encodings and layouts are read, the rest refused with a clear word."""

import io
import re
import zipfile

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from standards.importing import documents, drafts, workbooks
from standards.importing.documents import Unreadable
from standards.loading import DATA

TEXT = "某某示范标准\n一、队伍建设\n1.至少有3名专职干部。\n2.没有失职情况。\n"


def archive(**parts):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/"), content)
    return held.getvalue()


def document(*paragraphs):
    made, held = docx.Document(), io.BytesIO()
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    made.save(held)
    return held.getvalue()


def with_part(content, name, part):
    held = io.BytesIO(content)
    with zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, part)
    return held.getvalue()


def texts(draft):
    return [
        item.text
        for standard in draft.standards
        for section in standard.sections
        for item in section.items
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_read_in_the_encodings_met_in_offices(encoding):
    draft = drafts.read("标准.txt", TEXT.encode(encoding))
    assert draft.standards[0].title == "某某示范标准"
    assert texts(draft) == ["至少有3名专职干部。", "没有失职情况。"]


def test_a_sheet_with_the_number_in_its_own_column_is_read():
    book, held = openpyxl.Workbook(), io.BytesIO()
    for row in [("某某示范标准",), ("一、队伍建设",), (1, "至少有3名干部。"), (2, "每年2次。")]:
        book.active.append(row)
    book.save(held)
    assert texts(drafts.read("标准.xlsx", held.getvalue())) == ["至少有3名干部。", "每年2次。"]


def test_a_table_in_a_document_is_read():
    made, held = docx.Document(), io.BytesIO()
    table = made.add_table(rows=2, cols=1)
    table.cell(0, 0).text, table.cell(1, 0).text = "一、队伍建设", "1.至少有3名干部。"
    made.save(held)
    assert texts(drafts.read("标准.docx", held.getvalue())) == ["至少有3名干部。"]


def test_bracketed_numbers_are_items_where_no_others_stand():
    draft = drafts.read("标准.txt", "一、队伍\n(1)有书记。\n(2)有委员。".encode())
    assert texts(draft) == ["有书记。", "有委员。"]


def test_our_own_format_comes_back_with_all_its_checks():
    draft = drafts.read("NC.yaml", (DATA / "NC.yaml").read_bytes())
    items = [item for section in draft.standards[0].sections for item in section.items]
    assert len(items) == 23
    assert sum(len(item.checks) for item in items) == 79


def test_ten_thousand_items_are_read_and_one_more_is_refused():
    lines = ["一、全部", *(f"{number}.有书记。" for number in range(1, 10_001))]
    assert len(texts(drafts.read("大.txt", "\n".join(lines).encode()))) == 10_000
    with pytest.raises(Unreadable, match="10000"):
        drafts.read("大.txt", "\n".join([*lines, "10001.有书记。"]).encode())


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("空.docx", b"", "空的"),
        ("坏.docx", b"PK\x03\x04 not an archive", "损坏"),
        ("半.docx", document("1.有书记。")[:3000], "损坏"),
        ("别.docx", archive(other="x"), "损坏"),
        ("乱.docx", archive(**{"word/document.xml": "x"}), "损坏"),
        ("坏.xlsx", b"nothing of the kind", "损坏"),
        ("宏.docm", document("1.有书记。"), "宏"),
        ("宏.docx", with_part(document("1.有书记。"), "word/vbaProject.bin", b"x"), "宏"),
        ("旧.doc", b"\xd0\xcf\x11\xe0", "旧格式"),
        ("旧.docx", b"\xd0\xcf\x11\xe0" + bytes(600), "损坏"),
        ("版式.docx", b"%PDF-1.7\n" + b"x" * 600, "损坏"),
        ("表.xlsx", document("1.有书记。"), "损坏"),
        ("无标记.txt", "1.有书记。".encode("utf-16-le"), "编码"),
        ("繁体.txt", "1.有書記。".encode("big5"), "编码"),
        ("图.pdf", b"%PDF-1.7", "只能读取"),
        ("码.txt", b"\xff\xff\x00\x81", "编码"),
        ("散.txt", "没有编号的一段话。".encode(), "编号"),
        ("白.docx", document("", " "), "没有文字"),
        ("大.txt", b"a" * (20 * 1024 * 1024 + 1), "20 MB"),
        ("别.yaml", b"a: 1", "不是本系统"),
        ("坏.yaml", b"a: [", "不是本系统"),
        ("环.yaml", b"a: &a [x]\nb: [*a, *a]", "不是本系统"),
        ("令.yaml", b"sections: !!python/object/apply:os.system ['x']", "不是本系统"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(name, content, says):
    with pytest.raises(Unreadable, match=says):
        drafts.read(name, content)


def markup(inner):
    """Word's own markup, as a part of a paragraph."""
    names = qn("w:p").removesuffix("}p").removeprefix("{")
    return parse_xml(f'<w:part xmlns:w="{names}">{inner}</w:part>')[0]


def word(*lines):
    made = docx.Document()
    for line in lines:
        made.add_paragraph(line)
    return made


def saved(made):
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


RUN = "<w:r><w:t>违纪违法</w:t></w:r>"


@pytest.mark.parametrize(
    "inner",
    [
        f"<w:sdt><w:sdtContent>{RUN}</w:sdtContent></w:sdt>",
        f'<w:smartTag w:element="x">{RUN}</w:smartTag>',
        f'<w:fldSimple w:instr="X">{RUN}</w:fldSimple>',
        f"<w:hyperlink>{RUN}</w:hyperlink>",
        RUN + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r>",
    ],
    ids=["control", "tag", "field", "link", "hidden"],
)
def test_words_within_controls_tags_fields_and_links_are_read_and_hidden_ones_are_not(inner):
    made = word("1.没有")
    for part in markup(f"<w:parts>{inner}</w:parts>"):
        made.paragraphs[0]._p.append(part)
    made.paragraphs[0].add_run("现象。")
    assert texts(drafts.read("标准.docx", saved(made))) == ["没有违纪违法现象。"]


def test_a_paragraph_within_a_content_control_is_read_where_it_stands():
    made = word("1.有书记。", "3.有党员。")
    made.paragraphs[0]._p.addnext(
        markup(
            "<w:sdt><w:sdtContent><w:p><w:r><w:t>2.有委员。</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        )
    )
    assert texts(drafts.read("标准.docx", saved(made))) == ["有书记。", "有委员。", "有党员。"]


@pytest.mark.parametrize(
    ("inner", "says"),
    [
        (f'<w:ins w:id="1" w:author="x">{RUN}</w:ins>', "修订"),
        ('<w:del w:id="1" w:author="x"><w:r><w:delText>旧</w:delText></w:r></w:del>', "修订"),
    ],
    ids=["inserted", "deleted"],
)
def test_revisions_that_nobody_settled_are_refused(inner, says):
    made = word("1.有书记。")
    made.paragraphs[0]._p.append(markup(inner))
    with pytest.raises(Unreadable, match=says):
        drafts.read("标准.docx", saved(made))


ROWS = [
    ("部分", "序号", "内容", "备注"),
    ("一、队伍", "1", "至少有3名干部。", ""),
    ("", "2", "2026年内发展党员3名。", "组织部核"),
    ("二、阵地", "3", "有活动室。", ""),
]


def table_of(rows):
    made = docx.Document()
    table = made.add_table(rows=len(rows), cols=len(rows[0]))
    for at, row in enumerate(rows):
        for place, text in enumerate(row):
            table.cell(at, place).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    return "标准.docx", saved(made)


def sheet_of(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([int(cell) if cell.isdigit() else cell or None for cell in row])
    return "标准.xlsx", saved(book)


@pytest.mark.parametrize("laid_out", [table_of, sheet_of])
def test_a_table_with_sections_and_numbers_in_their_own_columns_is_read(laid_out):
    (standard,) = drafts.read(*laid_out(ROWS)).standards
    assert [
        (section.title_printed, [(item.number_printed, item.text) for item in section.items])
        for section in standard.sections
    ] == [
        ("队伍", [("1", "至少有3名干部。"), ("2", "2026年内发展党员3名。")]),
        ("阵地", [("3", "有活动室。")]),
    ]


def test_a_table_within_a_table_is_read_once():
    made = docx.Document()
    outer = made.add_table(rows=1, cols=1).cell(0, 0)
    outer.text = "一、队伍"
    outer.add_table(rows=1, cols=2)
    inner = outer.tables[0].rows[0].cells
    inner[0].text, inner[1].text = "1.", "有书记。"
    assert texts(drafts.read("标准.docx", saved(made))) == ["有书记。"]


@pytest.mark.parametrize(("name", "reader"), [("长.txt", documents), ("长.xlsx", workbooks)])
def test_lines_without_end_are_refused(name, reader, monkeypatch):
    monkeypatch.setattr(reader, "MAX_LINES", 2)
    content = (
        saved_rows(3) if name.endswith("xlsx") else "1.有书记。\n2.有委员。\n3.有党员。".encode()
    )
    with pytest.raises(Unreadable, match="行数过多"):
        drafts.read(name, content)


def saved_rows(count):
    book = openpyxl.Workbook()
    for number in range(1, count + 1):
        book.active.append([number, "有书记。"])
    return saved(book)


def test_a_row_of_figures_is_no_item_and_no_part_of_one():
    draft = drafts.read(*sheet_of([("1", "有书记。"), ("得分", "5"), ("5", "10")]))
    assert texts(draft) == ["有书记。"]
    assert [passage.text for passage in draft.unread] == ["得分 5\n5 10"]


def test_a_formula_without_its_value_is_not_lost_in_silence():
    book = openpyxl.Workbook()
    for row in [(1, "有书记。"), (2, '=CONCATENATE("有","委员。")')]:
        book.active.append(row)
    with pytest.raises(Unreadable, match="公式"):
        drafts.read("标准.xlsx", saved(book))


def test_a_formula_with_its_value_is_read_by_it():
    book = openpyxl.Workbook()
    for row in [(1, "有书记。"), (2, '=CONCATENATE("有","委员。")')]:
        book.active.append(row)
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(saved(book))) as before,
        zipfile.ZipFile(content, "w") as after,
    ):
        for name in before.namelist():
            part = before.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = re.sub(rb"<c r=.B2.><f>(.*?)</f><v ?/?>(</v>)?", _COMPUTED, part)
            after.writestr(name, part)
    assert texts(drafts.read("标准.xlsx", content.getvalue())) == ["有书记。", "有委员。"]


_COMPUTED = '<c r="B2" t="str"><f>\\1</f><v>有委员。</v>'.encode()


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = with_part(document("1.有书记。"), "word/media/image.xml", b"0" * (30 * 1024 * 1024))
    with pytest.raises(Unreadable, match="展开后过大"):
        drafts.read("弹.docx", bomb)


def test_many_entries_are_refused():
    parts = {f"p{number}": "" for number in range(2_001)}
    with pytest.raises(Unreadable, match="展开后过大"):
        drafts.read("多.docx", archive(**parts))


def test_entities_are_refused():
    laughs = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    held = with_part(document("1.有书记。"), "customXml/item9.xml", laughs)
    with pytest.raises(Unreadable, match="不允许"):
        drafts.read("体.docx", held)
