"""Packed files made to harm: refused before anything of them is read, whatever they say of it."""

import io
import zipfile

import docx
import openpyxl
import pytest
import yaml

from standards.importing import archives, drafts, own_format
from standards.importing.archives import Unreadable


def saved(made):
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def word():
    made = docx.Document()
    made.add_paragraph("1.有书记。")
    return "标准.docx", saved(made)


def sheet():
    book = openpyxl.Workbook()
    book.active.append([1, "有书记。"])
    return "标准.xlsx", saved(book)


def changed(content, name, part):
    """The packed file with ``part`` in place of the entry ``name``, or beside the others."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(held, "w") as after:
        for entry in before.namelist():
            if entry != name:
                after.writestr(entry, before.read(entry))
        after.writestr(name, part, zipfile.ZIP_DEFLATED)
    return held.getvalue()


PADDING = "<!--" + "长" * 100_000 + "-->"
ENTITY = '<!DOCTYPE x [<!ENTITY a "啊啊">]>'
OUTSIDE = '<!DOCTYPE x SYSTEM "file:///etc/hostname">'
PLACES = [
    "word/document.xml",
    "word/header9.xml",
    "customXml/item9.xml",
    "word/odd.bin",
    "docProps/app.xml",
    "_rels/.rels",
    "[Content_Types].xml",
    "word/UPPER.XML",
    "xl/sharedStrings.xml",
    "xl/worksheets/sheet1.xml",
]


@pytest.mark.parametrize("made", [word, sheet])
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", [ENTITY, OUTSIDE])
def test_a_document_type_is_refused_in_any_part_and_however_far_down(made, place, kind):
    name, content = made()
    part = f"<?xml version='1.0'?>{PADDING}{kind}<x>&a;</x>"
    with pytest.raises(Unreadable, match="不允许"):
        drafts.read(name, changed(content, place, part.encode()))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1"])
def test_a_document_type_is_refused_in_any_encoding(encoding):
    name, content = word()
    declared = encoding.removesuffix("-sig")
    part = f"<?xml version='1.0' encoding='{declared}'?><!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"
    with pytest.raises(Unreadable):
        drafts.read(name, changed(content, "word/document.xml", part.encode(encoding)))


@pytest.mark.parametrize("encoding", ["cp037", "utf-7", "gb18030", "hz"])
def test_xml_in_an_encoding_that_is_not_read_here_is_refused(encoding):
    name, content = word()
    part = f"<?xml version='1.0' encoding='{encoding}'?>{OUTSIDE}<x>a</x>".encode(encoding)
    with pytest.raises(Unreadable):
        drafts.read(name, changed(content, "word/document.xml", part))


def test_parts_nested_without_end_or_of_elements_without_number_are_refused(monkeypatch):
    name, content = word()
    deep = "<x>" * 5_000 + "</x>" * 5_000
    with pytest.raises(Unreadable, match="展开后过大"):
        drafts.read(name, changed(content, "word/document.xml", deep))
    monkeypatch.setattr(archives, "MAX_ELEMENTS", 100)
    with pytest.raises(Unreadable, match="展开后过大"):
        drafts.read(name, changed(content, "customXml/item1.xml", "<x>" + "<y/>" * 100 + "</x>"))


def understated(content, name):
    """The packed file with a size of 1 KiB written where the entry says how large it is."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo(name).file_size.to_bytes(4, "little")
    assert content.count(size) >= 2
    return content.replace(size, (1024).to_bytes(4, "little"))


def test_what_a_file_says_of_its_sizes_is_not_believed():
    name, content = word()
    bomb = changed(content, "word/media/image1.bin", b"0" * 7_654_321)
    with pytest.raises(Unreadable, match="展开后过大"):
        drafts.read(name, bomb)
    with pytest.raises(Unreadable):
        drafts.read(name, understated(bomb, "word/media/image1.bin"))


def test_all_parts_together_are_bounded(monkeypatch):
    monkeypatch.setattr(archives, "MAX_UNPACKED_BYTES", 40_000)
    name, content = word()
    with pytest.raises(Unreadable, match="展开后过大"):
        drafts.read(name, changed(content, "word/media/a.bin", bytes(range(256)) * 200))


@pytest.mark.parametrize(
    "text",
    [
        "[" * 20_000,
        "{a: " * 20_000,
        "- " * 20_000,
        "? " * 20_000,
        "a:\n" + "".join(" " * depth + "a:\n" for depth in range(1, 200)),
    ],
    ids=["lists", "maps", "dashes", "keys", "indented"],
)
def test_a_data_file_that_nests_without_end_is_refused_after_a_few_steps(text, monkeypatch):
    steps, parse = [], yaml.parse

    def counted(*args, **kwargs):
        for event in parse(*args, **kwargs):
            steps.append(event)
            yield event

    monkeypatch.setattr(own_format.yaml, "parse", counted)
    with pytest.raises(Unreadable):
        drafts.read("标准.yaml", text.encode())
    assert len(steps) <= 3 * own_format.MAX_DEPTH
