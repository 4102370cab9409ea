"""The appeals of a case in its archive: those answered, whole; of others that there was one."""

import csv
import io

import pytest
from django.urls import reverse

from designation.evidence import citations, contents, library
from designation.organizations.models import Role
from tests import factories
from tests.appealed import ANSWER, FOUND, REASON, Appealed, scan
from tests.reports import archives
from tests.visits_apart import ITEM, begin, conclude, plan
from workflows.stages.appeals.models import Against

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive_of(client, held_clock):
    def made(case):
        address = reverse("reports:archive_case", args=[case.application.pk])
        return archives.opened(archives.made(client, case.county.coordinator, address))

    return made


def lines(archive, number=1):
    name = f"07-申请复核/第 {number} 次申请复核.csv"
    rows = csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig")))
    return {row[0]: row[1] for row in rows}


def test_an_answered_appeal_is_in_it_with_report_meeting_and_answer(county, archive_of):
    case = Appealed(county, Against.NOT_CHOSEN)
    case.answer("dismiss")

    said = lines(archive_of(case))

    assert (said["对哪一决定"], said["状态"]) == ("达标未入选", "维持原决定")
    assert (said["要求复核的事项"], said["事实和理由"]) == ("事实认定有误", REASON)
    found = {said[f"{what}核实情况"] for what in ("事实认定", "统计、计算", "程序")}
    assert found == {FOUND}
    assert (said["研究会议"], said["研究结果"]) == ("县委常委会会议", "重新研究")
    assert (said["答复文号"], said["答复"]) == ("青组函〔2026〕5号", ANSWER)
    assert said["答复人"] == case.hearer.full_name
    assert said["收到方式"] == "网上"


def test_what_no_meeting_decided_has_no_report_and_says_that_it_came_on_paper(county, archive_of):
    case = Appealed(county, Against.VERIFICATION)
    case.enter()
    case.act("take_up")
    case.act("dismiss")

    said = lines(archive_of(case))

    assert said["收到方式"] == "书面"
    assert not [name for name in said if "核实情况" in name or "会议" in name]


@pytest.mark.parametrize("name", ["", "withdraw"])
def test_of_one_that_nobody_answered_the_archive_says_that_there_was_one(county, archive_of, name):
    case = Appealed(county)
    case.lodge(files=[scan("HELDBACK.png")])
    if name:
        case.act(name, actor=county.head)

    archive = archive_of(case)

    assert set(lines(archive)) == {"对哪一决定", "申请时间", "收到方式", "状态"}
    assert REASON.encode() not in archives.whole_text(archive)


def test_the_files_of_an_appeal_are_in_no_archive(county, archive_of):
    case = Appealed(county)
    case.lodge(files=[scan("HELDBACK.png")])
    case.act("take_up")
    case.act("dismiss")

    archive = archive_of(case)

    assert REASON.encode() in archives.whole_text(archive)
    assert b"HELDBACK" not in archives.whole_text(archive)


def visited(county, brought_back=()):
    """An appeal against 核查不通过 on which others went once more."""
    case = Appealed(county, Against.VERIFICATION)
    case.lodge()
    case.act("take_up")
    team = [factories.seated(Role.VERIFIER, county.jurisdiction) for _place in range(2)]
    visit = plan(county, case.appeal.decision, ITEM, team=team, actor=case.hearer)
    begin(county, visit, actor=case.hearer)
    for file in brought_back:
        with contents.written(file) as written:
            entry = library.add(written, holder=county.jurisdiction, title="", actor=team[0])
        citations.cite(entry, visit, actor=team[0])
    conclude(county, visit, leader=team[0])
    return case, team[0]


def test_the_record_of_a_visit_on_an_answered_appeal_lies_beside_it(county, archive_of):
    case, leader = visited(county, [scan("现场照片.png")])
    case.act("dismiss")

    archive = archive_of(case)

    record = "07-申请复核/第 1 次申请复核第 1 次核查记录.csv"
    found = archive.read("07-申请复核/第 1 次申请复核第 1 次核查结果.csv").decode("utf-8-sig")
    assert leader.full_name in archive.read(record).decode("utf-8-sig")
    assert ITEM in found
    assert any("05-实地核查/材料/" in name and "现场照片" in name for name in archive.namelist())


def test_while_nobody_has_answered_the_record_of_its_visit_stays_out(county, archive_of):
    case, leader = visited(county)

    archive = archive_of(case)

    assert not [name for name in archive.namelist() if "申请复核第 1 次核查" in name]
    assert leader.full_name.encode() not in archives.whole_text(archive)
