"""All certificates of a decision: issued and packed by a job, whatever breaks off in between."""

import base64
import io
import json
import zipfile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html
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
from tests import factories
from tests.sheets import fill_in
from tests.titles_given import DAY, paper
from tests.visits_apart import title_given_before
from tests.workflows.test_two_counties import Neighbour
from workflows.titles import acts

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


def dies(monkeypatch, act, *, at):
    """Let ``packing`` be killed when it calls ``act`` for that time; gives back what undoes it."""
    issue, calls = getattr(packing.issuing, act), []

    def until_then(titles, area, **by):
        calls.append(titles)
        if len(calls) == at:
            raise Killed
        return issue(titles, area, **by)

    monkeypatch.setattr(packing.issuing, act, until_then)
    return lambda: monkeypatch.setattr(packing.issuing, act, issue)


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


# What ended, and what changed since


def replaced():
    rows = Certificate.objects.filter(supersedes__isnull=False).order_by("number")
    return list(rows.values_list("number", "supersedes__number"))


def told(answer):
    return " ".join(html.fromstring(answer.content.decode()).text_content().split())


def revoke(title, county):
    acts.carry_out("revoke", title, paper(title, "revoke"), actor=county.deciding_officer)


def test_certificates_of_titles_that_ended_stay_out_and_page_and_file_say_how_many_and_why(
    county, decision
):
    run(ask(decision, county.deciding_officer))
    ended = decision.designations.order_by("pk").first()
    revoke(ended, county)

    shown = told(as_(county.coordinator).get(page(decision)))
    files = packed(run(ask(decision, county.coordinator)))

    assert "不放进压缩包 1 称号已不在有效期的证书： 已撤销 1" in shown
    text = files.pop("没有放进来的证书.txt").decode("utf-8-sig")
    assert text == f"{ended.number} {ended.name_zh}：称号已撤销，证书没有放进来。\r\n"
    assert [name.split()[1] for name in files] == ["〔2026〕第2号", "〔2026〕第3号"]


def test_where_all_titles_ended_nothing_is_packed_and_that_is_told(county, decision, held_clock):
    run(ask(decision, county.deciding_officer))
    held_clock.move(800 * DAY)

    assert code_of(lambda: ask(decision, county.coordinator)) == "nothing_to_pack"
    answer = as_(county.coordinator).post(page(decision), {})
    assert "发过证的称号都不在有效期内" in told(answer)


def renames(_county, decision, _settings):
    holder = decision.designations.order_by("pk").first().organization
    holder.name_zh = "新红旗村党支部"
    holder.save()
    return 1


def designs(county, _decision, _settings):
    factories.certificate_design(county.jurisdiction, county.coordinator)
    return 3


def loses_the_key(_county, _decision, settings):
    settings.CERTIFICATE_KEY = base64.b64encode(b"another key of thirty-two bytes!").decode()
    return 3


def moves(_county, _decision, settings):
    settings.SITE_ADDRESS = "https://moved.example.cn"
    return 3


@pytest.mark.parametrize("changes", [renames, designs, loses_the_key, moves])
def test_what_states_something_else_than_today_is_counted_and_replaced_where_it_is_ticked(
    county, decision, settings, changes
):
    run(ask(decision, county.deciding_officer))
    count = changes(county, decision, settings)
    office = as_(county.deciding_officer)
    assert f"与现在不一致 {count} " in told(office.get(page(decision)))

    fill_in(office, page(decision), {})
    assert len(packed(run(packing.Export.objects.latest("pk")))) == 3
    assert replaced() == []

    fill_in(office, page(decision), {"anew": "on"})
    files = packed(run(packing.Export.objects.latest("pk")))

    assert replaced() == [(4 + one, 1 + one) for one in range(count)]
    assert {name.split()[1] for name in files} == {
        f"〔2026〕第{number}号" for number in range(count + 1, count + 4)
    }
    assert "与现在不一致" not in told(office.get(page(decision)))


