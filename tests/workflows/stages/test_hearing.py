"""The organization hears the facts, never the person, and answers before anything is found."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from designation.applications.models import Stage
from designation.audit.models import AuditEvent
from designation.site import clock
from designation.site.refusal import Refusal
from notifications import delivery
from notifications.models import Message
from tests import files
from tests.hearings import heard
from tests.sheets import Sheet
from tests.terms import end_those_over
from workflows.stages.objections import hearing, objections
from workflows.stages.objections.models import (
    BEYOND_THE_CALENDAR,
    Hearing,
    Objection,
    ObjectionStep,
)

pytestmark = pytest.mark.django_db
REASON = "经研究,符合受理条件。"
FACTS = "活动场所面积是否达到 90 平方米。"
ANSWER = "场所面积为 120 平方米，附竣工图。"
OBJECTOR = {"name": "张三丰", "contact": "0563-6021234"}


@pytest.fixture
def accepted(county):
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    raised = objections.raise_objection(entry, facts="我家隔壁的场所太小", identity=OBJECTOR)
    objections.accept(raised, reason=REASON, actor=county.objection_officer)
    return raised


@pytest.fixture
def put(client, county, accepted):
    return put_to_the_organization(client, county, accepted)


def put_to_the_organization(client, county, objection):
    client.force_login(county.objection_officer)
    Sheet(client, reverse("notices:redact", args=[objection.pk])).send({"facts": FACTS})
    Sheet(client, reverse("notices:release", args=[objection.pk])).send({"sure": "yes"})
    return Hearing.objects.get()


def page(client, person, name, pk):
    client.force_login(person)
    return client.get(reverse(f"notices:{name}", args=[pk]))


def handle(client, county, objection, act):
    client.force_login(county.objection_officer)
    return client.post(
        reverse("notices:objection", args=[objection.pk]),
        {"act": act, "reason": REASON, "sure": "yes"},
    )


def test_the_facts_are_written_then_read_as_they_will_be_and_only_then_released(
    client, county, accepted
):
    client.force_login(county.objection_officer)

    written = Sheet(client, reverse("notices:redact", args=[accepted.pk])).send({"facts": FACTS})

    assert written.url == reverse("notices:release", args=[accepted.pk])
    assert not hearing.put_to(county.head).exists()
    preview = client.get(written.url).content.decode()
    assert FACTS in preview
    assert "我家隔壁" not in preview
    Sheet(client, written.url).send({"sure": "yes"})
    assert hearing.put_to(county.head).exists()
    acts = list(ObjectionStep.objects.order_by("pk").values_list("act", flat=True))
    assert acts == ["accepted", "redacted", "released"]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ("张三丰说场所面积不够，请核实。", "异议人的姓名"),
        ("张 三 丰 说场所面积不够，请核实。", "异议人的姓名"),
        ("来电 0563 6021234 反映场所面积不够。", "联系方式"),
        ("有人（13800000000）反映场所面积不够。", "手机号"),
        ("证件 341821199001011234 的人反映面积不够。", "身份证号"),
    ],
)
def test_facts_that_tell_of_people_are_refused_and_nothing_typed_is_lost(
    client, county, accepted, facts, said
):
    client.force_login(county.objection_officer)
    sheet = Sheet(client, reverse("notices:redact", args=[accepted.pk]))

    refused = sheet.send({"facts": facts})

    assert refused.status_code == 422
    assert said in refused.content.decode()
    assert facts in refused.content.decode()
    assert not Hearing.objects.exists()
    assert not AuditEvent.objects.filter(action="objection.view_identity").exists()


def test_neither_facts_nor_finding_tell_of_who_typed_more_than_a_name(client, county):
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    village = entry.application.organization.jurisdiction.name_zh
    typed = {"name": f"{village}村民张三丰", "contact": "电话0563-6021234，微信zsf-88888"}
    objection = objections.raise_objection(entry, facts="面积不实", identity=typed)
    objections.accept(objection, reason=REASON, actor=county.objection_officer)
    client.force_login(county.objection_officer)
    redact = reverse("notices:redact", args=[objection.pk])
    for text in ("村民张三丰说场所面积不够。", "微信 zsf-88888 说场所面积不够。"):
        refused = Sheet(client, redact).send({"facts": text})
        assert refused.status_code == 422
        assert "异议人的姓名" in refused.content.decode()
    of_the_village = {"facts": f"{village}村民的活动场所面积。"}
    assert Sheet(client, redact).send(of_the_village).status_code == 302

    heard(objection)
    address = reverse("notices:objection", args=[objection.pk])
    finding = {"act": "reverify", "reason": "村民张三丰反映属实，重新核查。", "sure": "yes"}
    refused = client.post(address, finding)

    assert refused.status_code == 422
    assert "异议人的姓名" in refused.content.decode()
    assert Objection.objects.get().status == Objection.Status.ACCEPTED


def test_facts_that_hold_the_code_by_which_the_result_is_read_are_refused(client, county, accepted):
    client.force_login(county.objection_officer)
    sheet = Sheet(client, reverse("notices:redact", args=[accepted.pk]))
    spelled = " ".join(accepted.receipt_code.lower())

    refused = sheet.send({"facts": f"异议 {spelled} 反映场所面积不够。"})

    assert refused.status_code == 422
    assert "其中有异议的查询码" in refused.content.decode()
    assert not Hearing.objects.exists()


def test_what_was_written_anew_since_it_was_read_is_not_released(client, county, accepted):
    officer = county.objection_officer
    client.force_login(officer)
    hearing.redact(accepted, facts=FACTS, actor=officer)
    sheet = Sheet(client, reverse("notices:release", args=[accepted.pk]))
    hearing.redact(accepted, facts=FACTS + "请附依据。", actor=officer)

    refused = sheet.send({"sure": "yes"})

    assert refused.status_code == 422
    assert "刚刚改过" in refused.content.decode()
    assert not hearing.put_to(county.head).exists()


def test_once_released_the_facts_stay(client, county, accepted, put):
    with pytest.raises(Refusal, match="不能再改"):
        hearing.redact(accepted, facts="另写一段事实，请核实。", actor=county.objection_officer)

    assert page(client, county.objection_officer, "redact", accepted.pk).status_code == 302


def test_its_people_are_told_and_read_the_facts_but_nothing_of_the_objector(
    client, county, accepted, put
):
    delivery.deliver_waiting()
    told = Message.objects.filter(event__action="objection.release")
    assert {message.person for message in told} >= {county.head}

    shown = page(client, county.head, "hearing", put.pk).content.decode()

    assert FACTS in shown
    for secret in ("张三丰", "0563-6021234", "我家隔壁", accepted.receipt_code):
        assert secret not in shown
    assert page(client, county.head, "objection", accepted.pk).status_code == 404
    desk = client.get(reverse("home")).content.decode()
    assert reverse("notices:hearing", args=[put.pk]) in desk


def test_it_answers_once_with_evidence_that_the_officer_reads(client, county, accepted, put):
    client.force_login(county.preparer)
    sheet = Sheet(client, reverse("notices:hearing", args=[put.pk]))
    drawing = SimpleUploadedFile("竣工图.png", files.png())

    sheet.send({"statement": ANSWER, "sure": "yes", "file": drawing})

    put.refresh_from_db()
    assert (put.statement, put.stated_by) == (ANSWER, county.preparer)
    shown = page(client, county.objection_officer, "objection", accepted.pk).content.decode()
    assert ANSWER in shown
    assert "竣工图" in shown
    entry = county.village.library.get(title__startswith="竣工图")
    file = client.get(reverse("library:file", args=[entry.pk]))
    assert file.getvalue().startswith(b"\x89PNG")
    with pytest.raises(Refusal, match="不能再陈述"):
        hearing.state(put, statement="再说一遍，以此为准。", actor=county.head)


def test_a_file_refused_costs_the_answer_nothing(client, county, put):
    client.force_login(county.head)
    sheet = Sheet(client, reverse("notices:hearing", args=[put.pk]))
    page = SimpleUploadedFile("图.pdf", files.HTML)

    refused = sheet.send({"statement": ANSWER, "sure": "yes", "file": page})

    assert refused.status_code == 422
    assert "其实是网页" in refused.content.decode()
    assert ANSWER in refused.content.decode()
    put.refresh_from_db()
    assert put.stated_at is None


def test_what_lies_in_the_library_is_chosen_and_that_of_others_is_not(client, county, put):
    entry = county.village.library.first()
    client.force_login(county.head)
    address = reverse("notices:hearing_library", args=[put.pk])
    assert entry.title in client.get(address).content.decode()

    assert client.post(address, {"entry": entry.pk}).status_code == 302
    assert client.post(address, {"entry": entry.pk}).status_code == 404

    shown = client.get(reverse("notices:hearing", args=[put.pk])).content.decode()
    assert entry.title in shown


@pytest.mark.parametrize("other", ["coordinator", "reviewer", "publisher", "objection_officer"])
def test_only_its_own_people_answer(client, county, put, other):
    person = getattr(county, other)

    assert page(client, person, "hearing", put.pk).status_code == 404
    with pytest.raises(Refusal, match="被异议单位"):
        hearing.state(put, statement=ANSWER, actor=person)


def test_nothing_is_upheld_unheard_and_the_page_says_so_before_the_press(client, county, accepted):
    shown = page(client, county.objection_officer, "objection", accepted.pk).content.decode()
    assert "请先把事实告知被异议单位" in shown

    refused = handle(client, county, accepted, "uphold")

    assert refused.status_code == 422
    assert Objection.objects.get().status == Objection.Status.ACCEPTED
    handle(client, county, accepted, "dismiss")
    assert Objection.objects.get().status == Objection.Status.DISMISSED


def test_the_finding_waits_for_the_answer(client, county, accepted, put):
    assert handle(client, county, accepted, "dismiss").status_code == 422
    assert "陈述期限也没有满" in handle(client, county, accepted, "uphold").content.decode()

    hearing.state(put, statement=ANSWER, actor=county.head)

    assert handle(client, county, accepted, "uphold").status_code == 302


def test_silence_is_recorded_when_the_term_is_over_and_the_finding_may_follow(
    client, county, accepted, put, held_clock
):
    held_clock.move_to(put.term.due_at + timedelta(minutes=1))
    end_those_over()

    put.refresh_from_db()
    assert put.silent_at == clock.now()
    event = AuditEvent.objects.get(action="objection.silent")
    assert event.actor_role == "system"
    shown = page(client, county.objection_officer, "objection", accepted.pk).content.decode()
    assert "期限内没有陈述" in shown
    assert handle(client, county, accepted, "uphold").status_code == 302


def test_an_answer_that_comes_late_is_heard_until_the_finding(
    client, county, accepted, put, held_clock
):
    held_clock.move_to(put.term.due_at + timedelta(minutes=1))
    end_those_over()

    hearing.state(put, statement=ANSWER, actor=county.head)
    handle(client, county, accepted, "dismiss")

    put.refresh_from_db()
    assert put.statement == ANSWER
    assert put.silent_at is not None


def test_beyond_the_calendar_it_is_heard_without_a_term(client, county, accepted, held_clock):
    held_clock.move_to(clock.now().replace(month=12, day=30))

    put = put_to_the_organization(client, county, accepted)

    assert put.term is None
    assert not put.is_over
    held_clock.move(BEYOND_THE_CALENDAR + timedelta(minutes=1))
    assert put.is_over


@pytest.mark.parametrize("act", ["uphold", "reverify"])
def test_what_an_upheld_objection_tells_the_organization_names_nobody_who_raised_it(
    client, county, accepted, put, act
):
    client.force_login(county.preparer)
    Sheet(client, reverse("notices:hearing", args=[put.pk])).send(
        {"statement": ANSWER, "sure": "yes"}
    )
    client.force_login(county.objection_officer)
    telling = "经查，村民张三丰（0563-6021234）反映的面积不足属实。"

    refused = client.post(
        reverse("notices:objection", args=[accepted.pk]),
        {"act": act, "reason": telling, "sure": "yes"},
    )

    assert refused.status_code == 422
    assert "看不出是谁提出的" in refused.content.decode()
    assert telling in refused.content.decode()
    accepted.refresh_from_db()
    assert accepted.status == "accepted"
