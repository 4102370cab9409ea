"""Whoever investigates the leading objection reads what is joined to it, as long as it is."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from designation.applications.models import Stage
from designation.audit.models import AuditEvent
from designation.organizations.models import Role
from designation.site.refusal import Refusal
from notifications import delivery
from notifications.models import Message
from tests import factories, files
from tests.sheets import Sheet
from workflows.stages.objections import (
    attachments,
    hearing,
    investigation,
    joining,
    longer,
    objections,
)
from workflows.stages.objections.models import Objection

pytestmark = pytest.mark.django_db
REASON = "反映的都是活动场所面积不足。"
FOUND = "经现场丈量，面积符合标准，异议不成立。"
SAYS = "活动场所只有六十平方米，有照片为证。"
ZHANG = {"name": "张三丰", "contact": "0563-6021234"}
LI = {"name": "李四海", "contact": "0563-6025678"}


@pytest.fixture
def entry(county):
    return county.at(Stage.ON_NOTICE).notice_entries.get()


@pytest.fixture
def officer(county):
    return county.objection_officer


@pytest.fixture
def investigator(county):
    return factories.seated(Role.SECRECY_REVIEWER, county.jurisdiction, full_name="赵清")


def raised(entry, identity, says=SAYS):
    photo = SimpleUploadedFile("李四海家门口.jpg", files.jpeg())
    attached = attachments.judged([photo])
    return objections.raise_objection(entry, facts=says, identity=identity, attached=attached)


def asked(objection, person, officer):
    investigation.assign(objection, investigator=person, reason=REASON, actor=officer)


@pytest.fixture
def leading(entry, officer, investigator):
    """Under investigation by somebody whom its officer asked."""
    made = raised(entry, ZHANG, says="场所太小，达不到标准。")
    objections.accept(made, reason="有具体事实，可以核查。", actor=officer)
    asked(made, investigator, officer)
    return made


@pytest.fixture
def same(entry):
    return raised(entry, LI)


@pytest.fixture
def together(leading, same, officer):
    joining.join(leading, [same], reason=REASON, actor=officer)
    same.refresh_from_db()
    return leading, same


def page(client, person, name, objection):
    client.force_login(person)
    return client.get(reverse(f"notices:{name}", args=[objection.pk]))


def opened(client, person, objection, number=1):
    client.force_login(person)
    return client.post(reverse("notices:attachment", args=[objection.pk, number]))


def address_of(objection):
    return reverse("notices:attachment", args=[objection.pk, 1])


@pytest.mark.parametrize("name", ["objection", "report"])
def test_the_investigator_reads_the_text_and_finds_the_attachments_of_each(
    client, investigator, together, name
):
    leading, same = together

    shown = page(client, investigator, name, leading).content.decode()

    assert SAYS in shown
    assert REASON in shown
    assert f"对象：{same.entry.name}" in shown
    assert same.receipt_code in shown
    assert address_of(same) in shown
    assert f'href="{reverse("notices:objection", args=[same.pk])}"' not in shown


def test_the_attachment_comes_without_its_metadata_and_each_view_is_recorded_by_the_seat(
    client, investigator, together
):
    leading, same = together

    answer = opened(client, investigator, same)

    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]
    assert not Image.open(io.BytesIO(answer.getvalue())).getexif()
    event = AuditEvent.objects.get(action="objection.view_attachment")
    assert event.subject_id == str(same.pk)
    assert (event.actor, event.actor_role) == (investigator, Role.SECRECY_REVIEWER)
    other = opened(client, investigator, leading)["Content-Disposition"]
    assert other != answer["Content-Disposition"], "side by side in one folder"
    assert same.receipt_code not in answer["Content-Disposition"]


def test_the_right_begins_with_the_joining_and_ends_with_it(
    client, investigator, officer, leading, same
):
    def reads():
        shown = page(client, investigator, "objection", leading).content.decode()
        return SAYS in shown, opened(client, investigator, same).status_code

    before = reads()
    joining.join(leading, [same], reason=REASON, actor=officer)
    during = reads()
    joining.separate(same, reason="反映的其实是另外一件事。", actor=officer)
    after = reads()

    assert (before, during, after) == ((False, 404), (True, 200), (False, 404))
    assert AuditEvent.objects.filter(action="objection.view_attachment").count() == 1
    with pytest.raises(Refusal):
        objections.attachment(same, 1, actor=investigator)


def test_the_right_ends_with_the_investigation_and_with_the_finding(
    client, county, investigator, officer, together
):
    leading, same = together
    asked(leading, county.publisher, officer)
    assert opened(client, investigator, same).status_code == 404
    assert opened(client, county.publisher, same).status_code == 200
    investigation.report(leading, report="现场丈量三次，有记录。", actor=county.publisher)
    assert opened(client, county.publisher, same).status_code == 200

    objections.dismiss(leading, finding=FOUND, actor=officer)

    assert opened(client, county.publisher, same).status_code == 404
    with pytest.raises(Refusal):
        objections.attachment(Objection.objects.get(pk=same.pk), 1, actor=county.publisher)
    assert opened(client, officer, same).status_code == 200


def test_who_investigates_another_one_to_the_same_name_and_another_county_see_nothing(
    client, county, entry, officer, together
):
    _leading, same = together
    apart = raised(entry, None, says="档案不全，没有会议记录。")
    objections.accept(apart, reason="有具体事实，可以核查。", actor=officer)
    asked(apart, county.publisher, officer)
    elsewhere = factories.JurisdictionFactory(code="341822000000")
    others = [
        county.publisher,
        *(
            factories.seated(role, elsewhere)
            for role in (Role.OBJECTION_OFFICER, Role.SECRECY_REVIEWER)
        ),
    ]

    for person in others:
        assert opened(client, person, same).status_code == 404
        assert page(client, person, "objection", same).status_code == 404
        with pytest.raises(Refusal):
            objections.attachment(same, 1, actor=person)
    assert SAYS not in page(client, county.publisher, "objection", apart).content.decode()


def test_who_raised_what_is_joined_is_the_officers_alone_to_open(
    client, investigator, officer, together
):
    leading, same = together
    shown = page(client, investigator, "objection", leading).content.decode()
    identity = reverse("notices:identity", args=[same.pk])
    assert identity not in shown
    assert "李四海" not in shown

    assert client.post(identity).status_code == 404
    assert page(client, investigator, "objection", same).status_code == 404
    with pytest.raises(Refusal):
        objections.identity(same, actor=investigator)

    client.force_login(officer)
    assert "李四海" in client.post(identity).content.decode()


def test_the_officer_reads_each_on_the_page_of_the_leading_one_and_before_writing_the_facts(
    client, officer, together
):
    leading, same = together
    for name in ("objection", "redact"):
        shown = page(client, officer, name, leading).content.decode()
        assert SAYS in shown
        assert address_of(same) in shown
        assert reverse("notices:objection", args=[same.pk]) in shown


def test_what_no_key_opens_is_told_on_the_page_on_which_it_was_pressed(
    client, investigator, officer, together, settings
):
    leading, same = together
    settings.FIELD_KEY = "another key"

    assert opened(client, investigator, same).url == reverse("notices:objection", args=[leading.pk])
    assert (
        "密封所用的密钥已更换"
        in client.get(reverse("notices:objection", args=[leading.pk])).content.decode()
    )
    assert opened(client, officer, same).url == reverse("notices:objection", args=[same.pk])


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("redact", {"facts": "李四海反映面积不足，是否属实。"}),
        ("ask_longer", {"days": 3, "reason": "须再与 0563 6025678 联系核实。"}),
    ],
)
def test_what_leaves_the_office_names_nobody_who_raised_what_is_joined(
    client, officer, leading, same, name, typed
):
    client.force_login(officer)
    sheet = Sheet(client, reverse(f"notices:{name}", args=[leading.pk]))
    joining.join(leading, [same], reason=REASON, actor=officer)

    refused = sheet.send(typed)

    assert refused.status_code == 422
    assert "异议人的姓名、单位或联系方式" in refused.content.decode()


def test_facts_that_were_written_before_a_joining_are_compared_again_when_they_are_released(
    client, officer, entry, leading
):
    hearing.redact(leading, facts="李四海家旁边的场所，面积是否不足。", actor=officer)
    same = raised(entry, LI)
    client.force_login(officer)
    sheet = Sheet(client, reverse("notices:release", args=[leading.pk]))
    joining.join(leading, [same], reason=REASON, actor=officer)

    refused = sheet.send({"sure": "yes"})

    assert refused.status_code == 422
    assert "异议人的姓名、单位或联系方式" in refused.content.decode()
    leading.refresh_from_db()
    assert leading.hearing.released_at is None


def test_a_reason_for_more_time_without_anybodys_name_is_taken(officer, together):
    leading, _same = together

    assert longer.ask(leading, days=3, reason="须等图纸。", actor=officer).is_granted is None


@pytest.mark.parametrize("reader", ["investigator", "officer"])
def test_beside_three_that_are_joined_the_page_asks_no_more_of_the_database_than_beside_one(
    request, client, entry, officer, together, reader
):
    leading, _same = together
    person = request.getfixturevalue(reader)

    def statements():
        with CaptureQueriesContext(connection) as counted:
            page(client, person, "objection", leading)
        return len(counted)

    statements()
    beside_one = statements()
    joining.join(leading, [raised(entry, None), raised(entry, ZHANG)], reason=REASON, actor=officer)
    assert statements() == beside_one


def told(person):
    delivery.deliver_waiting()
    rows = Message.objects.filter(person=person, event__action="objection.join")
    return [row.leads_to["id"] for row in rows]


def test_who_investigates_is_told_that_another_was_joined_and_nobody_else_is(
    together, investigator, officer, county
):
    leading, _same = together

    assert told(investigator) == [str(leading.pk)]
    assert told(officer) == told(county.coordinator) == []


def test_what_comes_after_the_report_is_joined_and_the_officer_reads_that_it_was_not_seen(
    client, leading, same, investigator, officer
):
    investigation.report(leading, report=FOUND, actor=investigator)

    joining.join(leading, [same], reason=REASON, actor=officer)

    assert told(investigator) == []
    assert "报告没有涉及它" in page(client, officer, "objection", leading).content.decode()


def test_of_what_was_joined_before_the_report_nothing_of_the_kind_is_said(
    client, together, investigator, officer, held_clock
):
    held_clock.move(timedelta(hours=1))
    leading, _same = together
    investigation.report(leading, report=FOUND, actor=investigator)

    assert "报告没有涉及它" not in page(client, officer, "objection", leading).content.decode()