def test_where_the_key_is_missing_the_page_opens_and_no_certificate_is_taken_for_another(
    county, decision, settings
):
    run(ask(decision, county.deciding_officer))
    settings.CERTIFICATE_KEY = ""

    answer = as_(county.deciding_officer).get(page(decision))

    assert answer.status_code == 200
    assert "与现在不一致" not in told(answer)


def test_what_is_replaced_is_asked_once_and_by_who_issues(county, decision):
    run(ask(decision, county.deciding_officer))
    renames(county, decision, None)
    office, coordinator = as_(county.deciding_officer), as_(county.coordinator)

    answer = fill_in(office, page(decision), {"anew": "on"}, sure=None)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["sure"])

    assert "由审定人换发" in told(coordinator.get(page(decision)))
    coordinator.post(page(decision), {"anew": "on", "sure": "on"})
    run(packing.Export.objects.latest("pk"))
    assert replaced() == []


def test_certificates_replaced_by_a_worker_that_dies_are_not_replaced_twice(
    county, decision, monkeypatch, held_clock, settings
):
    run(ask(decision, county.deciding_officer))
    moves(county, decision, settings)
    monkeypatch.setattr(packing, "_AT_ONCE", 1)
    export = packing.ask(decision, anew=True, actor=county.deciding_officer)
    lives_on = dies(monkeypatch, "issue_anew", at=2)
    with pytest.raises(Killed):
        running.run(export.job_id)
    lives_on()
    held_clock.move(running.UNHEARD * 2)
    run(export)

    assert export.job.state == State.DONE
    assert replaced() == [(4, 1), (5, 2), (6, 3)]


def test_what_cannot_be_printed_is_left_out_and_the_page_says_which_and_why(county, decision):
    title = decision.designations.order_by("pk").first()
    title.organization.name_zh = "\U0003f000村党支部"
    title.organization.save()
    office = as_(county.deciding_officer)

    fill_in(office, page(decision), {})
    files = packed(run(packing.Export.objects.get()))

    assert (len(files), [one.number for one in Certificate.objects.order_by("pk")]) == (2, [1, 2])
    answer = office.get(page(decision))
    said = f"\U0003f000村党支部 {title.number} “单位”中的“\U0003f000”（U+3F000）没有字体可以印"
    assert said in told(answer)
    assert "发证并打包" not in told(answer)
    assert "sure" not in answer.context["form"].fields


def test_where_nothing_else_is_left_the_refusal_says_why(county, held_clock):
    title = title_given_before(county)
    title.organization.name_zh = "\U0003f000村党支部"
    title.organization.save()

    assert code_of(lambda: ask(title.decision, county.deciding_officer)) == "nothing_to_pack"
    answer = as_(county.deciding_officer).post(page(title.decision), {})
    assert "没有可以发的证书：“单位”中的" in told(answer)


def test_the_page_of_a_decision_costs_the_same_however_many_titles_it_gave(
    county, decision, django_assert_max_num_queries
):
    run(ask(decision, county.deciding_officer))
    office = as_(county.deciding_officer)
    with CaptureQueriesContext(connection) as few:
        office.get(page(decision))
    for _more in range(3):
        giving.give(
            county.beside().village,
            category="NC",
            decision=decision,
            until=clock.today() + 700 * DAY,
            actor=county.deciding_officer,
        )
    run(ask(decision, county.deciding_officer))

    with django_assert_max_num_queries(len(few)):
        office.get(page(decision))


def test_a_worker_that_dies_between_two_leaves_what_was_issued_and_the_next_issues_the_rest(
    county, decision, monkeypatch, held_clock
):
    monkeypatch.setattr(packing, "_AT_ONCE", 1)
    export = ask(decision, county.deciding_officer)
    lives_on = dies(monkeypatch, "issue_first", at=3)
    with pytest.raises(Killed):
        running.run(export.job_id)
    assert Certificate.objects.count() == 2

    lives_on()
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
