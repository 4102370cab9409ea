"""A county coordinator sees what a file of their own would become."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from standards.loading import DATA
from standards.models import StandardVersion

pytestmark = pytest.mark.django_db
OWN = """本县村级示范标准
一、阵地建设
1.党群服务中心面积一般不少于300平方米。
2.党员培训每年不少于4次,没有发生违纪问题。
3.干净整洁。
"""


@pytest.fixture
def upload(client, county):
    client.force_login(county.coordinator)

    def send(name, content):
        file = SimpleUploadedFile(name, content)
        return client.post(reverse("standard_reading:read"), {"file": file})

    return send


def test_a_text_is_shown_as_items_with_the_checks_it_suggests(upload):
    content = upload("standard.txt", OWN.encode("gb18030")).content.decode()

    assert "读出 3 条" in content
    assert "一、阵地建设" in content
    assert "数值不少于 300平方米" in content
    assert "原则性" in content
    assert "每年次数不少于 4次/年" in content
    assert "没有建议的检查点" in content


def test_the_source_document_is_read_whole_and_nothing_is_stored(upload):
    before = StandardVersion.objects.count()

    answer = upload("source.txt", (DATA / "source.zh.txt").read_bytes())

    content = answer.content.decode()
    for items in (14, 23, 16):
        assert f"读出 {items} 条" in content
    assert StandardVersion.objects.count() == before


def test_our_own_data_file_is_read_back(upload, client):
    exported = client.get(reverse("standards:yaml", args=["SQ"])).content

    assert "读出 16 条，建议 57 个检查点" in upload("SQ-1.yaml", exported).content.decode()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("standard.pdf", b"%PDF-1.4", "docx"),
        ("standard.docx", b"not a zip", "文件已损坏"),
        ("standard.txt", b" ", "文件中没有文字"),
        ("standard.yaml", b"a: [", "不是本系统导出的标准文件"),
    ],
)
def test_what_cannot_be_read_is_told_at_the_field(upload, name, content, message):
    answer = upload(name, content)

    assert answer.status_code == 422
    assert "field-refused" in answer.content.decode()
    error = answer.context["form"].errors["file"][0]
    assert message in error


def test_a_press_without_a_file_asks_for_one(client, county):
    client.force_login(county.coordinator)

    answer = client.post(reverse("standard_reading:read"), {})

    assert answer.status_code == 422
    assert "field-refused" in answer.content.decode()


def test_the_list_of_standards_leads_there_for_the_coordinator_only(client, county):
    address = reverse("standard_reading:read")
    assert address not in client.get(reverse("standards:list")).content.decode()
    client.force_login(county.coordinator)
    assert address in client.get(reverse("standards:list")).content.decode()
