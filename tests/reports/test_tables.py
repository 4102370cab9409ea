"""The table of applications (汇总表): narrowed as the list is, printed by an office, on record."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse

from designation.applications.models import Stage
from designation.audit.models import AuditEvent
from designation.organizations.models import Organization
from reports.tables import applications as table

pytestmark = pytest.mark.django_db


def taken(client, person, kind="xlsx", **asked):
    client.force_login(person)
    return client.get(reverse("reports:table", args=[kind]), asked)


def sheet(answer):
    content = io.BytesIO(b"".join(answer.streaming_content))
    return openpyxl.load_workbook(content).active


def lines(answer):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_it_holds_what_the_list_shows_in_the_same_order(client, county):
    first, second = county.at(Stage.SUBMITTED), county.beside().at(Stage.RECOMMENDED)

    rows = lines(taken(client, county.coordinator, "csv"))
    only = lines(taken(client, county.coordinator, "csv", stage="submitted"))

    listed = client.get(reverse("applications:list")).context["page"]
    assert [row[1] for row in rows[1:]] == [row.organization.name_zh for row in listed]
    assert {row[1] for row in rows[1:]} == {first.organization.name_zh, second.organization.name_zh}
    assert [row[1] for row in only[1:]] == [first.organization.name_zh]
    assert rows[0][:3] == ["序号", "申报组织", "所在乡镇（街道）"]
    assert rows[1][2] == county.township.jurisdiction.name_zh


def test_it_prints_across_on_a4_with_its_head_on_every_page(client, county):
    county.at(Stage.SUBMITTED)

    found = sheet(taken(client, county.coordinator))

    page = found.page_setup
    assert (page.orientation, int(page.paperSize), page.fitToWidth) == ("landscape", 9, 1)
    assert found.print_title_rows == "$1:$1"
    assert found.sheet_properties.pageSetUpPr.fitToPage
    assert all(cell.alignment.wrap_text for cell in found[2])


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_no_name_becomes_a_formula(client, county, kind):
    county.at(Stage.SUBMITTED)
    Organization.objects.filter(pk=county.village.pk).update(name_zh="=HYPERLINK(1)")

    answer = taken(client, county.coordinator, kind)

    if kind == "xlsx":
        assert sheet(answer)["B2"].data_type == "s"
    else:
        assert lines(answer)[1][1] == "'=HYPERLINK(1)"


def test_it_is_in_chinese_whatever_the_page_speaks(client, county):
    county.at(Stage.SUBMITTED)
    client.force_login(county.coordinator)

    answer = client.get(reverse("reports:table", args=["csv"]), headers={"accept-language": "en"})

    assert lines(answer)[1][5] == "待审核"


def test_a_late_one_is_said_to_be_late(client, county, held_clock):
    application = county.at(Stage.SUBMITTED)
    held_clock.move_to(application.due_at + timedelta(days=1))

    assert lines(taken(client, county.coordinator, "csv"))[1][-1] == "是"


def test_taking_it_is_on_the_record_without_what_was_searched_for(client, county):
    county.at(Stage.SUBMITTED)

    taken(client, county.reviewer, "csv", text="某人", stage="submitted")

    event = AuditEvent.objects.get(action="applications.table")
    assert (event.actor, event.actor_role) == (county.reviewer, "first_reviewer")
    assert event.jurisdiction_code == county.township.jurisdiction.code
    assert event.details["rows"] == 0
    assert event.details["asked"]["stage"] == "submitted"
    assert "某人" not in str(event.details)


def test_a_wrong_filter_leads_back_to_where_it_is_told(client, county):
    answer = taken(client, county.coordinator, stage="lost")

    assert answer.status_code == 302
    assert client.get(answer.url).context["listing"].filters.errors
    assert not AuditEvent.objects.filter(action="applications.table").exists()


def test_too_many_rows_are_told_and_nothing_is_taken(client, county, monkeypatch):
    county.at(Stage.SUBMITTED)
    monkeypatch.setattr(table, "MOST_ROWS", 0)

    answer = taken(client, county.coordinator, category="NC")

    assert answer.status_code == 302
    assert "请先筛选" in client.get(answer.url).content.decode()
    assert not AuditEvent.objects.filter(action="applications.table").exists()


def test_another_kind_of_file_is_not_there(client, county):
    assert taken(client, county.coordinator, "pdf").status_code == 404


def test_the_list_offers_it_to_those_who_look_after_many(client, county):
    county.at(Stage.SUBMITTED)
    address = reverse("reports:table", args=["xlsx"])
    offered = {}
    for person in (county.coordinator, county.reviewer, county.preparer):
        client.force_login(person)
        offered[person] = address in client.get(reverse("applications:list")).content.decode()

    assert offered == {county.coordinator: True, county.reviewer: True, county.preparer: False}
