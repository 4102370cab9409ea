"""All certificates of a decision: issued and packed by a job, whatever breaks off in between."""

import io
import json
import zipfile

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from designation.audit.models import AuditEvent
from designation.certificates import packing
from designation.certificates.models import Certificate
from designation.exports import asking as exports
from designation.exports import keeping
from designation.organizations.models import Seat
from designation.register import giving
from designation.site import clock
from designation.site.jobs import running
from designation.site.jobs.models import State
from designation.site.refusal import Refusal
from tests.sheets import fill_in
from tests.titles_given import DAY
from tests.workflows.test_two_counties import Neighbour

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """Nothing that the site catches."""


def as_(person):
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def decision(county, held_clock):
    made = giving.record_decision(
        document_number="青发〔2026〕8号",
        decided_on=clock.today(),
        deciding_body="中共青山县委",
        area_code=county.jurisdiction.code,
        actor=county.deciding_officer,
    )
    for _title in range(3):
        giving.give(
            county.beside().village,
            category="NC",
            decision=made,
            until=clock.today() + 700 * DAY,
            actor=county.deciding_officer,
        )
    return made


def page(decision):
    return reverse("certificates:decision", args=[decision.pk])


def ask(decision, person):
    return packing.ask(decision, actor=person)


def run(export):
    running.run(export.job_id)
    export.refresh_from_db()
    export.job.refresh_from_db()
    return export


def packed(export):
    with keeping.opened(export) as file, zipfile.ZipFile(io.BytesIO(file.read())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def code_of(act):
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.code


def test_what_lacks_is_issued_and_all_is_packed(county, decision):
    answer = fill_in(as_(county.deciding_officer), page(decision), {})
    export = packing.Export.objects.get()
    assert answer.url == reverse("exports:detail", args=[export.pk])

    run(export)

    assert export.job.state == State.DONE
    assert [one.number for one in Certificate.objects.order_by("pk")] == [1, 2, 3]
    files = packed(export)
    assert [name.split()[:2] for name in files] == [
        [f"000{n}", f"〔2026〕第{n}号"] for n in (1, 2, 3)
    ]
    for pdf in files.values():
        said = PdfReader(io.BytesIO(pdf)).attachments["certificate.json"][0]
        assert json.loads(said)["content"]["decision_number"] == "青发〔2026〕8号"
    assert AuditEvent.objects.filter(action="certificate.issue").count() == 3
    assert AuditEvent.objects.get(action="certificate.pack").details["files"] == 3


def test_a_second_time_nothing_is_issued_and_the_coordinator_packs_what_there_is(county, decision):
    run(ask(decision, county.deciding_officer))

    export = run(ask(decision, county.coordinator))

    assert (export.job.state, len(packed(export)), Certificate.objects.count()) == (
        State.DONE,
        3,
        3,
    )


def test_the_coordinator_issues_none(county, decision):
    assert code_of(lambda: ask(decision, county.coordinator)) == "nothing_to_pack"
    answer = as_(county.coordinator).post(page(decision), {})
    assert (answer.status_code, Certificate.objects.count()) == (422, 0)


def test_a_title_that_is_not_in_force_gets_none(county, decision, held_clock):
    held_clock.move(800 * DAY)

    assert code_of(lambda: ask(decision, county.deciding_officer)) == "nothing_to_pack"


def test_a_worker_that_dies_between_two_leaves_what_was_issued_and_the_next_issues_the_rest(
    county, decision, monkeypatch, held_clock
):
    monkeypatch.setattr(packing, "_AT_ONCE", 1)
    export = ask(decision, county.deciding_officer)
    issue, calls = packing.issuing.issue_first, []

    def dies(titles, area, **by):
        calls.append(titles)
        if len(calls) == 3:
            raise Killed
        return issue(titles, area, **by)

    monkeypatch.setattr(packing.issuing, "issue_first", dies)
    with pytest.raises(Killed):
        running.run(export.job_id)
    assert Certificate.objects.count() == 2

    monkeypatch.setattr(packing.issuing, "issue_first", issue)
    held_clock.move(running.UNHEARD * 2)
    run(export)

    assert export.job.state == State.DONE
    assert [one.number for one in Certificate.objects.order_by("pk")] == [1, 2, 3]
    assert len(packed(export)) == 3


def test_a_job_called_off_leaves_what_was_issued_and_no_file(county, decision):
    export = ask(decision, county.deciding_officer)

    exports.cancel(export, actor=county.deciding_officer)
    run(export)

    assert (export.job.state, export.is_made) == (State.CANCELLED, False)


def test_who_lost_the_seat_meanwhile_issues_nothing(county, decision):
    export = ask(decision, county.deciding_officer)
    Seat.objects.filter(person=county.deciding_officer).update(ended_at=clock.now())

    run(export)

    assert (export.job.state, export.job.reason) == (State.FAILED, "right_lost")
    assert not Certificate.objects.exists()


def test_another_county_neither_sees_nor_packs(county, decision):
    neighbour = Neighbour()

    for person in (neighbour.deciding_officer, neighbour.coordinator, county.head):
        assert as_(person).get(page(decision)).status_code == 404
        assert code_of(lambda: ask(decision, person)) == "not_permitted"  # noqa: B023
