"""Objections: raised by anyone, sealed, handled, and what they stop."""

from datetime import timedelta

import pytest
from django.urls import reverse

from designation.applications.models import Application, Stage
from designation.audit.models import AuditEvent
from designation.site.refusal import Refusal
from tests.hearings import heard
from tests.terms import end_those_over
from workflows.stages.objections import objections
from workflows.stages.objections.erasure import erase_identities
from workflows.stages.objections.models import Objection, ObjectorIdentity
from workflows.stages.public_notice import notices
from workflows.tasks import erase_identities as erase_identities_in_the_background

pytestmark = pytest.mark.django_db
REASON = "经研究,符合受理条件。"


def fresh(application):
    return Application.objects.get(pk=application.pk)


@pytest.fixture
def on_notice(county):
    return county.at(Stage.ON_NOTICE)


@pytest.fixture
def entry(on_notice):
    return on_notice.notice_entries.get()


@pytest.fixture
def raised(entry):
    return objections.raise_objection(
        entry, facts="面积不实", identity={"name": "张三", "contact": "13800000000"}
    )


def address(entry):
    return reverse("notices:object", args=[entry.notice_id, entry.pk])


NAMED = {"manner": "named", "name": "张三", "contact": "a@b.cn", "facts": "面积不实"}


def test_anyone_objects_without_signing_in_and_follows_by_code(client, entry):
    answer = client.post(address(entry), NAMED)

    objection = Objection.objects.get()
    assert objection.receipt_code in answer.content.decode()
    followed = client.post(
        reverse("notices:follow"), {"code": objection.receipt_code.lower()}
    ).content.decode()
    assert "待受理" in followed
    assert "张三" not in followed
    unknown = client.post(reverse("notices:follow"), {"code": "NOTHERE"})
    assert unknown.status_code == 422


def test_a_named_objection_needs_name_and_contact_and_no_identity_number(client, entry):
    answer = client.post(
        address(entry), NAMED | {"name": "", "facts": "证件 341821199001011234 的情况"}
    )

    content = answer.content.decode()
    assert answer.status_code == 422
    assert "实名提出的，请填写姓名和联系方式" in content
    assert "请不要填写身份证号" in content
    assert "证件 341821199001011234" in content


def test_an_anonymous_objection_keeps_no_identity(client, entry):
    client.post(address(entry), NAMED | {"manner": "anonymous"})

    assert not Objection.objects.get().is_named
    assert not ObjectorIdentity.objects.exists()


def test_after_the_last_moment_none_is_taken_and_what_was_typed_stays(client, entry, held_clock):
    held_clock.move_to(entry.notice.ends_at)

    answer = client.post(address(entry), NAMED)

    assert answer.status_code == 422
    assert "公示期已满" in answer.content.decode()
    assert "面积不实" in answer.content.decode()


def test_the_identity_is_sealed_and_each_view_recorded(client, county, raised):
    assert "张三".encode() not in bytes(raised.identity.sealed)
    client.force_login(county.objection_officer)

    shown = client.post(reverse("notices:identity", args=[raised.pk])).content.decode()

    assert "13800000000" in shown
    assert AuditEvent.objects.filter(action="objection.view_identity").count() == 1


def test_who_objected_is_erased_a_year_after_it_was_settled_and_the_finding_stays(
    client, county, raised, held_clock
):
    objections.accept(raised, reason=REASON, actor=county.objection_officer)
    objections.dismiss(raised, finding="经复测，面积属实。", actor=county.objection_officer)
    settled = held_clock.now()

    held_clock.move_to(settled + timedelta(days=364))
    assert erase_identities() == 0
    held_clock.move_to(settled + timedelta(days=365))
    assert erase_identities() == 1
    assert erase_identities() == 0

    assert not ObjectorIdentity.objects.exists()
    event = AuditEvent.objects.get(action="objection.erase_identity")
    assert "张三" not in str(event.details) + event.subject_label
    client.force_login(county.objection_officer)
    page = client.get(reverse("notices:objection", args=[raised.pk])).content.decode()
    assert "异议人信息已按期删除" in page
    assert "经复测，面积属实" in page


def test_a_refused_objection_is_counted_from_its_refusal(county, raised, held_clock):
    objections.refuse(raised, reason=REASON, actor=county.objection_officer)
    held_clock.move(timedelta(days=365))

    erase_identities_in_the_background()

    assert not ObjectorIdentity.objects.exists()


def test_an_open_objection_keeps_its_objector_however_long_it_takes(county, raised, held_clock):
    objections.accept(raised, reason=REASON, actor=county.objection_officer)
    held_clock.move(timedelta(days=900))

    assert erase_identities() == 0
    assert raised.identity.pk


def test_the_page_that_showed_who_objected_leads_back_when_it_is_opened_again(
    client, county, raised
):
    client.force_login(county.objection_officer)

    answer = client.get(reverse("notices:identity", args=[raised.pk]), follow=True)

    assert answer.redirect_chain == [(reverse("notices:objection", args=[raised.pk]), 302)]
    assert "张三" not in answer.content.decode()
    assert not AuditEvent.objects.filter(action="objection.view_identity").exists()


def test_an_identity_sealed_under_another_key_is_said_to_be_shut(client, county, raised, settings):
    settings.FIELD_KEY = "another key"
    client.force_login(county.objection_officer)

    answer = client.post(reverse("notices:identity", args=[raised.pk]))

    assert answer.status_code == 200
    assert "密封所用的密钥已更换" in answer.content.decode()


