"""What leaves as PDF/A keeps the clauses that a program decides alone (``tests.archival``)."""

from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, NumberObject, TextStringObject

from designation.certificates import issuing, printing
from designation.papers import files
from standards import catalogue
from standards.printing import pdf
from standards.printing.annexes import annex
from standards.printing.sheets import sheet
from tests.archival import faults
from tests.conftest import START
from tests.designation.papers.papers import decision, rectification
from tests.titles_given import Title

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("category", ["JG", "NC", "SQ"])
def test_the_annexes_and_sheets_of_a_standard_keep_them(category):
    version = catalogue.current(category)

    assert faults(pdf.annex_pdf(annex(version), dated=START)) == []
    assert faults(pdf.sheet_pdf(sheet(version), dated=START)) == []


@pytest.mark.parametrize("paper", [decision, rectification])
def test_papers_keep_them(paper):
    assert faults(files.paper_pdf(paper(), dated=START)) == []


def test_a_certificate_with_its_signed_content_attached_keeps_those_of_the_third_part(county):
    title = Title(county)
    certificate = issuing.issue(title.row, actor=county.deciding_officer)

    assert faults(printing.certificate_pdf(certificate), part=3) == []
    assert "6.8 attached" in faults(printing.certificate_pdf(certificate))


# What breaks one is found


def spoiled(change):
    writer = PdfWriter(clone_from=PdfReader(BytesIO(files.paper_pdf(rectification()))))
    change(writer)
    file = BytesIO()
    writer.write(file)
    return faults(file.getvalue())


def fonts_of(writer):
    fonts = writer.pages[0]["/Resources"]["/Font"]
    return [one.get_object() for one in fonts.values()]


def without_its_font(writer):
    for one in fonts_of(writer)[0]["/DescendantFonts"]:
        sheet = one.get_object()["/FontDescriptor"].get_object()
        for name in ("/FontFile2", "/FontFile3"):
            sheet.pop(NameObject(name), None)


def without_its_characters(writer):
    del fonts_of(writer)[0]["/ToUnicode"]


def without_its_colours(writer):
    del writer.root_object["/OutputIntents"]


def of_another_title(writer):
    writer.add_metadata({"/Title": "另一份文件"})


def with_a_hidden_note(writer):
    note = DictionaryObject({
        NameObject("/Type"): NameObject("/Annot"),
        NameObject("/Subtype"): NameObject("/Text"),
        NameObject("/F"): NumberObject(2),
        NameObject("/Contents"): TextStringObject("藏"),
    })  # fmt: skip
    writer.root_object[NameObject("/Note")] = writer._add_object(note)


def that_runs_a_script(writer):
    action = DictionaryObject({
        NameObject("/S"): NameObject("/JavaScript"),
        NameObject("/JS"): TextStringObject("app.alert(1)"),
    })  # fmt: skip
    writer.root_object[NameObject("/OpenAction")] = action


@pytest.mark.parametrize(
    ("change", "clause"),
    [
        (lambda writer: writer.encrypt("secret"), "6.1.3 encrypted"),
        (that_runs_a_script, "6.5.1 /JavaScript"),
        (lambda writer: writer.add_attachment("表.csv", b"1,2"), "6.8 attached"),
        (without_its_font, "6.2.11.4.1"),
        (without_its_characters, "6.2.11.7.2"),
        (without_its_colours, "6.2.3"),
        (of_another_title, "6.6.3"),
        (with_a_hidden_note, "6.3.2 /Text"),
    ],
)
def test_what_breaks_a_clause_is_found(change, clause):
    assert any(one.startswith(clause) for one in spoiled(change)), spoiled(change)
