"""Files as they come: other encodings and layouts are read, the rest refused with a clear word."""

import io
import zipfile

import docx
import openpyxl
import pytest

from standards.importing import drafts
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


def test_numbers_that_only_the_word_processor_shows_are_not_lost_in_silence():
    made, held = docx.Document(), io.BytesIO()
    made.add_paragraph("至少有3名干部。", style="List Number")
    made.save(held)
    with pytest.raises(Unreadable, match="自动编号"):
        drafts.read("自动.docx", held.getvalue())
