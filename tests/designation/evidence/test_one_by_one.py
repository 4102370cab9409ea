"""Files sent one by one are answered by their hash; several in one form are each judged."""

import hashlib
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from designation.applications.models import Evidence
from designation.evidence.models import LibraryEntry, StoredFile
from tests.course import PDF

from ..site.test_uploads import Line, draft, file_head, send, typed

__all__ = ["draft", "send", "typed"]

pytestmark = pytest.mark.django_db

OTHER = PDF + b"%%EOF\n"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def pdf(name="会议纪要.pdf", content=PDF):
    return SimpleUploadedFile(name, content, "application/pdf")


def item_address(application, code="NC-01"):
    return reverse("applications:evidence_add", args=[application.pk, code])


def send_one(client, address, file, *, announced=None, **more):
    content = file.read()
    file.seek(0)
    said = {"file": file, "sha256": sha256(content) if announced is None else announced}
    return client.post(address, said | more, headers={"x-upload": "1"})


# One by one


def test_a_file_for_an_item_is_answered_by_the_hash_of_what_was_sent(client, county, draft):
    client.force_login(county.preparer)

    answer = send_one(client, item_address(draft), pdf())

    said = answer.json()
    kept = Evidence.objects.get()
    assert answer.status_code == 200
    assert (said["kept"], said["told"]) == (sha256(PDF), "")
    assert said["address"] == reverse("applications:evidence", args=[draft.pk, kept.pk])
    assert 'id="attached-NC-01"' in said["parts"]
    assert "会议纪要.pdf" in said["parts"]
    assert 'data-left="99"' in said["parts"]


def test_the_same_file_again_is_answered_as_the_first_time(client, county, draft):
    client.force_login(county.preparer)
    first = send_one(client, item_address(draft), pdf()).json()

    again = send_one(client, item_address(draft), pdf("另一个名字.pdf")).json()

    assert again == first
    assert Evidence.objects.count() == LibraryEntry.objects.count() == 1


def test_what_the_line_cut_short_is_asked_for_again_and_leaves_nothing(
    client, county, draft, media
):
    client.force_login(county.preparer)

    answer = send_one(client, item_address(draft), pdf(), announced=sha256(OTHER))

    assert (answer.status_code, answer.json()) == (503, {"again": True})
    assert not StoredFile.objects.exists()
    assert list(media.iterdir()) == []


def test_a_browser_that_cannot_tell_the_hash_is_answered_all_the_same(client, county, draft):
    client.force_login(county.preparer)

    answer = send_one(client, item_address(draft), pdf(), announced="")

    assert answer.json()["kept"] == sha256(PDF)


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (pdf("程序.pdf", b"MZ\0\0"), "“程序.pdf”的内容不是允许的类型，是程序。"),
        (pdf("空.pdf", b""), "文件是空的，请重新选择。"),
    ],
)
def test_a_file_that_is_not_taken_is_answered_with_the_reason(client, county, draft, file, told):
    client.force_login(county.preparer)

    answer = send_one(client, item_address(draft), file)

    assert answer.status_code == 422
    assert told in answer.json()["refused"]
    assert not StoredFile.objects.exists()


def test_a_file_too_large_is_answered_with_the_limit(client, county, draft, settings):
    settings.EVIDENCE_FILE_LIMIT = 5
    client.force_login(county.preparer)

    answer = send_one(client, item_address(draft), pdf())

    assert answer.status_code == 422
    assert "超过单个文件 0 MB 的上限" in answer.json()["refused"]


def test_one_file_too_many_is_answered_with_the_limit(client, county, draft, settings):
    settings.EVIDENCE_COUNT_LIMIT = 1
    client.force_login(county.preparer)
    send_one(client, item_address(draft), pdf())

    answer = send_one(client, item_address(draft), pdf(content=OTHER))

    assert answer.status_code == 422
    assert answer.json()["refused"] == "每份申报最多 1 个文件，请先删除不需要的。"


