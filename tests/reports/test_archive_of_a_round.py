"""The archive of a round: its cases that have ended, beside table, notices and register."""

import io
import json

import openpyxl
import pytest
from django.urls import reverse

from designation.applications.models import Stage
from designation.audit.models import AuditEvent
from designation.exports.models import Export
from designation.organizations.models import Role
from designation.rounds.models import Round
from designation.site.jobs import running
from designation.site.jobs.models import Job, State
from reports.archive import asking
from reports.archive import running as archiving
from reports.models import Archive
from tests import factories
from tests.reports import archives

pytestmark = pytest.mark.django_db

NOT_APPROVED = "不符合申报条件，不予推荐。"


def address(county):
    return reverse("reports:archive_round", args=[county.round.pk])


def not_approved(county):
    application = county.at(Stage.SUBMITTED)
    county.act("reject", application, county.reviewer, opinion=NOT_APPROVED)
    return application


def sheet(archive, name):
    """The rows below the heads, as they stand in the sheet."""
    found = openpyxl.load_workbook(io.BytesIO(archive.read(name))).active
    return [[cell.value for cell in row] for row in found.iter_rows(min_row=4)]


@pytest.fixture
def three(county, held_clock):
    """One designated, one not approved, one under way."""
    ended = [not_approved(county.beside()), county.at(Stage.DESIGNATED, wait=held_clock.move_to)]
    return ended, county.beside().at(Stage.SUBMITTED)


def test_it_holds_each_case_that_has_ended_once_and_no_other(client, county, three):
    ended, under_way = three
    archive = archives.opened(archives.made(client, county.coordinator, address(county)))

    said = [
        json.loads(archive.read(name))["organization"]
        for name in archive.namelist()
        if name.startswith("01-案卷/") and name.endswith("/metadata.json")
    ]

    assert sorted(said) == sorted(one.organization.name_zh for one in ended)
    assert under_way.organization.name_zh not in archives.whole_text(archive).decode(
        errors="replace"
    )


def test_its_table_register_and_notices_are_those_of_the_round(client, county, three):
    ended, _under_way = three
    archive = archives.opened(archives.made(client, county.coordinator, address(county)))

    table = sheet(archive, "00-批次/汇总表.xlsx")
    register = sheet(archive, "00-批次/名册.xlsx")
    notice = json.loads(archive.read("00-批次/公示-1.json"))

    assert {(row[1], row[5]) for row in table} == {
        (ended[0].organization.name_zh, "未通过"),
        (ended[1].organization.name_zh, "已命名"),
    }
    assert [row[1] for row in register] == [ended[1].organization.name_zh]
    assert [one["name"] for one in notice["names"]] == [ended[1].organization.name_zh]
    assert notice["steps"][-1]["act"] == "关闭异议登记"


def test_its_figures_equal_a_count_by_hand_and_are_on_record(client, county, three):
    archive = archives.opened(archives.made(client, county.coordinator, address(county)))

    listed, (kept,) = archives.manifest(archive), Archive.objects.all()
    event = AuditEvent.objects.get(action="round.archive")
    assert listed["cases"] == kept.cases == event.details["cases"] == 2
    files = len(archive.namelist()) - 2
    assert listed["file_count"] == len(listed["files"]) == kept.files == files
    assert json.loads(archive.read("00-批次/metadata.json"))["cases"] == 2
    assert Export.objects.get().rows == files
    job = Job.objects.get(kind=asking.ARCHIVE)
    assert (job.state, job.done, job.total) == (State.DONE, 2, 2)


def test_the_page_says_how_many_have_ended_and_how_many_are_under_way(client, county, three):
    client.force_login(county.coordinator)

    page = client.get(address(county)).content.decode()

    assert "本批次已办结 2 份" in page
    assert "还有 1 份在办" in page
    round_page = reverse("rounds:detail", args=[county.round.pk])
    assert address(county) in client.get(round_page).content.decode()


def test_a_round_in_which_nothing_ended_is_refused_with_the_reason(client, county):
    county.at(Stage.SUBMITTED)
    client.force_login(county.coordinator)

    answer = client.post(address(county))

    assert answer.status_code == 422
    assert "还没有办结的申报" in answer.content.decode()
    assert not Export.objects.exists()


def test_no_round_of_another_county_or_in_preparation_is_archived(client, county):
    not_approved(county)
    beside = factories.JurisdictionFactory(code="341822000000", name_zh="邻县")
    for person in (
        county.reviewer,
        county.publisher,
        factories.seated(Role.COUNTY_COORDINATOR, beside),
    ):
        client.force_login(person)
        assert client.post(address(county)).status_code == 404
    Round.objects.filter(pk=county.round.pk).update(status=Round.Status.DRAFT)
    client.force_login(county.coordinator)
    assert client.get(address(county)).status_code == 404


def test_a_worker_hears_between_two_files_that_it_was_called_off(
    client, county, three, monkeypatch
):
    page = archives.asked(client, county.coordinator, address(county))
    job = Job.objects.get(kind=asking.ARCHIVE)
    chunk, files = archiving.Archiving.chunk, []

    def called_off(self, memo):
        files.append(memo)
        if len(files) == 3:
            client.post(f"{page}cancel/")
        return chunk(self, memo)

    monkeypatch.setattr(archiving.Archiving, "chunk", called_off)
    running.run(job.pk)

    job.refresh_from_db()
    assert (job.state, len(files)) == (State.CANCELLED, 3)
    assert not Archive.objects.exists()
