"""Evidence is judged by its content, kept once, and cited by several items."""

import io
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from designation.applications import evidence
from designation.applications.models import Evidence
from tests.course import PDF

pytestmark = pytest.mark.django_db

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def archive(*parts):
    file = io.BytesIO()
    with ZipFile(file, "w") as written:
        for part in parts:
            written.writestr(part, "x")
    return file.getvalue()


def uploaded(content, name="材料.docx"):
    return SimpleUploadedFile(name, content)


@pytest.fixture
def draft(county):
    return county.start()


def attach(county, application, content, *, name="材料.pdf", title="", place=0):
    return evidence.attach(
        application,
        uploaded(content, name),
        title=title,
        items=[application.standard.items.all()[place]],
        actor=county.preparer,
    )


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "application/pdf"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\0" * 99, "image/jpeg"),
        (archive("[Content_Types].xml", "word/document.xml"), WORD),
        (archive("[Content_Types].xml", "xl/workbook.xml"), EXCEL),
    ],
)
def test_the_content_says_what_a_file_is(content, kind):
    assert evidence.media_type(uploaded(content, "改了名.txt")) == kind


@pytest.mark.parametrize(
    "content",
    [
        archive("notes.txt"),
        archive("META-INF/MANIFEST.MF", "Main.class"),
        archive("[Content_Types].xml", "ppt/presentation.xml"),
        archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        b"PK\x03\x04 and nothing of an archive",
        b"MZ" + b"\0" * 200,
        b"just words",
    ],
    ids=["zip", "jar", "slides", "macros", "broken", "program", "text"],
)
def test_an_archive_a_program_or_a_macro_is_no_document(content):
    with pytest.raises(evidence.EvidenceRefused, match="不是允许的类型"):
        evidence.media_type(uploaded(content))


def test_an_empty_file_says_so():
    with pytest.raises(evidence.EvidenceRefused, match="文件是空的"):
        evidence.media_type(uploaded(b""))


def test_the_same_content_is_kept_once_and_gains_its_items(county, draft):
    first = attach(county, draft, PDF)
    second = attach(county, draft, PDF, name="另一个名字.pdf", place=1)

    assert first == second
    assert [item.code for item in first.items.all()] == ["NC-01", "NC-02"]


def test_a_file_without_a_title_is_called_by_its_name_however_long(county, draft):
    kept = attach(county, draft, PDF, name="长" * 300 + ".pdf")

    assert kept.title == "长" * 120
    assert kept.file_name.endswith(".pdf")


def test_a_file_leaves_the_draft_with_its_last_item_and_may_come_again(county, draft):
    kept = attach(county, draft, PDF)
    evidence.cite(kept, draft.standard.items.all()[1])

    evidence.remove(kept, draft.standard.items.all()[0], actor=county.preparer)
    kept.refresh_from_db()
    assert kept.removed_at is None

    evidence.remove(kept, draft.standard.items.all()[1], actor=county.preparer)
    assert Evidence.objects.get().removed_at is not None
    assert attach(county, draft, PDF) != kept


def test_limits_are_told_with_figures(county, draft, settings):
    settings.EVIDENCE_FILE_LIMIT = 10
    with pytest.raises(evidence.EvidenceRefused, match="上限。请压缩后再传"):
        attach(county, draft, PDF)
    settings.EVIDENCE_FILE_LIMIT = 10**6
    attach(county, draft, PDF)

    settings.EVIDENCE_TOTAL_LIMIT = len(PDF) + 1
    with pytest.raises(evidence.EvidenceRefused, match="合计不能超过"):
        attach(county, draft, PDF + b"more")
    settings.EVIDENCE_COUNT_LIMIT = 1
    with pytest.raises(evidence.EvidenceRefused, match="最多 1 个文件"):
        attach(county, draft, PDF + b"more")
