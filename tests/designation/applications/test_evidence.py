"""Evidence is kept once by its content, cited by several items, and whole on the disk."""

import errno
import hashlib
import os
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from designation.applications import evidence
from designation.applications.models import Evidence
from designation.evidence import storage
from tests import files
from tests.course import PDF

pytestmark = pytest.mark.django_db


def uploaded(content, name="材料.docx"):
    return SimpleUploadedFile(name, content)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


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


def on_disk(media):
    return sorted(file for file in media.rglob("*") if file.is_file())


def test_the_same_content_is_kept_once_and_gains_its_items(county, draft):
    first = attach(county, draft, PDF)
    second = attach(county, draft, PDF, name="另一个名字.pdf", place=1)

    assert first == second
    assert [item.code for item in first.items.all()] == ["NC-01", "NC-02"]


def test_a_file_without_a_title_is_called_by_its_name_however_long(county, draft):
    kept = attach(county, draft, PDF, name="长" * 300 + ".pdf")

    assert kept.title == "长" * 120
    assert kept.file_name.endswith("长.pdf")


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


def test_the_same_photo_sent_again_is_known_although_it_was_cleaned(county, draft):
    photo = files.jpeg()
    first = attach(county, draft, photo, name="照片.jpg")

    again = attach(county, draft, photo, name="照片.jpg", place=1)

    assert first.sha256 != first.sha256_as_uploaded
    assert again == first
    assert again.found_again


def test_what_is_there_already_needs_no_room(county, draft, settings):
    attach(county, draft, PDF)
    settings.EVIDENCE_COUNT_LIMIT = 1

    assert attach(county, draft, PDF, place=1).items.count() == 2


def test_the_hash_is_of_what_lies_on_the_disk(county, draft, media):
    kept = attach(county, draft, files.jpeg_with_everything(), name="a.jpg")

    (file,) = on_disk(media)
    assert hashlib.sha256(file.read_bytes()).hexdigest() == kept.sha256 == file.stem
    assert file.suffix == ".jpg"


def full_disk(*_args):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_leaves_neither_a_file_nor_a_row_and_is_told(county, draft, media, monkeypatch):
    monkeypatch.setattr(storage.os, "fsync", full_disk)

    with pytest.raises(evidence.EvidenceRefused, match="存储空间不足"):
        attach(county, draft, PDF)

    assert on_disk(media) == []
    assert not Evidence.objects.exists()


def test_a_disk_that_keeps_something_else_is_noticed(county, draft, media, monkeypatch):
    monkeypatch.setattr(storage, "_read_back", lambda _file: PDF[:-1])

    with pytest.raises(evidence.EvidenceRefused, match="没有保存"):
        attach(county, draft, PDF)

    assert on_disk(media) == []


def test_a_file_cut_off_under_its_name_is_replaced(county, draft, media, caplog):
    kept = attach(county, draft, PDF)
    place = Path(kept.file.path)
    place.write_bytes(PDF[:10])
    other = county.beside()

    again = attach(other, other.start(), PDF)

    assert again.file.name == kept.file.name
    assert place.read_bytes() == PDF
    assert "incomplete" in caplog.text


def test_a_transaction_rolled_back_leaves_a_file_and_no_row(county, draft, media):
    with transaction.atomic():
        attach(county, draft, PDF)
        transaction.set_rollback(True)

    assert not Evidence.objects.exists()
    assert len(on_disk(media)) == 1


def test_a_file_without_content_is_told_wherever_it_comes_from(county, draft):
    with pytest.raises(evidence.EvidenceRefused, match="文件是空的"):
        attach(county, draft, b"")


def test_a_photo_that_other_software_had_cleaned_otherwise_is_still_known(county, draft):
    first = attach(county, draft, files.jpeg(), name="a.jpg")
    Evidence.objects.update(sha256="0" * 64)

    again = attach(county, draft, files.jpeg(), name="a.jpg")

    assert again == first
