"""The archive of a case: what is in it, that it adds up, who makes it, and what is on record."""

import csv
import hashlib
import io
import json
from collections import Counter

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from designation.applications.models import Stage
from designation.audit.models import AuditEvent
from designation.evidence.content import received
from designation.exports.models import Export
from designation.organizations.models import Organization, Role
from designation.papers import sealed
from designation.site import clock
from designation.site.jobs.models import Job, State
from designation.site.tasks import run_job
from reports.archive import asking, names, papers_record
from reports.models import Archive
from tests import factories, files
from tests.course import PDF
from tests.reports import archives
from workflows.case.facts import Case
from workflows.stages.objections import objections

pytestmark = pytest.mark.django_db


@pytest.fixture
def ended(county, held_clock):
    return county.at(Stage.DESIGNATED, wait=held_clock.move_to)


def address(application):
    return reverse("reports:archive_case", args=[application.pk])


def archived(client, county, application):
    return archives.opened(archives.made(client, county.coordinator, address(application)))


def table(archive, name):
    return list(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"))))


def test_it_holds_papers_submissions_evidence_reviews_visit_notice_and_title(client, county, ended):
    archive = archived(client, county, ended)

    folders = Counter(name.split("/")[0] for name in archive.namelist())
    assert folders["01-申报材料"] == 3
    assert folders["02-提交版次"] == 2
    assert folders["03-佐证材料"] == 2
    assert {"04-审核/逐条审核意见.csv", "05-实地核查/第 1 次核查记录.csv"} <= {*archive.namelist()}
    assert {"06-研究公示命名/公示-1.json", "06-研究公示命名/命名.csv"} <= {*archive.namelist()}
    assert archive.read("01-申报材料/001-申报表.pdf").startswith(b"%PDF-")
    assert archive.read("03-佐证材料/001-会议记录.pdf") == PDF
    assert archive.testzip() is None


def test_every_figure_of_it_equals_a_count_by_hand(client, county, ended):
    archive = archived(client, county, ended)
    said, listed = json.loads(archive.read("metadata.json")), archives.manifest(archive)

    within = [name for name in archive.namelist() if name not in ("manifest.json", "SHA256SUMS")]
    assert [one["path"] for one in listed["files"]] == within
    assert (listed["file_count"], listed["absent_count"], listed["cases"]) == (len(within), 0, 1)
    assert said["counts"] == {
        "submissions": ended.submissions.count(),
        "evidence": ended.evidence.count(),
        "composed": len(within) - ended.evidence.count(),
    }
    for one in listed["files"]:
        content = archive.read(one["path"])
        assert (one["bytes"], one["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    assert len(table(archive, "办理历程.csv")) - 1 == ended.decisions.count()
    checks = sum(len(item.checks.all()) for item in ended.standard.items.all())
    assert len(table(archive, "02-提交版次/第 1 次提交.csv")) - 1 == checks


def test_both_names_stand_in_it_where_a_deputy_acted(client, county, held_clock):
    officer = county.deciding_officer
    county.deciding_officer = deputy = factories.deputy_in(officer.seats.get())
    ended = county.at(Stage.DESIGNATED, wait=held_clock.move_to)

    archive = archived(client, county, ended)

    both = f"{deputy.full_name}代{officer.full_name}"
    assert [row[1] for row in table(archive, "办理历程.csv") if row[3] == both] == ["命名"]
    notice = json.loads(archive.read("06-研究公示命名/公示-1.json"))
    assert [step["act"] for step in notice["steps"] if step["by"] == both] == ["审批"]


def test_its_metadata_say_who_when_where_and_by_which_standard(client, county, ended):
    said = json.loads(archived(client, county, ended).read("metadata.json"))

    assert said["organization"] == county.village.name_zh
    assert said["county"]["code"] == county.jurisdiction.code
    assert said["standard"]["version"] == ended.standard.number
    assert (said["round"], said["result"]) == (county.round.name_zh, "已命名")
    assert said["submissions"][0]["sha256"] == ended.submission.sha256


def test_a_submission_bears_the_hash_that_its_papers_print(client, county, ended):
    archive = archived(client, county, ended)

    content = archive.read("02-提交版次/第 1 次提交.json")

    assert hashlib.sha256(content).hexdigest() == ended.submission.sha256


def test_it_is_on_record_by_its_hashes_for_good(client, county, ended):
    content = archives.made(client, county.coordinator, address(ended))
    own = hashlib.sha256(archives.opened(content).read("manifest.json")).hexdigest()

    (kept,) = Archive.objects.all()
    event = AuditEvent.objects.get(action="application.archive")
    assert (kept.application, kept.round, kept.made_by) == (ended, None, county.coordinator)
    assert (kept.sha256, kept.size) == (hashlib.sha256(content).hexdigest(), len(content))
    assert kept.manifest_sha256 == own == event.details["manifest"]
    assert (event.actor_role, event.jurisdiction_code) == ("county_coordinator", ended.area_code)
    assert own in client.get(address(ended)).content.decode()


def test_the_case_page_leads_to_it_once_the_case_has_ended(client, county, held_clock):
    client.force_login(county.coordinator)
    under_way = county.at(Stage.SUBMITTED)
    page = reverse("applications:case", args=[under_way.pk])
    assert address(under_way) not in client.get(page).content.decode()
    assert client.get(address(under_way)).status_code == 404

    county.act("reject", under_way, county.reviewer, opinion="不符合申报条件，不予推荐。")

    assert address(under_way) in client.get(page).content.decode()
    assert client.get(address(under_way)).status_code == 200


def test_only_the_coordinator_of_its_county_archives_it(client, county, ended):
    beside = factories.JurisdictionFactory(code="341822000000", name_zh="邻县")
    other = factories.seated(Role.COUNTY_COORDINATOR, beside)
    for person in (county.preparer, county.reviewer, county.publisher, other):
        client.force_login(person)
        assert client.get(address(ended)).status_code == 404
        assert client.post(address(ended)).status_code == 404
    assert not Export.objects.exists()


def test_who_loses_the_seat_before_it_is_written_gets_no_file(client, county, ended):
    page = archives.asked(client, county.coordinator, address(ended))
    county.coordinator.seats.update(ended_at=clock.now())

    run_job(Job.objects.get(kind=asking.ARCHIVE).pk)

    job = Job.objects.get(kind=asking.ARCHIVE)
    assert (job.state, job.reason) == (State.FAILED, "right_lost")
    assert client.get(f"{page}file/").status_code == 404
    assert not Archive.objects.exists()


def test_it_is_called_off_and_leaves_nothing(client, county, ended):
    page = archives.asked(client, county.coordinator, address(ended))

    client.post(f"{page}cancel/")

    assert Job.objects.get(kind=asking.ARCHIVE).state == State.CANCELLED
    assert not Archive.objects.exists()


def test_a_worker_that_died_is_followed_by_one_that_begins_anew(client, county, ended):
    page = archives.asked(client, county.coordinator, address(ended))
    job = Job.objects.get(kind=asking.ARCHIVE)
    memo = {"source": "attempt 1", "left": {"files": 9}}
    Job.objects.filter(pk=job.pk).update(attempt=1, total=1, memo=memo)

    run_job(job.pk)

    archive = archives.opened(b"".join(client.get(f"{page}file/").streaming_content))
    assert archives.manifest(archive)["file_count"] == len(archive.namelist()) - 2


def test_a_file_that_the_storage_lost_is_named_and_stops_nothing(client, county, ended):
    default_storage.delete(ended.evidence.get().file.name)

    archive = archived(client, county, ended)

    listed = archives.manifest(archive)
    lost = [one["path"] for one in listed["files"] if "absent" in one]
    assert lost == ["03-佐证材料/001-会议记录.pdf"]
    assert listed["absent_count"] == Archive.objects.get().absent == 1
    assert lost[0] not in archive.read("SHA256SUMS").decode()
    assert "没有文件" in archive.read("03-佐证材料/材料目录.csv").decode()


@pytest.mark.parametrize(
    "title", ["../../etc/passwd", "a\\b:c*?.pdf", "con", "长" * 120, "\u202egnp.exe", "=1+1", " . "]
)
def test_a_hostile_title_becomes_a_plain_name(title):
    name = names.numbered(7, title, "application/pdf")

    assert name.startswith("007-")
    assert name.endswith(".pdf")
    assert not {*'/\\:*?"<>|\n\r\t\u202e'} & {*name}
    assert len(name.encode()) <= 255
    assert not {*"/\\."} & {*names.folder(7, title)[4:]}


def test_titles_that_are_alike_are_told_apart_by_their_numbers(client, county):
    application = county.start()
    county.prepare(application)
    county.attach(application, PDF.replace(b"Catalog", b"Catalog/A 1"))
    county.act("confirm", application, county.head, truth_confirmed=True)
    county.act("submit", application, county.preparer)
    county.act("reject", application, county.reviewer, opinion="不符合申报条件，不予推荐。")

    archive = archived(client, county, application)

    assert {"03-佐证材料/001-会议记录.pdf", "03-佐证材料/002-会议记录.pdf"} <= {*archive.namelist()}


def test_it_is_in_chinese_whatever_the_page_speaks_and_no_cell_is_a_formula(client, county, ended):
    Organization.objects.filter(pk=county.village.pk).update(name_zh="=HYPERLINK(1)")
    ended.marks.update(comment="=1+1")
    client.force_login(county.coordinator)
    answer = client.post(address(ended), headers={"accept-language": "en"})
    run_job(Job.objects.get(kind=asking.ARCHIVE).pk)
    archive = archives.opened(b"".join(client.get(f"{answer.url}file/").streaming_content))

    marks = table(archive, "04-审核/逐条审核意见.csv")

    assert marks[0][:3] == ["条目", "结论", "审核意见"]
    assert marks[1][2] == "'=1+1"


def sealed_copy(kind, subject, actor, file, seen=None):
    return sealed.put(kind, subject, received(file, "扫描件.pdf"), seen=seen, actor=actor)


def test_papers_that_left_lie_in_it_with_every_sealed_copy_that_came_back(client, county, ended):
    officer, decision = county.deciding_officer, county.round.decisions.get()
    first = sealed_copy("decision", decision, officer, PDF)
    sealed_copy("decision", decision, officer, files.pdf(), seen=first.pk)

    archive = archived(client, county, ended)

    held = sorted(name for name in archive.namelist() if name.startswith("08-公文/"))
    assert held == [
        "08-公文/001-公示.pdf",
        "08-公文/002-命名决定.pdf",
        "08-公文/002-命名决定（盖章件1）.pdf",
        "08-公文/002-命名决定（盖章件2）.pdf",
    ]
    assert archive.read(held[2]) == PDF
    listed = {one["path"]: one for one in archives.manifest(archive)["files"]}
    assert [listed[name]["replaced"] for name in held[2:]] == [True, False]
    assert listed[held[2]]["sha256"] == first.sha256
    assert json.loads(archive.read("metadata.json"))["counts"]["sealed_copies"] == 2


def test_a_sealed_copy_that_the_storage_lost_is_told_as_absent(client, county, ended):
    decision = county.round.decisions.get()
    copy = sealed_copy("decision", decision, county.deciding_officer, PDF)
    default_storage.delete(copy.entry.stored.file.name)

    (lost,) = [
        one
        for one in archives.manifest(archived(client, county, ended))["files"]
        if one.get("what") == "sealed_copy"
    ]

    assert "absent" in lost


def test_the_answer_to_an_objection_is_none_of_its_papers(county):
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    named = {"name": "张三", "contact": "13800000000"}
    raised = objections.raise_objection(entry, facts="面积不实", identity=named)
    objections.refuse(raised, reason="没有可以核实的线索。", actor=county.objection_officer)
    sealed_copy("objection_answer", raised, county.objection_officer, PDF)

    left = [*papers_record.of_case(Case(entry.application))]
    left += papers_record.shared_by(entry.application)

    assert [one.kind for one in left] == ["notice"]
