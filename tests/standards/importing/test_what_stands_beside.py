"""What a file holds beside its text is told with its kind, and the text is read all the same."""

import io
import zipfile
from datetime import date

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from openpyxl.cell.rich_text import CellRichText

from standards.importing import drafts, word
from standards.importing.archives import Unreadable
from standards.importing.proposals import NotProposed, proposals

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def saved(made):
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def one_item(text="1.合格率不低于80%"):
    made = docx.Document()
    made.add_paragraph(text)
    return made


def with_parts(content, parts, *, document="word/document.xml"):
    """The Word file with further parts, each (name, kind, content type, bytes) related to it."""
    held = io.BytesIO()
    relations = "word/_rels/document.xml.rels"
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(held, "w") as after:
        for entry in before.namelist():
            data = before.read(entry).decode("utf-8", "surrogateescape")
            for name, kind, type_, _blob in parts:
                if entry == relations:
                    link = f'<Relationship Id="rX{kind}" Type="{RELATED}/{kind}" Target="{name}"/>'
                    data = data.replace("</Relationships>", f"{link}</Relationships>")
                if entry == "[Content_Types].xml":
                    told = f'<Override PartName="/word/{name}" ContentType="{type_}"/>'
                    data = data.replace("</Types>", f"{told}</Types>")
            after.writestr(entry, data.encode("utf-8", "surrogateescape"))
        for name, _kind, _type, blob in parts:
            after.writestr(f"word/{name}", blob)
    return held.getvalue()


def noted(kind, words):
    run = f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"
    return f"<w:{kind}s {W}><w:{kind} w:id='2'>{run}</w:{kind}></w:{kind}s>".encode()


def told(draft):
    return {passage.text: passage.reason for passage in draft.unread}


@pytest.mark.parametrize(
    ("kind", "part", "reason"),
    [
        ("footnotes", "footnote", "脚注中的文字"),
        ("endnotes", "endnote", "尾注中的文字"),
        ("comments", "comment", "批注中的文字"),
    ],
)
def test_notes_and_comments_are_told(kind, part, reason):
    blob = noted(part, "注文")
    content = with_parts(saved(one_item()), [(f"{kind}.xml", kind, f"{TYPES}.{kind}+xml", blob)])
    assert reason in told(drafts.read("标准.docx", content))["注文"]


def test_no_check_is_proposed_from_a_line_that_a_note_speaks_of():
    made = one_item()
    reference = parse_xml(f'<w:r {W}><w:footnoteReference w:id="2"/></w:r>')
    made.paragraphs[0]._p.append(reference)
    draft = drafts.read("标准.docx", saved(made))
    assert draft.standards[0].sections[0].items[0].checks == ()


def test_words_of_a_drawing_in_a_part_of_its_own_and_embedded_files_are_told():
    drawing = f"<x {A}><a:p><a:r><a:t>图中字</a:t></a:r></a:p></x>".encode()
    empty = f"<x {A}/>".encode()
    parts = [
        ("diagrams/data1.xml", "diagramData", "application/x+xml", drawing),
        ("diagrams/data2.xml", "diagramLayout", "application/x+xml", empty),
        ("embeddings/a.bin", "oleObject", "application/octet-stream", b"x"),
    ]
    found = told(drafts.read("标准.docx", with_parts(saved(one_item()), parts)))
    assert "图形中的文字" in found["图中字"]
    assert "嵌入的文件" in found["嵌入的文件 1 个"]


def test_a_document_within_the_document_is_refused():
    made = one_item()
    made.element.body.append(parse_xml(f"<w:altChunk {W}/>"))
    with pytest.raises(Unreadable, match="嵌入的文档"):
        drafts.read("标准.docx", saved(made))


