"""Evidence on the pages: the same again is said to be, and a file that is lost is said to be."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from designation.applications.models import Evidence
from designation.evidence import storage
from tests.course import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def draft(county):
    return county.start()


@pytest.fixture
def as_preparer(client, county):
    client.force_login(county.preparer)
    return client


def upload(client, application, *, title="", code="NC-01", name="材料.pdf"):
    address = reverse("applications:evidence_add", args=[application.pk, code])
    data = {"file": SimpleUploadedFile(name, PDF), "title": title}
    return client.post(address, data, follow=True).content.decode()


def test_the_same_content_under_another_title_is_said_with_both_titles(as_preparer, draft):
    assert "材料已上传。" in upload(as_preparer, draft, title="会议纪要")

    told = upload(as_preparer, draft, title="整改通知", code="NC-02")

    assert "这个文件与已有材料“会议纪要”内容相同，没有重复保存；本条已引用这份材料。" in told
    assert "您填的名称“整改通知”没有采用" in told
    kept = Evidence.objects.get()
    assert kept.title == "会议纪要"
    assert [item.code for item in kept.items.all()] == ["NC-01", "NC-02"]


def test_the_same_content_under_the_same_title_says_no_more_than_needed(as_preparer, draft):
    upload(as_preparer, draft, title="会议纪要")

    assert "没有采用" not in upload(as_preparer, draft, title="会议纪要")
    assert "没有采用" not in upload(as_preparer, draft)


def test_a_full_disk_is_told_at_the_file(as_preparer, draft, monkeypatch):
    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storage.os, "fsync", full)

    assert "服务器的存储空间不足或暂时写不进去，文件没有保存。" in upload(as_preparer, draft)
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("spoil", [Path.unlink, lambda file: file.write_bytes(PDF[:9])])
def test_a_file_lost_on_the_disk_is_said_to_be_and_mended_by_uploading_it_again(
    as_preparer, draft, spoil
):
    upload(as_preparer, draft, title="会议纪要")
    kept = Evidence.objects.get()
    address = reverse("applications:evidence", args=[draft.pk, kept.pk])
    spoil(Path(kept.file.path))

    told = as_preparer.get(address, follow=True).content.decode()
    assert "材料“会议纪要”在服务器上缺失或不完整" in told

    upload(as_preparer, draft)
    served = as_preparer.get(address)
    assert b"".join(served.streaming_content) == PDF
    served.close()
