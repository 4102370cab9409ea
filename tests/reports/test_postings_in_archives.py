"""Where a notice was posted stands in the archive, with the pictures that prove it."""

import csv
import hashlib
import io
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from designation.applications.models import Stage
from designation.evidence import library
from designation.evidence.models import LibraryEntry
from designation.rounds.models import NoticeChannel
from tests import files
from tests.reports import archives
from tests.terms import end_those_over
from workflows.stages.public_notice import notices, postings

pytestmark = pytest.mark.django_db

FOLDER = "00-批次/公示-1-张贴"
PICTURE = f"{FOLDER}/001-2026-03-03-红旗镇公开栏.jpg"


def posted(county, notice, channel, place):
    picture = library.receive(SimpleUploadedFile("公示.jpg", files.jpeg()))
    said = {"channel": channel, "place": place, "posted_by": "李四", "posted_on": "2026-03-03"}
    postings.record(notice, said, picture, actor=county.coordinator)


@pytest.fixture
def designated(county, held_clock):
    """Its notice hung on a board, and stood on the county's site."""
    application = county.at(Stage.ON_NOTICE)
    notice = application.notice_entries.get().notice
    held_clock.move_to(datetime(2026, 3, 3, 2, tzinfo=UTC))
    posted(county, notice, NoticeChannel.BOARD, "红旗镇公开栏")
    posted(county, notice, NoticeChannel.WEBSITE, "=县政府网")
    held_clock.move_to(notice.ends_at)
    end_those_over()
    notice.refresh_from_db()
    notices.close_register(notice, actor=county.objection_officer)
    county.designate(application)
    return application


def of_round(client, county):
    address = reverse("reports:archive_round", args=[county.round.pk])
    return archives.opened(archives.made(client, county.coordinator, address))


def table(archive, name):
    return list(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"))))


def test_each_picture_is_there_once_with_its_hash_in_the_manifest(client, county, designated):
    archive = of_round(client, county)

    listed = {one["path"]: one for one in archives.manifest(archive)["files"]}
    pictures = [name for name, one in listed.items() if one.get("what") == "posting"]
    assert pictures == [PICTURE, f"{FOLDER}/002-2026-03-03-=县政府网.jpg"]
    entry = LibraryEntry.objects.get(title="红旗镇公开栏")
    sha256 = hashlib.sha256(archive.read(PICTURE)).hexdigest()
    assert listed[PICTURE]["sha256"] == sha256 == entry.stored.sha256
    assert listed[PICTURE]["channel"] == "board"


def test_the_table_says_channel_place_day_and_by_whom(client, county, designated):
    heads, board, site = table(of_round(client, county), f"{FOLDER}.csv")

    assert heads[:4] == ["公示渠道", "具体位置", "张贴（发布）日期", "张贴（发布）人"]
    assert board == [
        "乡镇（街道）、村（社区）公开栏",
        "红旗镇公开栏",
        "2026-03-03",
        "李四",
        "2026-03-03 10:00",
        PICTURE.removeprefix("00-批次/"),
    ]
    # What a spreadsheet would run is text.
    assert site[1] == "'=县政府网"


def test_a_picture_that_was_taken_out_is_noted_as_absent(client, county, designated):
    entry = LibraryEntry.objects.get(title="红旗镇公开栏")
    LibraryEntry.objects.filter(pk=entry.pk).update(
        taken_out_at=datetime(2026, 3, 20, tzinfo=UTC), taken_out_reason="拍到了行人"
    )

    archive = of_round(client, county)

    assert PICTURE not in archive.namelist()
    (line,) = [one for one in archives.manifest(archive)["files"] if one["path"] == PICTURE]
    assert line["absent"]


def test_the_archive_of_one_case_holds_them_beside_its_notice(client, county, designated):
    address = reverse("reports:archive_case", args=[designated.pk])

    archive = archives.opened(archives.made(client, county.coordinator, address))

    folder = "06-研究公示命名/公示-1-张贴"
    assert f"{folder}/001-2026-03-03-红旗镇公开栏.jpg" in archive.namelist()
    assert len(table(archive, f"{folder}.csv")) == 3


def test_of_a_notice_that_hung_nowhere_else_there_is_no_table(client, county, held_clock):
    county.at(Stage.DESIGNATED, wait=held_clock.move_to)

    assert not [name for name in of_round(client, county).namelist() if "张贴" in name]
