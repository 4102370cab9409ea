"""Where a notice was posted: entered by the coordinator, with a picture, told to everybody."""

import io
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image

from designation.applications.models import Stage
from designation.audit.models import AuditEvent
from designation.evidence import library
from designation.evidence.models import Citation, LibraryEntry
from designation.organizations.models import Role
from designation.site.refusal import Refusal
from reports.archive.notice_record import _postings
from tests import files
from tests.permissions.test_matrix import close_file
from tests.public_addresses import public
from workflows.stages.public_notice import postings
from workflows.stages.public_notice.models import NoticePosting

pytestmark = pytest.mark.django_db

BOARD = {
    "posting-channel": "board",
    "posting-place": "红旗镇政务公开栏",
    "posting-posted_by": "李四",
    "posting-posted_on": "2026-03-03",
}


@pytest.fixture
def notice(county, held_clock):
    notice = county.at(Stage.ON_NOTICE).notice_entries.get().notice
    held_clock.move_to(datetime(2026, 3, 3, 2, tzinfo=UTC))
    return notice


def manage(notice):
    return reverse("notices:manage", args=[notice.pk])


def post(client, county, notice, *, picture=None, name="公开栏.jpg", **changes):
    client.force_login(county.coordinator)
    address = reverse("notices:record_posting", args=[notice.pk])
    file = SimpleUploadedFile(name, files.jpeg() if picture is None else picture)
    return client.post(address, BOARD | changes | {"posting-file": file})


def wall(client, notice):
    client.logout()
    return client.get(public("notices:detail", args=[notice.pk])).content.decode()


def test_everybody_reads_where_it_hangs_and_nobody_sees_who_or_the_picture(client, county, notice):
    assert "公示渠道" not in wall(client, notice)

    assert post(client, county, notice).status_code == 302

    page = wall(client, notice)
    assert "红旗镇政务公开栏" in page
    assert "乡镇（街道）、村（社区）公开栏" in page
    assert "2026年3月3日" in page
    assert "李四" not in page
    assert "/library/" not in page


def test_who_handles_the_notice_sees_the_picture_without_its_place(client, county, notice):
    sent = files.jpeg()
    assert files.PLACE.encode() in sent or Image.open(io.BytesIO(sent)).getexif()
    post(client, county, notice, picture=sent)
    entry = LibraryEntry.objects.latest("pk")
    link = reverse("library:file", args=[entry.pk])
    for person in (county.coordinator, county.publisher, county.objection_officer):
        client.force_login(person)
        assert link in client.get(manage(notice)).content.decode()
        answer = client.get(link)
        content = b"".join(answer.streaming_content)
        close_file(answer)
        assert not Image.open(io.BytesIO(content)).getexif()

    for person in (county.head, county.reviewer):
        client.force_login(person)
        assert client.get(link).status_code == 404


def test_it_is_kept_with_who_entered_it_and_in_which_role(client, county, notice):
    post(client, county, notice)

    kept = NoticePosting.objects.get()
    assert (kept.actor, kept.role) == (county.coordinator, Role.COUNTY_COORDINATOR)
    assert (kept.posted_by, kept.posted_on) == ("李四", date(2026, 3, 3))
    event = AuditEvent.objects.filter(action="evidence.cite").latest("pk")
    assert event.actor == county.coordinator
    assert _postings(notice) == [
        {
            "channel": "乡镇（街道）、村（社区）公开栏",
            "place": "红旗镇政务公开栏",
            "by": "李四",
            "on": "2026-03-03",
        }
    ]


def test_what_was_entered_is_neither_changed_nor_taken_away(client, county, notice):
    post(client, county, notice)
    kept = NoticePosting.objects.all()

    for wrong in (lambda: kept.update(place="别处"), kept.delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()
    assert Citation.objects.filter(subject_id=kept.get().pk).count() == 1


def test_one_press_sent_twice_enters_it_once(client, county, notice):
    key = {"request_key": "0a8f3b3e-8a49-4f0f-9a7a-3d1c5d1a0b55"}

    for _press in range(2):
        post(client, county, notice, **key)

    assert NoticePosting.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"posting-place": ""}, "请填写这一项"),
        ({"posting-place": "门口，电话 13800138000"}, "身份证号或手机号"),
        ({"posting-posted_on": "2026-03-04"}, "不能晚于今天"),
        ({"posting-posted_on": "2026-03-01"}, "须在公示发布的"),
        ({"picture": files.docx(), "name": "说明.docx"}, "不是图片"),
        ({"picture": b"MZ" + bytes(90)}, "是程序"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_typed_is_lost(
    client, county, notice, changes, told
):
    answer = post(client, county, notice, **changes)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert told in page
    assert 'value="李四"' in page
    assert not NoticePosting.objects.exists()


def test_only_the_coordinator_enters_it_and_only_once_it_is_published(client, county, notice):
    draft = county.compose_notice(county.beside().at(Stage.CHOSEN))
    assert post(client, county, draft).status_code == 404
    address = reverse("notices:record_posting", args=[notice.pk])
    client.force_login(county.publisher)
    assert client.post(address, BOARD).status_code == 404

    picture = library.receive(SimpleUploadedFile("公开栏.jpg", files.jpeg()))
    said = {"channel": "board", "place": "村口", "posted_by": "李四", "posted_on": "2026-03-03"}
    with pytest.raises(Refusal, match="由县级经办人登记"):
        postings.record(notice, said, picture, actor=county.publisher)


def test_a_notice_that_hangs_nowhere_else_is_told_and_kept_back_by_nothing(client, county, notice):
    client.force_login(county.coordinator)
    page = client.get(manage(notice)).content.decode()

    assert "建议至少登记一处" in page
    assert "没有登记不影响公示期满和命名" in page


def test_the_public_page_costs_no_statement_more_for_it(
    client, county, notice, django_assert_num_queries
):
    post(client, county, notice)
    client.logout()
    address = public("notices:detail", args=[notice.pk])
    client.get(address)

    with django_assert_num_queries(3):
        client.get(address)


def test_the_library_of_the_area_says_where_it_is_cited(client, county, notice):
    post(client, county, notice)
    entry = LibraryEntry.objects.latest("pk")

    assert entry.jurisdiction == county.jurisdiction
    assert postings.SUBJECTS.address(NoticePosting.objects.get().pk) == manage(notice)
