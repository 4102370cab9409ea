"""A list taken away: what its page shows, as an office prints it, safe, on record, for a while."""

import csv
import hashlib
import io
from dataclasses import replace
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.files.storage import storages
from django.urls import reverse

from designation.applications.models import Stage
from designation.audit.models import AuditEvent
from designation.exports import asking, columns, conditions, keeping
from designation.exports.models import ColumnChoice, Export
from designation.organizations.models import Organization, Role
from designation.site import clock, tables
from designation.site.jobs.models import Job, State
from designation.site.tasks import run_job
from tests import factories
from tests.test_list_pages import LISTS

pytestmark = pytest.mark.django_db


def taken(client, person, table="applications", kind="xlsx", asked="", **form):
    """Ask through the page, and answer the file's page."""
    client.force_login(person)
    address = f"{reverse('exports:take', args=[table])}?{asked}"
    codes = [column.code for column in tables.of(table).columns]
    return client.post(address, {"format": kind, "columns": codes} | form)


def fetched(client, answer):
    assert answer.status_code == 302, answer.content.decode()
    return client.get(f"{answer.url}file/")


def sheet(answer):
    return openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active


def rows_of(found):
    """The rows below the heads, as they stand in the sheet."""
    return [[cell.value for cell in row] for row in found.iter_rows(min_row=5)]


