"""One small round, counted by hand from its rows: pages, files and the report say the same."""

import csv
import io
from collections import Counter
from datetime import timedelta

import pytest
from django.urls import reverse
from docx import Document

from designation.applications.models import PRIVATE_STAGES, Application, Stage
from designation.site import clock, tables
from tests.course import OPINION
from tests.reports.figures import in_another_township, told
from tests.reports.figures import tables as tables_of

pytestmark = pytest.mark.django_db

STEPS = "走到哪一步"


@pytest.fixture
def rows(county, held_clock):
    """Of two townships, at four stages, some late: by township and stage, and whether late."""
    elsewhere = in_another_township(county)
    county.at(Stage.SUBMITTED)
    rejected = county.beside().at(Stage.SUBMITTED)
    county.act("reject", rejected, county.reviewer, opinion=OPINION)
    elsewhere.at(Stage.RECOMMENDED)
    elsewhere.beside().start()
    first = Application.objects.exclude(term=None).earliest("term__due_at")
    held_clock.move_to(first.due_at + timedelta(minutes=1))
    return [
        (one.area_code[:9], one.stage, bool(one.due_at and one.due_at <= clock.now()))
        for one in Application.objects.select_related("term")
    ]


def handed_in(rows):
    return [row for row in rows if row[1] not in PRIVATE_STAGES]


def test_the_board_and_each_of_its_totals(client, county, rows):
    client.force_login(county.coordinator)

    answer = client.get(reverse("reports:board", args=[county.round.pk]))

    by_hand = Counter((place, stage) for place, stage, _late in rows)
    late = Counter(place for place, _stage, is_late in handed_in(rows) if is_late)
    for line in answer.context["lines"]:
        place = line["line"].head
        assert {stage: count for stage, _words, count in line["cells"] if count} == {
            stage: count
            for (where, stage), count in by_hand.items()
            if where == place and stage not in PRIVATE_STAGES
        }
        assert line["line"].late == late[place]
    total = answer.context["total"]["line"]
    assert total.drafts == sum(stage in PRIVATE_STAGES for _place, stage, _late in rows) == 1
    assert total.late == sum(late.values())


def test_the_figures_of_the_round_of_the_year_and_of_the_report(client, county, rows):
    begun = str(len(handed_in(rows)))
    recommended = str(sum(stage == Stage.RECOMMENDED for _place, stage, _late in rows))

    page = told(tables_of(client, county.coordinator, county.round)[STEPS])
    year = client.get(reverse("reports:year_figures")).context["tables"]
    report = client.get(reverse("reports:report", args=[county.round.pk]))

    of_year = {table.title: told(table) for table in year}[STEPS]
    document = Document(io.BytesIO(b"".join(report.streaming_content)))
    of_report = {row.cells[0].text: row.cells[1].text for row in document.tables[1].rows}
    for found in (page, of_year):
        assert (found["已申报"][0], found["已推荐"][0]) == (begun, recommended)
    assert (of_report["已申报"], of_report["已推荐"]) == (begun, recommended)


def test_a_list_taken_away_whole_and_of_one_stage(client, county, rows):
    assert taken(client, county) == len(handed_in(rows))
    for stage in (Stage.SUBMITTED, Stage.REJECTED, Stage.RECOMMENDED):
        by_hand = sum(one == stage for _place, one, _late in rows)
        assert taken(client, county, stage=str(stage)) == by_hand == 1
    late = sum(is_late for _place, _stage, is_late in handed_in(rows))
    assert taken(client, county, late="yes") == late


def taken(client, county, **asked):
    """How many rows the file holds that is taken of the list so filtered."""
    client.force_login(county.coordinator)
    address = reverse("exports:take", args=["applications"], query=asked)
    columns = [column.code for column in tables.of("applications").columns]
    answer = client.post(address, {"format": "csv", "columns": columns})
    assert answer.status_code == 302
    content = b"".join(client.get(f"{answer.url}file/").streaming_content)
    return len(list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))) - 1