@pytest.mark.parametrize(
    ("font", "code", "text"),
    [
        ("Symbol", "F0A3", "1.差错≤1件"),
        ("宋体", "2264", "1.差错≤1件"),
        ("宋体", "E001", "1.差错1件"),
        ("Symbol", "F0FF", "1.差错1件"),
        ("宋体", "x", "1.差错1件"),
    ],
)
def test_a_sign_is_read_where_its_font_leaves_no_doubt(font, code, text):
    made = one_item("1.差错")
    sign = f'<w:r {W}><w:sym w:font="{font}" w:char="{code}"/></w:r>'
    made.paragraphs[0]._p.append(parse_xml(sign))
    made.paragraphs[0].add_run("1件")
    draft = drafts.read("标准.docx", saved(made))
    item = draft.standards[0].sections[0].items[0]
    assert f"1.{item.text}" == text
    if "≤" not in text:
        assert told(draft)[f"{font} {code}"].startswith("特殊符号")


def test_breaks_and_tabs_of_hidden_runs_are_not_seen():
    made = one_item("1.有书记")
    hidden = f"<w:r {W}><w:rPr><w:vanish/></w:rPr><w:br/><w:tab/></w:r>"
    made.paragraphs[0]._p.append(parse_xml(hidden))
    made.paragraphs[0].add_run("和委员。")
    assert drafts.read("标准.docx", saved(made)).standards[0].sections[0].items[0].text == (
        "有书记和委员。"
    )


def test_paragraphs_without_end_are_refused(monkeypatch):
    monkeypatch.setattr(word, "MAX_LINES", 1)
    made = one_item()
    made.add_paragraph("2.有书记。")
    with pytest.raises(Unreadable, match="行数过多"):
        drafts.read("标准.docx", saved(made))


def test_dates_and_marks_of_a_sheet_are_read_and_dates_are_doubted():
    book = openpyxl.Workbook()
    book.active.append([1, "自", date(2026, 3, 2), "起施行"])
    book.active.append([2, "是否公开", True])
    draft = drafts.read("标准.xlsx", saved(book))
    assert [item.text for item in draft.standards[0].sections[0].items] == [
        "自 2026-03-02 起施行",
        "是否公开 TRUE",
    ]
    assert told(draft)["C1：2026-03-02"].startswith("单元格的显示格式")


def test_readings_above_the_signs_drawings_and_pictures_of_a_workbook_are_told():
    book = openpyxl.Workbook()
    book.active.append([1, CellRichText("有书记。")])
    held = io.BytesIO()
    strings = (
        f"<sst xmlns='{MAIN}'><si><t>有书记。</t><rPh sb='0' eb='1'><t>yǒu</t></rPh></si></sst>"
    )
    with (
        zipfile.ZipFile(io.BytesIO(saved(book))) as before,
        zipfile.ZipFile(held, "w") as after,
    ):
        for entry in before.namelist():
            if entry != "xl/sharedStrings.xml":
                after.writestr(entry, before.read(entry))
        after.writestr("xl/sharedStrings.xml", strings)
        after.writestr("xl/drawings/drawing1.xml", f"<x {A}><a:t>图中字</a:t></x>")
        after.writestr("xl/charts/chart1.xml", f"<x {A}/>")
        after.writestr("xl/media/image1.png", b"x")
    found = told(drafts.read("标准.xlsx", held.getvalue()))
    assert {"yǒu", "图中字", "图片 1 张"} <= set(found)


@pytest.mark.parametrize(
    "text",
    [
        "每年培训2次、演练3次",
        "每年培训超过2次",
        "近三年无重大事故",
        "本届任期内收入不低于5万元",
        "有物业的，没有违纪问题",
    ],
)
def test_what_has_no_kind_of_check_is_listed(text):
    assert [type(found) for found in proposals(text)][-1] is NotProposed


def test_per_mille_is_asked_for_in_per_cent_and_people_that_must_not_be_are_counted():
    (share,) = proposals("受骗户数不多于2‰")
    assert (share.kind, share.unit, float(share.threshold)) == ("percent_at_most", "%", 0.2)
    (people,) = proposals("无失联党员")
    assert (people.kind, people.threshold) == ("number_at_most", 0)


def test_a_document_without_lists_has_no_numbers():
    made = one_item()
    part = made.part.part_related_by(f"{RELATED}/numbering")
    rel = next(key for key, one in made.part.rels.items() if one.target_part is part)
    made.part.drop_rel(rel)
    assert made.element.body.find(qn("w:p")) is not None
    assert drafts.read("标准.docx", saved(made)).standards[0].sections[0].items