def lines(answer):
    content = b"".join(answer.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_it_holds_what_the_list_shows_in_the_same_order(client, county):
    first, second = county.at(Stage.SUBMITTED), county.beside().at(Stage.RECOMMENDED)

    rows = lines(fetched(client, taken(client, county.coordinator, kind="csv")))
    only = lines(
        fetched(client, taken(client, county.coordinator, kind="csv", asked="stage=submitted"))
    )

    listed = client.get(reverse("applications:list")).context["page"]
    assert [row[1] for row in rows[1:]] == [row.organization.name_zh for row in listed]
    assert {row[1] for row in rows[1:]} == {first.organization.name_zh, second.organization.name_zh}
    assert [row[1] for row in only[1:]] == [first.organization.name_zh]
    assert rows[0][:3] == ["序号", "申报组织", "所在乡镇（街道）"]
    assert rows[1][2] == county.township.jurisdiction.name_zh


def test_it_prints_as_an_office_prints_it(client, county, held_clock):
    county.at(Stage.SUBMITTED)
    county.beside().at(Stage.SUBMITTED)
    answer = taken(client, county.coordinator, asked="stage=submitted&category=NC&order=-due")

    found = sheet(fetched(client, answer))

    page = found.page_setup
    assert (page.orientation, int(page.paperSize), page.fitToWidth) == ("landscape", 9, 1)
    assert found.sheet_properties.pageSetUpPr.fitToPage
    assert found["A1"].value == "申报汇总表"
    assert found["A1"].font.bold
    assert found["A2"].value == "筛选条件：环节：待审核；类别：农村；排序：办理期限，倒序"
    assert found["A3"].value.startswith(f"导出时间：{tables.local(clock.now()):%Y-%m-%d %H:%M}")
    assert county.coordinator.full_name in found["A3"].value
    assert all(cell.font.bold for cell in found[4])
    assert found.print_title_rows == "$4:$4"
    assert found.print_area == "'申报汇总表'!$A$1:$J$6"
    assert found.freeze_panes == "A5"
    assert found.column_dimensions["B"].width == 32
    assert "&P" in found.oddFooter.center.text
    assert "&N" in found.oddFooter.center.text
    assert all(cell.alignment.wrap_text for cell in found[5])
    assert not found.merged_cells.ranges


def test_days_are_days_and_figures_figures(client, county):
    application = county.at(Stage.SUBMITTED)

    row = sheet(fetched(client, taken(client, county.coordinator)))[5]

    assert row[0].value == 1
    assert row[7].value.date() == tables.local(application.stage_since).date()
    assert row[7].number_format == "yyyy-mm-dd"


FORMULAS = ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠A1"]


@pytest.mark.parametrize("name", FORMULAS)
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_no_name_becomes_a_formula(client, county, kind, name):
    county.at(Stage.SUBMITTED)
    Organization.objects.filter(pk=county.village.pk).update(name_zh=name)

    answer = fetched(client, taken(client, county.coordinator, kind=kind))

    if kind == "xlsx":
        assert sheet(answer)["B5"].data_type == "s"
    else:
        assert lines(answer)[1][1].startswith("'")


def test_it_is_in_chinese_whatever_the_page_speaks(client, county):
    county.at(Stage.SUBMITTED)
    client.force_login(county.coordinator)
    address = reverse("exports:take", args=["applications"])

    answer = client.post(
        f"{address}?stage=submitted",
        {"format": "xlsx", "columns": ["stage"]},
        headers={"accept-language": "en"},
    )

    found = sheet(fetched(client, answer))
    assert [found["A1"].value, found["B4"].value, found["B5"].value] == [
        "申报汇总表",
        "环节",
        "待审核",
    ]
    assert found["A2"].value == "筛选条件：环节：待审核"


def test_a_late_one_is_said_to_be_late(client, county, held_clock):
    application = county.at(Stage.SUBMITTED)
    held_clock.move_to(application.due_at + timedelta(days=1))

    assert lines(fetched(client, taken(client, county.coordinator, kind="csv")))[1][-1] == "是"


def test_taking_it_is_on_the_record_without_what_was_searched_for(client, county):
    county.at(Stage.SUBMITTED)

    answer = taken(client, county.reviewer, kind="csv", asked="text=某人&stage=submitted")
    content = b"".join(fetched(client, answer).streaming_content)

    event = AuditEvent.objects.get(action="list.export")
    assert (event.actor, event.actor_role) == (county.reviewer, "first_reviewer")
    assert event.jurisdiction_code == county.township.jurisdiction.code
    assert (event.details["rows"], event.details["list"]) == (0, "申报汇总表")
    assert event.details["asked"]["stage"] == "submitted"
    assert event.details["columns"][0] == "申报组织"
    assert event.details["sha256"] == hashlib.sha256(content).hexdigest()
    assert "某人" not in str(event.details)


def test_a_wrong_filter_leads_back_to_where_it_is_told(client, county):
    answer = taken(client, county.coordinator, asked="stage=lost")

    assert answer.status_code == 302
    assert client.get(answer.url).context["listing"].filters.errors
    assert not AuditEvent.objects.filter(action="list.export").exists()


def test_only_the_chosen_columns_are_taken_and_none_is_told(client, county):
    county.at(Stage.SUBMITTED)

    some = taken(client, county.coordinator, kind="csv", columns=["stage", "organization"])
    none = taken(client, county.coordinator, kind="csv", columns=[])

    assert lines(fetched(client, some))[0] == ["序号", "申报组织", "环节"]
    assert none.status_code == 422
    assert "请至少选择一项。" in none.content.decode()


def test_columns_are_kept_under_a_name_and_chosen_again(client, county):
    taken(client, county.coordinator, columns=["stage"], keep_as="给办公室")
    taken(client, county.coordinator, columns=["due"], keep_as="给办公室")
    (kept,) = ColumnChoice.objects.all()

    address = reverse("exports:take", args=["applications"])
    page = client.get(f"{address}?columns_of={kept.pk}&stage=submitted")

    assert page.context["form"]["columns"].value() == ["due"]
    assert "给办公室" in page.content.decode()
    client.post(
        reverse("exports:forget", args=["applications", kept.pk]) + "?stage=submitted", follow=True
    )
    assert not ColumnChoice.objects.exists()


def test_what_another_keeps_is_neither_shown_nor_forgotten(client, county):
    taken(client, county.coordinator, columns=["stage"], keep_as="给办公室")
    (kept,) = ColumnChoice.objects.all()
    client.force_login(county.reviewer)

    page = client.get(reverse("exports:take", args=["applications"]) + f"?columns_of={kept.pk}")
    gone = client.post(reverse("exports:forget", args=["applications", kept.pk]))

    assert "给办公室" not in page.content.decode()
    assert gone.status_code == 404


def test_no_more_are_kept_than_one_tells_apart(client, county, monkeypatch):
    monkeypatch.setattr(columns, "MOST_KEPT", 1)
    taken(client, county.coordinator, columns=["stage"], keep_as="一")

    answer = taken(client, county.coordinator, columns=["stage"], keep_as="二")

    assert answer.status_code == 422
    assert "keep_as" in answer.context["form"].errors
    assert Export.objects.count() == 1


def test_more_rows_than_a_sheet_takes_are_told_at_the_format(client, county, monkeypatch):
    county.at(Stage.SUBMITTED)
    monkeypatch.setattr(asking, "MOST_ROWS", 4)

    answer = taken(client, county.coordinator)

    assert answer.status_code == 422
    assert "format" in answer.context["form"].errors
    assert taken(client, county.coordinator, kind="csv").status_code == 302


@pytest.fixture
def by_a_worker(monkeypatch):
    monkeypatch.setattr(asking, "MOST_AT_ONCE", 0)
    monkeypatch.setattr(asking, "CHUNK", 2)


def asked_of_a_worker(client, county, **given):
    """Three organizations, asked for by the coordinator; the job has not begun."""
    for place in (county, county.beside(), county.beside()):
        place.at(Stage.SUBMITTED)
    answer = taken(client, county.coordinator, **given)
    return answer, Job.objects.get(kind=asking.LIST)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_long_list_is_written_by_a_worker(client, county, by_a_worker, kind):
    answer, job = asked_of_a_worker(client, county, kind=kind)
    assert "排队中" in client.get(answer.url).content.decode()
    assert client.get(f"{answer.url}file/").status_code == 404

    run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (State.DONE, 3, 3)
    found = fetched(client, answer)
    names = (
        [row[1] for row in rows_of(sheet(found))]
        if kind == "xlsx"
        else [row[1] for row in lines(found)[1:]]
    )
    listed = client.get(reverse("applications:list")).context["page"]
    assert names == [row.organization.name_zh for row in listed]
    assert AuditEvent.objects.get(action="list.export").details["rows"] == 3
    assert "下载文件" in client.get(answer.url).content.decode()


def test_a_page_of_a_job_under_way_says_how_far_it_is(client, county, by_a_worker):
    answer, _job = asked_of_a_worker(client, county)

    part = client.get(answer.url, headers={"HX-Request": "true"})

    assert 'id="progress"' in part.content.decode()


def test_a_worker_asks_again_whether_its_maker_still_may(client, county, by_a_worker):
    answer, job = asked_of_a_worker(client, county)
    county.coordinator.seats.update(ended_at=clock.now())

    run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.reason) == (State.FAILED, "right_lost")
    assert "您的岗位已变动" in client.get(answer.url).content.decode()
    assert not AuditEvent.objects.filter(action="list.export").exists()