def test_a_request_without_a_file_is_refused(client, county, draft):
    client.force_login(county.preparer)

    answer = client.post(item_address(draft), {"title": "纪要"}, headers={"x-upload": "1"})

    assert (answer.status_code, answer.json()["refused"]) == (422, "请选择文件。")


def test_a_file_that_comes_too_late_is_kept_told_and_not_counted(client, county, draft):
    county.prepare(draft)
    county.act("confirm", draft, county.head, truth_confirmed=True)
    before = set(Evidence.objects.values_list("pk", flat=True))
    client.force_login(county.preparer)

    answer = send_one(client, item_address(draft), pdf("照片.pdf", OTHER))

    assert answer.status_code == 200
    assert answer.json()["kept"] == sha256(OTHER)
    assert "本条现在不能修改" in answer.json()["told"]
    assert "“照片.pdf”已存入本单位资料库，没有列入这份申报" in answer.json()["told"]
    assert set(Evidence.objects.values_list("pk", flat=True)) == before
    assert LibraryEntry.objects.get(title="照片.pdf").organization == county.village


def test_too_late_for_a_full_library_is_refused(client, county, draft, settings):
    county.prepare(draft)
    county.act("confirm", draft, county.head, truth_confirmed=True)
    settings.EVIDENCE_LIBRARY_LIMIT = 1
    client.force_login(county.preparer)

    answer = send_one(client, item_address(draft), pdf("照片.pdf", OTHER))

    assert answer.status_code == 422
    assert "本单位资料库合计不能超过" in answer.json()["refused"]


def test_who_only_reads_the_case_brings_no_file(client, county, draft):
    county.prepare(draft)
    county.act("confirm", draft, county.head, truth_confirmed=True)
    county.act("submit", draft, county.preparer)
    files = StoredFile.objects.count()
    client.force_login(county.reviewer)

    answer = send_one(client, item_address(draft), pdf("照片.pdf", OTHER))

    assert answer.status_code == 422
    assert StoredFile.objects.count() == files


def library_said(county):
    return {
        "organization": county.village.pk,
        "sensitivity": "ordinary",
        "retention": "ten_years",
    }


def test_a_file_for_the_library_is_answered_by_its_hash(client, county):
    client.force_login(county.preparer)

    answer = send_one(client, reverse("library:add"), pdf(), **library_said(county))

    entry = LibraryEntry.objects.get()
    assert answer.json()["kept"] == sha256(PDF)
    assert answer.json()["address"] == reverse("library:entry", args=[entry.pk])


def test_a_file_that_the_library_does_not_take_is_answered_with_the_reason(
    client, county, settings
):
    client.force_login(county.preparer)
    settings.EVIDENCE_LIBRARY_LIMIT = 1

    full = send_one(client, reverse("library:add"), pdf(), **library_said(county))
    wrong = send_one(client, reverse("library:add"), pdf("a.pdf", b"MZ"), **library_said(county))
    late = send_one(
        client, reverse("library:add"), pdf(), **library_said(county), dated_on="2099-01-01"
    )

    assert [one.status_code for one in (full, wrong, late)] == [422, 422, 422]
    assert "本单位资料库合计不能超过" in full.json()["refused"]
    assert "是程序" in wrong.json()["refused"]
    assert "材料日期不能晚于今天" in late.json()["refused"]
    assert not StoredFile.objects.exists()


# Broken off


