"""The page of a visit that no application carries along."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from designation.applications.models import Conclusion, Stage
from designation.organizations.models import Role
from designation.site import clock
from notifications.delivery import deliver_waiting
from notifications.models import Message
from standards.catalogue import published
from tests import factories
from tests.sheets import Sheet, fill_in
from tests.visits_apart import ITEM, begin, conclude, plan, recheck
from workflows.stages.objections import objections
from workflows.stages.verification import visits
from workflows.stages.verification.models import Measurement, Visit
from workflows.stages.verification.standing import Standing, standing

pytestmark = pytest.mark.django_db

FACTS = "反映活动场所面积不实。"


def page(name, visit, *more):
    return reverse(f"visits:{name}", args=[visit.pk, *more])


def as_(person):
    client = Client()
    client.force_login(person)
    return client


def text(answer):
    return answer.content.decode()


@pytest.fixture
def planned(county):
    return recheck(county, ITEM)


@pytest.fixture
def under_way(county, planned):
    return begin(county, planned)


@pytest.fixture
def investigation(county):
    """A visit on an objection, by two who have not seen the case."""
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    raised = objections.raise_objection(
        entry, facts=FACTS, identity={"name": "某人", "contact": "a@b.cn"}
    )
    objections.accept(raised, reason="可以核查，予以受理。", actor=county.objection_officer)
    team = [factories.seated(Role.VERIFIER, county.jurisdiction) for _place in range(2)]
    return plan(county, raised, ITEM, team=team)


def test_a_recheck_goes_from_its_planning_to_its_conclusion_on_its_page(county, planned):
    leader, second = map(as_, county.verifiers)
    for client in (leader, second):
        client.post(page("declare", planned))
    coordinator = as_(county.coordinator)
    fill_in(coordinator, page("verify", planned), to=page("perform", planned, "begin"))
    fill_in(leader, page("measure", planned, ITEM), {"verdict": "met", "basis": "实地查看。"})
    Sheet(leader, page("verify", planned)).send(
        {"started_at": "2026-03-02T08:00", "ended_at": "2026-03-02T08:30"}
    )
    for client in (leader, second):
        Sheet(client, page("verify", planned), to=page("sign", planned)).send()

    answer = Sheet(leader, page("verify", planned), to=page("perform", planned, "conclude")).send()

    assert answer.url == page("verify", planned)
    planned.refresh_from_db()
    assert standing(planned) == Standing.CONCLUDED


def test_it_says_why_whom_and_which_items_and_what_was_found_before(county, investigation):
    client = as_(investigation.members.get(is_leader=True).person)

    shown = text(client.get(page("verify", investigation)))

    assert "核查事由：异议调查" in shown
    assert investigation.about.organization.name_zh in shown
    assert "1 条中已核 0 条" in shown
    assert shown.count("本次不核查") == len(published(investigation.about.standard_id).items) - 1
    assert "上次核查" in shown


def test_it_shows_nothing_of_the_objection_and_who_raised_it(county, investigation):
    for person in (county.coordinator, investigation.members.first().person):
        shown = text(as_(person).get(page("verify", investigation)))
        assert FACTS not in shown
        assert "某人" not in shown
        assert investigation.objection.receipt_code not in shown


def test_a_message_leads_who_is_sent_to_it(county, planned):
    deliver_waiting()
    client = as_(county.verifiers[0])
    message = Message.objects.get(person=county.verifiers[0])

    answer = client.post(reverse("messages:open", args=[message.pk]))

    assert answer.url == page("verify", planned)


def test_what_is_in_the_way_of_a_passage_stands_on_the_page(county, planned):
    answer = as_(county.coordinator).post(page("perform", planned, "begin"))

    assert answer.status_code == 422
    assert "尚未签署回避承诺" in text(answer)
    assert as_(county.coordinator).post(page("perform", planned, "fly")).status_code == 404


def test_a_passage_pressed_twice_is_answered_as_the_first(county, planned):
    for member in planned.members.all():
        visits.declare_no_interest(member)
    sheet = Sheet(
        as_(county.coordinator), page("verify", planned), to=page("perform", planned, "begin")
    )

    assert [sheet.send().status_code for _press in range(2)] == [302, 302]
    assert planned.steps.count() == 1


def test_who_has_to_step_aside_by_now_is_told_so_and_records_nothing(county, under_way):
    member = county.verifiers[0]
    member.home_organization = under_way.title.organization
    member.save()

    shown = text(as_(member).get(page("verify", under_way)))
    declared = as_(member).post(page("declare", under_way))
    signed = as_(member).post(page("sign", under_way), {"shown": ""})

    assert "您应当回避这次核查：来自申报单位" in shown
    assert (declared.status_code, signed.status_code) == (422, 422)
    assert not under_way.members.filter(signed_at__isnull=False).exists()


def test_a_signature_for_a_record_that_changed_since_is_refused(county, under_way):
    sheet = Sheet(as_(county.verifiers[1]), page("verify", under_way), to=page("sign", under_way))
    visits.record_visit(
        under_way, started_at=clock.now(), ended_at=None, summary="", actor=county.verifiers[0]
    )

    answer = sheet.send()

    assert answer.status_code == 422
    assert "记录又有改动" in text(answer)


def concluded(visit):
    Visit.objects.filter(pk=visit.pk).update(released_at=clock.now())


def test_times_that_come_too_late_are_shown_and_not_kept(county, under_way):
    sheet = Sheet(as_(county.verifiers[0]), page("verify", under_way))
    concluded(under_way)

    answer = sheet.send({"started_at": "2026-03-02T08:00", "summary": "走访了两户。"})

    assert answer.status_code == 422
    assert "这次核查现为“已作结论”" in text(answer)
    assert "走访了两户。" in text(answer)
    assert page("verify", under_way) in text(answer)


def test_a_finding_that_comes_too_late_is_shown_and_not_kept(county, under_way):
    sheet = Sheet(as_(county.verifiers[0]), page("measure", under_way, ITEM))
    concluded(under_way)

    answer = sheet.send({"basis": "查看了台账。"})

    assert answer.status_code == 422
    assert "查看了台账。" in text(answer)
    assert not Measurement.objects.exists()


def test_a_wrong_value_is_told_at_its_field_and_the_rest_is_kept(county, under_way):
    wrong = Sheet(as_(county.verifiers[0]), page("verify", under_way)).send(
        {"started_at": "2026-03-02T08:30", "ended_at": "2026-03-02T08:00"}
    )

    assert wrong.status_code == 422
    assert "离开时间不能早于到达时间" in text(wrong)


def test_an_item_that_is_not_to_be_seen_has_no_page(county, under_way):
    client = as_(county.verifiers[0])

    assert client.get(page("measure", under_way, "NC-14")).status_code == 404
    assert client.get(page("measure", under_way, "ZZ-99")).status_code == 404


def test_once_concluded_it_is_read_and_no_longer_written(county, under_way):
    concluded(under_way)
    client = as_(county.verifiers[0])

    assert client.get(page("measure", under_way, ITEM)).status_code == 404
    shown = text(client.get(page("verify", under_way)))
    assert "本人签字" not in shown
    assert "保存时间" not in shown


def test_what_was_found_before_stands_beside_the_item(county, investigation):
    before = Measurement.objects.get(visit__application=investigation.about, item__code=ITEM)
    Measurement.objects.filter(pk=before.pk).update(basis="上次看了台账。", verdict=Conclusion.MET)
    begin(county, investigation)
    client = as_(investigation.members.get(is_leader=True).person)

    shown = text(client.get(page("measure", investigation, ITEM)))

    assert "上次看了台账。" in shown


# Its record on paper


def printed(client, visit):
    """What its PDF says, without spaces; None where there is none for this person."""
    answer = client.get(page("record", visit))
    if answer.status_code == 404:
        return None
    assert answer["Content-Type"] == "application/pdf"
    content = BytesIO(b"".join(answer.streaming_content))
    return "".join("".join(one.extract_text() for one in PdfReader(content).pages).split())


def test_the_record_of_a_recheck_is_printed_once_it_is_concluded(county, under_way):
    leader = as_(county.verifiers[0])
    assert printed(leader, under_way) is None
    assert page("record", under_way) not in text(leader.get(page("verify", under_way)))
    conclude(county, under_way)

    said = printed(leader, under_way)

    assert page("record", under_way) in text(leader.get(page("verify", under_way)))
    assert "实地核查记录" in said
    assert "核查事由复核" in said
    assert f"称号名册编号{under_way.title.number}" in said
    assert under_way.title.organization.name_zh in said
    assert ITEM in said
    for member in county.verifiers:
        assert member.full_name.replace(" ", "") in said


def test_the_record_of_an_investigation_is_printed_beside_what_was_found_before(
    county, investigation
):
    leader = investigation.members.get(is_leader=True).person
    begin(county, investigation)
    conclude(county, investigation, leader)

    said = printed(as_(leader), investigation)

    assert "上次实测值" in said
    assert "核查事由异议调查" in said
    assert FACTS not in said


def test_only_who_reads_the_record_of_a_visit_prints_it(county, under_way):
    conclude(county, under_way)

    another = factories.seated(Role.VERIFIER, county.jurisdiction)
    for person in (county.head, county.reviewer, another):
        assert printed(as_(person), under_way) is None
    assert printed(as_(county.coordinator), under_way)