def test_a_list_that_is_no_more_the_makers_is_not_made(client, county, by_a_worker, monkeypatch):
    """A table that asks for another role meanwhile, as a new version of the system may."""
    _answer, job = asked_of_a_worker(client, county)
    other = replace(tables.of("applications"), roles=lambda: (Role.AUDIT_ADMINISTRATOR,))
    monkeypatch.setattr(tables, "_TABLES", {"applications": other})

    run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.reason) == (State.FAILED, "right_lost")


def test_who_loses_the_seat_while_it_is_written_gets_no_file(
    client, county, by_a_worker, monkeypatch
):
    _answer, job = asked_of_a_worker(client, county)
    stored = keeping.store

    def lost_meanwhile(export, content):
        county.coordinator.seats.update(ended_at=clock.now())
        return stored(export, content)

    monkeypatch.setattr(keeping, "store", lost_meanwhile)
    run_job(job.pk)

    job.refresh_from_db()
    assert (job.state, job.reason) == (State.FAILED, "right_lost")
    assert not storages["exports"].exists(Export.objects.get().file)


def test_a_file_is_not_fetched_once_a_seat_was_lost(client, county):
    county.at(Stage.SUBMITTED)
    answer = taken(client, county.coordinator)
    assert sheet(fetched(client, answer))["A1"].value == "申报汇总表"

    county.coordinator.seats.update(ended_at=clock.now())

    assert client.get(f"{answer.url}file/").status_code == 404
    assert "不再提供" in client.get(answer.url).content.decode()