def test_a_body_that_stops_half_way_leaves_nothing(send, typed, media):
    """The server in front hands on what came, shorter than announced."""
    body = typed + file_head("会议.pdf")[: -len(PDF) // 2]
    line = io.BytesIO(body)

    status, _page = send(line, CONTENT_LENGTH=str(len(body) + 5_000))

    assert status in (400, 422)
    assert not StoredFile.objects.exists()
    assert not Evidence.objects.exists()
    assert list(media.iterdir()) == []


# Several in one form


def test_of_several_files_each_is_taken_or_named(client, county, draft):
    client.force_login(county.preparer)
    files = [pdf("一.pdf"), pdf("程序.pdf", b"MZ\0\0"), pdf("空.pdf", b""), pdf("二.pdf", OTHER)]

    answer = client.post(item_address(draft), {"file": files, "title": "纪要"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert [file.title for file in Evidence.objects.all()] == ["纪要（1）", "纪要（4）"]
    assert "2 个材料已上传。" in page
    assert "“程序.pdf”的内容不是允许的类型，是程序。" in page
    assert "文件是空的，请重新选择。没有收下：空.pdf" in page


def test_of_more_files_than_one_form_brings_the_rest_is_named(client, county, draft, settings):
    settings.EVIDENCE_AT_ONCE = 1
    client.force_login(county.preparer)
    files = [pdf("一.pdf"), pdf("二.pdf", OTHER), pdf("三.pdf", PDF + b"3\n%%EOF\n")]

    page = client.post(item_address(draft), {"file": files}).content.decode()

    assert [file.title for file in Evidence.objects.all()] == ["一.pdf"]
    assert "一次最多收 1 个文件，其余的请再选一次。没有收下：二.pdf、三.pdf" in page


def test_of_more_files_than_there_is_room_for_the_rest_is_named(client, county, draft, settings):
    settings.EVIDENCE_COUNT_LIMIT = 1
    client.force_login(county.preparer)

    page = client.post(
        item_address(draft), {"file": [pdf("一.pdf"), pdf("二.pdf", OTHER)]}
    ).content.decode()

    assert "每份申报最多 1 个文件，请先删除不需要的。没有收下：二.pdf" in page
    assert "材料已上传。" in page


def test_files_too_large_together_are_told_to_be_sent_in_parts(send, typed):
    length = 200 * 1024 * 1024

    _status, page = send(Line(typed + file_head(), length), CONTENT_LENGTH=str(length))

    assert "合计有 200.0 MB，超过一次 50 MB 的上限：请分几次上传。" in page


def test_several_files_go_into_the_library_with_one_form(client, county):
    client.force_login(county.preparer)
    said = library_said(county) | {"title": "会议照片", "caption": "党员大会"}

    page = client.post(
        reverse("library:add"), said | {"file": [pdf("一.pdf"), pdf("二.pdf", OTHER)]}, follow=True
    ).content.decode()

    assert "2 个文件已存入资料库。" in page
    entries = LibraryEntry.objects.order_by("pk")
    assert [entry.title for entry in entries] == ["会议照片（1）", "会议照片（2）"]
    assert {entry.caption for entry in entries} == {"党员大会"}


def test_files_chosen_in_a_form_that_comes_too_late_are_kept_in_the_library(client, county, draft):
    county.prepare(draft)
    county.act("confirm", draft, county.head, truth_confirmed=True)
    client.force_login(county.preparer)
    files = [pdf("一.pdf", OTHER), pdf("程序.pdf", b"MZ\0\0")]

    page = client.post(item_address(draft), {"file": files}).content.decode()

    assert "“一.pdf”已存入本单位资料库，没有列入这份申报。" in page
    assert LibraryEntry.objects.get(title="一.pdf").organization == county.village
    assert not Evidence.objects.filter(title="一.pdf").exists()


def test_a_form_too_late_for_a_full_library_says_so(client, county, draft, settings):
    county.prepare(draft)
    county.act("confirm", draft, county.head, truth_confirmed=True)
    settings.EVIDENCE_LIBRARY_LIMIT = 1
    client.force_login(county.preparer)

    page = client.post(item_address(draft), {"file": pdf("一.pdf", OTHER)}).content.decode()

    assert "本单位资料库合计不能超过" in page
    assert not LibraryEntry.objects.filter(title="一.pdf").exists()
