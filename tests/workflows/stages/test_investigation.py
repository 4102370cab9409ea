"""An objection is investigated by a person of its own, and settled by its officer."""

from datetime import timedelta

import pytest
from django.urls import reverse

from designation.applications.models import Stage
from designation.audit.models import AuditEvent
from designation.calendar.tasks import remind_of_terms
from designation.organizations.models import Role
from designation.site import clock
from designation.site.refusal import Refusal
from notifications import delivery
from notifications.models import Message
from tests import factories
from tests.hearings import heard
from tests.sheets import Sheet
from workflows.case.facts import Case
from workflows.case.rules import is_deciding_officer
from workflows.desk.handover import what_waits
from workflows.stages.objections import investigation, investigators, objections
from workflows.stages.objections.models import Investigation, Objection, ObjectionStep

pytestmark = pytest.mark.django_db
REASON = "经研究，由与此无关的人调查。"
REPORT = "现场丈量三次，面积为 120 平方米，有记录。"
OBJECTOR = {"name": "张三丰", "contact": "0563-6021234"}


@pytest.fixture
def accepted(county):
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    raised = objections.raise_objection(entry, facts="场所太小", identity=OBJECTOR)
    objections.accept(raised, reason=REASON, actor=county.objection_officer)
    return raised


@pytest.fixture
def investigator(county):
    return factories.seated(Role.SECRECY_REVIEWER, county.jurisdiction, full_name="赵清")


@pytest.fixture
def given(client, county, accepted, investigator):
    assign(client, county, accepted, investigator)
    return Investigation.objects.get()


def assign(client, county, objection, person):
    client.force_login(county.objection_officer)
    sheet = Sheet(client, reverse("notices:assign", args=[objection.pk]))
    return sheet.send({"investigator": person.pk if person else "", "reason": REASON})


def page(client, person, name, pk):
    client.force_login(person)
    return client.get(reverse(f"notices:{name}", args=[pk]))


def report(client, person, objection):
    client.force_login(person)
    return Sheet(client, reverse("notices:report", args=[objection.pk])).send({"report": REPORT})


def settle(client, person, objection, act="dismiss"):
    client.force_login(person)
    return client.post(
        reverse("notices:objection", args=[objection.pk]),
        {"act": act, "reason": REASON, "sure": "yes"},
    )


def test_who_is_asked_reads_it_in_full_reports_and_the_officer_settles(
    client, county, accepted, investigator
):
    assert assign(client, county, accepted, investigator).status_code == 302

    shown = page(client, investigator, "objection", accepted.pk).content.decode()
    assert "场所太小" in shown
    assert "异议不成立" not in shown
    assert "写明告知的事实" not in shown
    assert "提交调查报告" in shown
    assert report(client, investigator, accepted).status_code == 302
    shown = page(client, county.objection_officer, "objection", accepted.pk).content.decode()
    assert REPORT in shown
    assert settle(client, county.objection_officer, accepted).status_code == 302
    acts = list(ObjectionStep.objects.order_by("pk").values_list("act", flat=True))
    assert acts == ["accepted", "assigned", "reported", "dismissed"]
    roles = dict(AuditEvent.objects.values_list("action", "actor_role"))
    assert roles["objection.report"] == Role.SECRECY_REVIEWER


def test_each_view_of_the_objector_by_the_investigator_is_recorded_and_nobody_elses_allowed(
    client, county, accepted, given, investigator
):
    client.force_login(investigator)

    shown = client.post(reverse("notices:identity", args=[accepted.pk])).content.decode()

    assert "张三丰" in shown
    event = AuditEvent.objects.get(action="objection.view_identity")
    assert (event.actor, event.actor_role) == (investigator, Role.SECRECY_REVIEWER)
    with pytest.raises(Refusal):
        objections.identity(accepted, actor=county.publisher)
    assert page(client, county.publisher, "objection", accepted.pk).status_code == 404


def test_it_is_not_settled_before_the_report_and_the_page_says_so(client, county, accepted, given):
    heard(accepted)
    shown = page(client, county.objection_officer, "objection", accepted.pk).content.decode()
    assert "赵清还没有提交调查报告" in shown

    for act in ("dismiss", "uphold"):
        assert settle(client, county.objection_officer, accepted, act).status_code == 422

    assert Objection.objects.get().status == Objection.Status.ACCEPTED


def test_an_officer_makes_no_finding_on_their_own_report(client, county, accepted):
    other = factories.seated(Role.OBJECTION_OFFICER, county.jurisdiction)
    assign(client, county, accepted, other)
    report(client, other, accepted)

    refused = settle(client, other, accepted)

    assert refused.status_code == 422
    assert "由另一位异议受理人作出" in refused.content.decode()
    assert settle(client, county.objection_officer, accepted).status_code == 302


def test_where_nobody_is_asked_the_officer_investigates_as_ever(client, county, accepted):
    assert settle(client, county.objection_officer, accepted).status_code == 302


def test_only_those_of_the_office_with_no_tie_to_the_case_may_be_asked(
    county, accepted, investigator
):
    of_the_unit = factories.seated(
        Role.DECIDING_OFFICER, county.jurisdiction, home_organization=county.village
    )
    elsewhere = factories.seated(
        Role.SECRECY_REVIEWER, factories.JurisdictionFactory(code="341822000000")
    )
    officer = county.objection_officer

    asked = set(investigators.who_may(accepted, asked_by=officer))

    assert {investigator, county.deciding_officer, county.publisher} <= asked
    kept = {county.coordinator, county.reviewer, *county.verifiers, officer, of_the_unit, elsewhere}
    assert not asked & kept
    for person in kept - {officer}:
        with pytest.raises(Refusal, match="不能调查"):
            investigation.assign(accepted, investigator=person, reason=REASON, actor=officer)