def test_a_file_is_its_makers_alone(client, county):
    county.at(Stage.SUBMITTED)
    answer = taken(client, county.coordinator)
    client.force_login(factories.seated(Role.COUNTY_COORDINATOR, county.jurisdiction))

    addresses = (answer.url, f"{answer.url}file/")

    assert [client.get(address).status_code for address in addresses] == [404, 404]
    assert client.post(f"{answer.url}cancel/").status_code == 404
    assert list(client.get(reverse("exports:mine")).context["exports"]) == []


def test_a_job_is_called_off_and_leaves_nothing(client, county, by_a_worker):
    answer, job = asked_of_a_worker(client, county)

    first = client.post(f"{answer.url}cancel/", follow=True).content.decode()
    again = client.post(f"{answer.url}cancel/", follow=True).content.decode()

    job.refresh_from_db()
    assert job.state == State.CANCELLED
    assert "已取消，没有留下文件。" in first
    assert "已经结束" in again


def test_one_file_at_a_time_is_made_for_one_person(client, county, by_a_worker):
    asked_of_a_worker(client, county)

    answer = taken(client, county.coordinator)

    assert answer.status_code == 422
    assert "还在生成" in answer.content.decode()


def test_a_worker_that_died_is_followed_by_one_that_begins_anew(client, county, by_a_worker):
    answer, job = asked_of_a_worker(client, county, kind="csv")
    Job.objects.filter(pk=job.pk).update(
        done=2, total=3, attempt=1, memo={"source": "attempt 1", "left": {"rows": 2}}
    )

    run_job(job.pk)

    assert len(lines(fetched(client, answer))) == 4


def test_files_go_after_their_time_and_strays_with_them(client, county, held_clock):
    county.at(Stage.SUBMITTED)
    answer = taken(client, county.coordinator)
    (export,) = Export.objects.all()
    assert keeping.forget_old() == 0

    held_clock.move_to(export.kept_until + timedelta(minutes=1))

    assert client.get(answer.url).status_code == 404
    assert keeping.forget_old() == 1
    assert not Export.objects.exists()
    assert not storages["exports"].exists(export.file)


def test_a_file_that_no_row_names_goes(client, county, monkeypatch):
    county.at(Stage.SUBMITTED)
    taken(client, county.coordinator)
    (export,) = Export.objects.all()
    Export.objects.all().delete()
    now = clock.system_now()
    monkeypatch.setattr(clock, "system_now", lambda: now + keeping.KEPT + timedelta(days=1))

    keeping.forget_old()

    assert not storages["exports"].exists(export.file)


def test_nothing_to_forget_is_no_error():
    assert keeping.forget_old() == 0


def test_a_file_that_is_gone_from_the_store_is_not_there(client, county):
    county.at(Stage.SUBMITTED)
    answer = taken(client, county.coordinator)
    keeping.take_back(Export.objects.get())

    assert client.get(f"{answer.url}file/").status_code == 404


# Lists that are not taken away, and why.
NO_TABLE = {
    "choosing": "a choice for one item; the library, which it chooses from, is taken away",
    "choosing_for_a_hearing": "a choice for one statement; the library is taken away",
    "choosing_for_an_appeal": "a choice for one appeal; the library is taken away",
    "draws": "each draw has a public page of its own, with all that repeats it",
    "opinions": "it has a printed sheet of its own, and holds what only some may read",
    "rights_reviews": "one line a quarter; the lines of each are taken away",
    "password_slips": "a choice of whom to give a link; the list of people is taken away",
    "password_links": "a choice of one person; the list of people is taken away",
    "replayed": "it has files of its own, with its checks",
    "table_rows": "it is the file that came in, with what is to be mended",
    "tables": "one line a file that came in; what it entered is in the lists and in the log",
    "to_replay": "a choice of what to try; the rounds are taken away",
}