def test_an_anonymous_objection_has_no_identity_to_view(county, entry):
    anonymous = objections.raise_objection(entry, facts="匿名反映", identity=None)

    assert objections.identity(anonymous, actor=county.objection_officer) is None


def handle(client, county, objection, act, reason=REASON):
    client.force_login(county.objection_officer)
    return client.post(
        reverse("notices:objection", args=[objection.pk]),
        {"act": act, "reason": reason, "sure": "yes"},
    )


def test_an_open_objection_blocks_only_its_own_applicant(client, county, held_clock):
    first = county.at(Stage.CHOSEN)
    second = county.beside().at(Stage.CHOSEN)
    notice = notices.publish(county.compose_notice(first, second), actor=county.publisher)
    objection = objections.raise_objection(
        notice.entries.get(application=first), facts="面积不实", identity=None
    )
    handle(client, county, objection, "accept")
    held_clock.move_to(notice.ends_at)

    assert end_those_over() == 1
    assert fresh(first).stage == Stage.ON_NOTICE
    assert fresh(second).stage == Stage.AWAITING_DESIGNATION

    handle(client, county, objection, "dismiss")
    assert end_those_over() == 1
    assert fresh(first).stage == Stage.AWAITING_DESIGNATION


def test_a_refused_objection_blocks_nothing(client, county, raised, entry, held_clock):
    handle(client, county, raised, "refuse")
    held_clock.move_to(entry.notice.ends_at)

    assert end_those_over() == 1


def test_an_upheld_objection_ends_the_application(client, county, raised, on_notice):
    handle(client, county, raised, "accept")

    handle(client, county, heard(raised), "uphold")

    assert fresh(on_notice).stage == Stage.REJECTED
    raised.refresh_from_db()
    assert raised.status == Objection.Status.UPHELD


def test_an_upheld_objection_may_send_it_back_to_be_verified(client, county, raised, on_notice):
    handle(client, county, raised, "accept")

    handle(client, county, heard(raised), "reverify")

    assert fresh(on_notice).stage == Stage.RECOMMENDED
    assert not on_notice.notice_entries.filter(dropped_at__isnull=True).exists()
    assert not on_notice.visits.filter(closed_at__isnull=True).exists()
    county._begin_verification(fresh(on_notice))
    assert fresh(on_notice).stage == Stage.VERIFYING


def test_a_finding_needs_its_reasons_and_a_known_act(client, county, raised):
    assert handle(client, county, raised, "accept", reason="行").status_code == 422
    assert handle(client, county, raised, "celebrate").status_code == 404


def test_an_objection_handled_meanwhile_is_told(client, county, raised):
    handle(client, county, raised, "refuse")

    answer = handle(client, county, raised, "accept")

    assert answer.status_code == 422
    assert "已由他人办理" in answer.content.decode()


def test_only_the_objection_officer_of_the_place_handles(county, raised):
    with pytest.raises(Refusal, match="异议受理人"):
        objections.accept(raised, reason=REASON, actor=county.publisher)


def test_an_objection_by_phone_is_entered_by_the_officer(client, county, entry, held_clock):
    client.force_login(county.objection_officer)
    page = reverse("notices:enter", args=[entry.pk])

    assert client.post(page, {"facts": ""}).status_code == 422
    client.post(page, NAMED | {"channel": "phone", "received_at": "2026-03-02T09:00"})
    assert Objection.objects.get().channel == "phone"


def answering(client, county, objection, words="经复测，面积属实，异议不成立。"):
    client.force_login(county.objection_officer)
    page = reverse("notices:answer", args=[objection.pk])
    return client.post(page, {"answer": words, "sure": "yes"})


def followed(client, objection):
    return client.post(reverse("notices:follow"), {"code": objection.receipt_code}).content.decode()


def test_who_objected_by_name_is_answered_in_writing_and_reads_it_by_code(client, county, raised):
    handle(client, county, raised, "accept")
    handle(client, county, raised, "dismiss")
    raised.refresh_from_db()
    assert raised.term.kind == "objection.answer"
    assert "届时仍在这里查询" in followed(client, raised)

    assert answering(client, county, raised).status_code == 302

    shown = followed(client, raised)
    assert "经复测，面积属实，异议不成立。" in shown
    assert "答复时间" in shown
    raised.refresh_from_db()
    assert raised.term.ended_as == "met"
    assert raised.steps.latest("pk").act == "answered"
    assert AuditEvent.objects.filter(action="objection.answer").count() == 1


def test_an_answer_is_given_once_and_nothing_typed_is_lost(client, county, raised):
    handle(client, county, raised, "accept")
    handle(client, county, raised, "dismiss")
    answering(client, county, raised)

    again = answering(client, county, raised, "又写了一份答复，以此为准。")

    assert again.status_code == 422
    assert "又写了一份答复，以此为准。" in again.content.decode()


def test_nobody_is_answered_before_the_finding_or_without_a_name(client, county, entry, raised):
    anonymous = objections.raise_objection(entry, facts="匿名反映", identity=None)
    handle(client, county, anonymous, "accept")
    handle(client, county, anonymous, "dismiss")

    assert answering(client, county, anonymous).status_code == 422
    assert answering(client, county, raised).status_code == 404
    anonymous.refresh_from_db()
    assert anonymous.term.ended_at is not None
    assert "书面答复" not in followed(client, anonymous)