def test_it_is_given_to_another_and_taken_back_with_the_reason_and_the_former_reads_no_more(
    client, county, accepted, given, investigator
):
    assert assign(client, county, accepted, county.publisher).status_code == 302

    assert page(client, investigator, "objection", accepted.pk).status_code == 404
    with pytest.raises(Refusal, match="指派的调查人"):
        investigation.report(accepted, report=REPORT, actor=investigator)
    given.refresh_from_db()
    assert given.ended_at == clock.now()
    assert assign(client, county, accepted, None).status_code == 302
    assert not investigators.under_way().exists()
    assert settle(client, county.objection_officer, accepted).status_code == 302
    kept = ObjectionStep.objects.filter(act="assigned").values_list("reason", flat=True)
    assert list(kept) == [REASON] * 3


def test_a_report_typed_while_it_was_given_to_another_is_listed_for_whoever_typed_it(
    client, county, accepted, given, investigator
):
    assign(client, county, accepted, factories.seated(Role.NOTICE_PUBLISHER, county.jurisdiction))

    client.force_login(investigator)
    answer = client.post(reverse("notices:report", args=[accepted.pk]), {"report": REPORT})

    assert answer.status_code == 404
    assert REPORT in answer.content.decode()
    assert "不再由您办理" in answer.content.decode()


def test_two_officers_who_give_it_at_once_are_told_of_each_other(
    client, county, accepted, investigator
):
    client.force_login(county.objection_officer)
    sheet = Sheet(client, reverse("notices:assign", args=[accepted.pk]))
    investigation.assign(
        accepted, investigator=investigator, reason=REASON, actor=county.objection_officer
    )

    refused = sheet.send({"investigator": county.publisher.pk, "reason": REASON})

    assert refused.status_code == 422
    assert "刚刚由他人改过" in refused.content.decode()
    assert REASON in refused.content.decode()
    assert investigators.standing(accepted).investigator == investigator


def test_who_is_asked_and_has_left_meanwhile_is_told_at_the_field(
    client, county, accepted, investigator
):
    client.force_login(county.objection_officer)
    sheet = Sheet(client, reverse("notices:assign", args=[accepted.pk]))
    investigator.seats.update(ended_at=clock.now())

    refused = sheet.send({"investigator": investigator.pk, "reason": REASON})

    form = refused.context["form"]
    (told,) = form.errors["investigator"]
    assert "可能已离岗" in told
    assert form["reason"].value() == REASON


def test_the_report_is_made_once(client, county, accepted, given, investigator):
    report(client, investigator, accepted)

    assert page(client, investigator, "report", accepted.pk).status_code == 302
    with pytest.raises(Refusal, match="不能再改"):
        investigation.report(accepted, report=REPORT, actor=investigator)


def test_it_lies_on_their_desk_until_reported_and_they_are_told_and_reminded(
    client, county, accepted, given, investigator, held_clock
):
    address = reverse("notices:objection", args=[accepted.pk])
    client.force_login(investigator)
    assert address in client.get(reverse("home")).content.decode()
    delivery.deliver_waiting()
    told = Message.objects.filter(event__action="objection.assign")
    assert [message.person for message in told] == [investigator]
    accepted.refresh_from_db()
    held_clock.move_to(accepted.due_at - timedelta(hours=2))
    remind_of_terms()
    delivery.deliver_waiting()
    reminded = Message.objects.filter(event__action__startswith="term.", person=investigator)
    assert reminded.exists()

    report(client, investigator, accepted)

    assert address not in client.get(reverse("home")).content.decode()


def test_whoever_leaves_hands_it_over_and_the_coordinator_sees_that_it_lies_still(
    client, county, accepted, given, investigator
):
    seat = investigator.seats.get()
    waiting = {str(one.what): one for one in what_waits(seat)}
    assert waiting["指派本人调查的异议"].count == 1
    assert "改派" in waiting["指派本人调查的异议"].becomes

    type(seat).objects.filter(pk=seat.pk).update(ended_at=clock.now())

    assert page(client, investigator, "objection", accepted.pk).status_code == 404
    client.force_login(county.coordinator)
    assert "异议的调查人已不能办理" in client.get(reverse("home")).content.decode()


def test_whoever_investigated_neither_verifies_nor_decides_the_case(
    client, county, accepted, investigator
):
    assign(client, county, accepted, county.deciding_officer)
    application = accepted.entry.application

    assert not is_deciding_officer(Case(application), county.deciding_officer)


def test_before_it_is_accepted_and_after_the_finding_nobody_is_asked(county, investigator):
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    raised = objections.raise_objection(entry, facts="场所太小", identity=None)
    officer = county.objection_officer

    for _once in range(2):
        with pytest.raises(Refusal, match="受理以后"):
            investigation.assign(raised, investigator=investigator, reason=REASON, actor=officer)
        if raised.status == Objection.Status.RECEIVED:
            objections.refuse(raised, reason=REASON, actor=officer)