@pytest.mark.parametrize("arranged", LISTS)
def test_every_list_is_taken_away_as_its_page_shows_it_or_says_why_not(
    client, county, held_clock, arranged
):
    """Every row of the page, numbered; every figure by count; every column filled once at least."""
    table = tables.of_list(LISTS[arranged])
    assert (table is None) == (arranged.__name__ in NO_TABLE)
    person, address = arranged(county, 3, held_clock)
    person = person or county.coordinator
    client.force_login(person)
    path, _sign, query = address.removeprefix("/zh-hans").partition("?")
    page = client.get(path, dict(pair.split("=") for pair in query.split("&") if pair))
    listing = page.context["listing"]
    if table is None:
        assert "list-export" not in page.content.decode()
        return
    assert reverse("exports:take", args=[table.code]) in page.content.decode()

    answer = taken(client, person, table.code, asked=query)

    found = sheet(fetched(client, answer))
    rows = rows_of(found)
    count = listing.page.paginator.count
    assert [row[0] for row in rows] == list(range(1, count + 1))
    assert Export.objects.get().rows == count
    assert [cell.value for cell in found[4]][1:] == [str(one.heading) for one in table.columns]


def test_no_list_is_named_that_is_taken_away():
    assert {one.__name__ for one in LISTS if tables.of_list(LISTS[one]) is None} == set(NO_TABLE)


def test_whoever_may_not_open_a_list_may_not_take_it(client, county):
    person = factories.seated(Role.VERIFIER, county.jurisdiction)
    client.force_login(person)
    refused = [
        table.code
        for table in tables.known()
        if client.get(reverse("exports:take", args=[table.code])).status_code == 404
    ]

    assert set(refused) == {
        "bars",
        "certificates",
        "disposals",
        "jurisdictions",
        "organizations",
        "people",
        "seats",
        "unused",
        "rights-review",
        "log",
        "calendar-years",
        "library",
        "applications",
        "waiting",
        "done",
        "overseen",
        "notices",
        "titles-to-visit",
        "rechecks",
        "self-reports",
        "replays",
    }
    assert client.get(reverse("exports:take", args=["lost"])).status_code == 404


def test_whoever_needs_no_seat_takes_it_as_themselves(client, county):
    person = factories.PersonFactory(home_organization=county.village)

    taken(client, person, "rounds")

    event = AuditEvent.objects.get(action="list.export")
    assert (event.actor_role, event.jurisdiction_code) == (
        "self",
        county.village.jurisdiction.code,
    )


def test_a_condition_says_the_name_of_what_was_chosen(client, county):
    preparer = county.preparer
    second = factories.VillageFactory(superior=county.township)
    factories.SeatFactory(person=preparer, role=Role.PREPARER, organization=second)

    answer = taken(client, preparer, "library", asked=f"organization={second.pk}&text=照片")

    found = sheet(fetched(client, answer))
    assert found["A2"].value == f"筛选条件：名称、说明或文件名：照片；单位：{second.name_zh}"
    event = AuditEvent.objects.get(action="list.export")
    assert event.details["asked"] == {"text": "按文字", "organization": str(second.pk)}


def test_a_list_without_conditions_says_so(client, county):
    county.at(Stage.SUBMITTED)

    found = sheet(fetched(client, taken(client, county.coordinator)))

    assert found["A2"].value == "筛选条件：（未设筛选条件）"


def test_numbers_of_rows_carried_by_a_link_are_said_as_they_are(county):
    table = tables.of("register")
    filters = table.narrowed(tables.Asked(county.coordinator, {"decision": "7"}))

    assert conditions.said(filters) == ["命名决定：7"]


def test_a_day_in_a_text_file_is_written_as_a_day(client, county, held_clock):
    application = county.at(Stage.DESIGNATED, wait=held_clock.move_to)
    given = application.designation.designated_on

    row = lines(fetched(client, taken(client, county.coordinator, "register", kind="csv")))[1]

    assert date.fromisoformat(row[5]) == given


def test_a_moment_in_a_text_file_is_of_local_time(client, county):
    row = lines(fetched(client, taken(client, county.coordinator, "rounds", kind="csv")))[1]

    assert row[5] == f"{tables.local(county.round.opens_at):%Y-%m-%d %H:%M}"
