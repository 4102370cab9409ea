"""Objections that say the same are looked into once, and each objector is answered."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from designation.applications.models import Stage
from designation.audit.models import AuditEvent
from designation.organizations.models import Role
from designation.site.refusal import Refusal
from tests import factories
from tests.course import County
from tests.hearings import heard
from tests.sheets import Sheet
from tests.workflows.test_door import one_waits_for_the_other
from workflows.case.facts import Case
from workflows.gates import findings
from workflows.stages.objections import hearing, investigation, joined, joining, longer, objections
from workflows.stages.objections.models import Joining, Objection, ObjectionStep
from workflows.stages.objections.queries import counted
from workflows.stages.verification.queries import objections_without_visit

pytestmark = pytest.mark.django_db
REASON = "反映的都是活动场所面积不足。"
FOUND = "经现场丈量，面积符合标准，异议不成立。"
ANSWER = "经现场丈量三次，面积为 320 平方米，符合标准。"
ZHANG = {"name": "张三丰", "contact": "0563-6021234"}
LI = {"name": "李四海", "contact": "0563-6025678"}
Status = Objection.Status


@pytest.fixture
def entry(county):
    return county.at(Stage.ON_NOTICE).notice_entries.get()


def raised(entry, identity=None, accepted_by=None):
    made = objections.raise_objection(entry, facts="活动场所面积不足", identity=identity)
    if accepted_by:
        objections.accept(made, reason="有具体事实，可以核查。", actor=accepted_by)
    return made


@pytest.fixture
def leading(county, entry):
    return raised(entry, ZHANG, county.objection_officer)


@pytest.fixture
def same(entry):
    """Received and not yet accepted."""
    return raised(entry, LI)


@pytest.fixture
def together(county, leading, same):
    joining.join(leading, [same], reason=REASON, actor=county.objection_officer)
    same.refresh_from_db()
    return leading, same


def sheet(client, person, name, objection):
    client.force_login(person)
    return Sheet(client, reverse(f"notices:{name}", args=[objection.pk]))


def shown(client, person, objection):
    client.force_login(person)
    return client.get(reverse("notices:objection", args=[objection.pk])).content.decode()


def followed(client, objection):
    client.logout()
    answer = client.post(reverse("notices:follow"), {"code": objection.receipt_code})
    return answer.content.decode()


def status(objection):
    return Objection.objects.get(pk=objection.pk).status


def told(refused):
    return "".join(finding.message for finding in refused.value.findings)


def test_the_officer_sees_the_others_beside_the_one_at_hand_and_joins_them(
    client, county, leading, same
):
    officer = county.objection_officer
    assert "另有 1 件没有办结的异议" in shown(client, officer, leading)
    page = sheet(client, officer, "join", leading)
    assert same.receipt_code in page.text

    assert page.send({"objections": same.pk, "reason": REASON}).status_code == 302

    assert Joining.objects.get().leading == leading
    assert status(same) == Status.ACCEPTED
    assert list(same.steps.values_list("act", "actor")) == [
        ("accepted", officer.pk),
        ("joined", officer.pk),
    ]
    assert AuditEvent.objects.get(action="objection.join").actor == officer
    assert reverse("notices:objection", args=[leading.pk]) in shown(client, officer, same)
    assert reverse("notices:objection", args=[same.pk]) in shown(client, officer, leading)


def test_the_finding_and_the_answer_of_the_leading_one_reach_each(client, county, together):
    leading, same = together
    officer = county.objection_officer

    objections.dismiss(leading, finding=FOUND, actor=officer)
    objections.answer(leading, answer=ANSWER, actor=officer)

    for one in together:
        assert status(one) == Status.DISMISSED
        page = followed(client, one)
        assert FOUND in page
        assert ANSWER in page
    acts = list(same.steps.values_list("act", flat=True))
    assert acts == ["accepted", "joined", "dismissed", "answered"]
    assert Objection.objects.get(pk=same.pk).term.ended_at is not None


def test_upheld_it_moves_its_applicant_once_and_each_is_upheld(county, together):
    leading, _same = together
    heard(leading)

    objections.uphold(leading, finding=REASON, reverify=True, actor=county.objection_officer)

    application = leading.entry.application
    application.refresh_from_db()
    assert application.stage == Stage.RECOMMENDED
    assert application.decisions.filter(transition="reverify").count() == 1
    assert {status(one) for one in together} == {Status.UPHELD}


def test_no_objector_learns_of_another(client, county, together):
    leading, same = together
    officer = county.objection_officer
    for text in (f"{FOUND}反映人张三丰。", f"{FOUND}电话 0563 6025678", leading.receipt_code * 2):
        with pytest.raises(Refusal) as refused:
            objections.dismiss(leading, finding=text, actor=officer)
        assert "其他异议人会看到" in told(refused)
    objections.dismiss(leading, finding=FOUND, actor=officer)
    with pytest.raises(Refusal):
        objections.answer(leading, answer=f"{ANSWER}李四海也这样说。", actor=officer)

    page = followed(client, same)

    assert "一并调查" in page
    assert leading.receipt_code not in page
    assert "张三丰" not in page


def test_the_reason_names_nobody_because_who_is_accepted_by_it_reads_it(
    client, county, leading, same
):
    refused = sheet(client, county.objection_officer, "join", leading).send(
        {"objections": same.pk, "reason": "与张三丰反映的是同一件事情。"}
    )

    assert refused.status_code == 422
    assert "其他异议人会看到" in refused.content.decode()
    assert status(same) == Status.RECEIVED
    assert not Joining.objects.exists()


def test_who_is_joined_later_reads_nothing_of_who_was_joined_before(
    client, county, entry, together
):
    leading, same = together
    third = raised(entry, {"name": "王五一", "contact": "0563-6029999"})
    for text in ("与李四海反映的是同一件事情。", f"与 {same.receipt_code} 是同一件事情。"):
        refused = sheet(client, county.objection_officer, "join", leading).send(
            {"objections": third.pk, "reason": text}
        )

        assert refused.status_code == 422
        assert "其他异议人会看到" in refused.content.decode()
    assert status(third) == Status.RECEIVED


@pytest.mark.parametrize("act", ["accept", "refuse"])
def test_why_one_is_accepted_or_refused_tells_its_objector_of_nobody_else(
    client, county, entry, act
):
    first, _other = raised(entry, ZHANG), raised(entry, LI)
    client.force_login(county.objection_officer)
    address = reverse("notices:objection", args=[first.pk])
    for text in ("与李四海反映的是同一件事情。", "与来电0563-6025678反映的是同一件事情。"):
        refused = client.post(address, {"act": act, "reason": text, "sure": "yes"})

        assert refused.status_code == 422
        assert "其他异议人会看到" in refused.content.decode()
        assert status(first) == Status.RECEIVED
    of_their_own = {"act": act, "reason": "已与张三丰本人通话核实情况。", "sure": "yes"}
    assert client.post(address, of_their_own).status_code == 302


def test_the_finding_and_the_answer_of_one_tell_of_nobody_who_objected_beside_it(
    county, entry, leading, same
):
    officer = county.objection_officer
    with pytest.raises(Refusal):
        objections.dismiss(leading, finding=f"{FOUND}李四海也这样说。", actor=officer)
    objections.dismiss(leading, finding=FOUND, actor=officer)
    with pytest.raises(Refusal) as refused:
        objections.answer(leading, answer=f"{ANSWER}李四海也这样说。", actor=officer)
    assert "其他异议人会看到" in told(refused)


def test_a_joined_one_is_handled_with_the_leading_one_alone(client, county, together):
    _leading, same = together
    officer, other = county.objection_officer, county.publisher
    page = shown(client, officer, same)
    for act in ("异议不成立", "指派调查人", "写明告知的事实", "申请延长办理期限"):
        assert act not in page
    for act in (
        lambda: objections.dismiss(same, finding=FOUND, actor=officer),
        lambda: hearing.redact(same, facts=REASON, actor=officer),
        lambda: investigation.assign(same, investigator=other, reason=REASON, actor=officer),
        lambda: longer.ask(same, days=2, reason=REASON, actor=officer),
    ):
        with pytest.raises(Refusal) as refused:
            act()
        assert "请在那一件上办理" in told(refused)
    assert list(objections_without_visit(county.coordinator)) != [same]


def test_it_shuts_its_applicants_way_until_the_leading_one_is_decided(county, together):
    leading, same = together
    application = same.entry.application
    shut = {f"收到的第 {number} 件异议正在调查，请先办结。" for number in (1, 2)}
    assert shut <= {one.message for one in findings("decline", Case(application))}

    objections.dismiss(leading, finding=FOUND, actor=county.objection_officer)

    assert not shut & {one.message for one in findings("decline", Case(application))}


def test_each_counts_as_its_own_in_public(county, together):
    leading, _same = together
    assert counted(leading.entry.notice).received == 2

    objections.dismiss(leading, finding=FOUND, actor=county.objection_officer)

    assert counted(leading.entry.notice).dismissed == 2


def test_it_is_undone_before_the_finding_and_the_row_stays(client, county, together):
    leading, same = together
    officer = county.objection_officer

    answer = sheet(client, officer, "separate", same).send({"reason": "反映的其实是另外一件事。"})

    assert answer.status_code == 302
    assert Joining.objects.get().ended_at is not None
    assert reverse("notices:separate", args=[same.pk]) not in shown(client, officer, same)
    objections.dismiss(leading, finding=FOUND, actor=officer)
    assert status(same) == Status.ACCEPTED
    objections.dismiss(same, finding="经查也不属实，异议不成立。", actor=officer)
    assert list(same.steps.values_list("act", flat=True))[-2:] == ["separated", "dismissed"]


def test_once_the_finding_is_made_it_is_not_undone(county, together):
    leading, same = together
    objections.dismiss(leading, finding=FOUND, actor=county.objection_officer)

    with pytest.raises(Refusal) as refused:
        joining.separate(same, reason=REASON, actor=county.objection_officer)

    assert "不能再解除并案" in told(refused)


def test_granted_longer_it_is_granted_to_each(county, together):
    leading, same = together
    before = Objection.objects.get(pk=same.pk).term.due_at
    asked = longer.ask(leading, days=3, reason=REASON, actor=county.objection_officer)

    longer.answer(asked, is_granted=True, opinion=REASON, actor=county.deciding_officer)

    assert Objection.objects.get(pk=same.pk).term.due_at > before


def test_an_anonymous_leading_one_leaves_the_answer_to_each(county, entry, same):
    officer = county.objection_officer
    leading = raised(entry, accepted_by=officer)
    joining.join(leading, [same], reason=REASON, actor=officer)
    objections.dismiss(leading, finding=FOUND, actor=officer)

    assert Objection.objects.get(pk=same.pk).awaits_answer
    objections.answer(Objection.objects.get(pk=same.pk), answer=ANSWER, actor=officer)
    assert Objection.objects.get(pk=same.pk).answer == ANSWER


def test_the_page_says_beforehand_why_one_cannot_be_joined(client, county, leading, same):
    officer = county.objection_officer
    objections.accept(same, reason=REASON, actor=officer)
    hearing.redact(same, facts="面积是否不足。", actor=officer)

    client.force_login(officer)
    page = client.get(reverse("notices:join", args=[leading.pk])).content.decode()

    assert "已写明告知被异议单位的事实，请以它为主件" in page
    assert 'name="objections"' not in page
    with pytest.raises(Refusal):
        joining.join(leading, [same], reason=REASON, actor=officer)


def test_beside_three_others_the_page_asks_no_more_of_the_database_than_beside_one(
    client, county, entry, leading, same
):
    client.force_login(county.objection_officer)

    def statements():
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("notices:join", args=[leading.pk]))
        return len(asked)

    statements()
    beside_one = statements()
    raised(entry, ZHANG)
    raised(entry)
    assert statements() == beside_one


def test_one_that_is_not_accepted_does_not_lead_and_so_is_never_refused_over_others(
    client, county, leading, same
):
    client.force_login(county.objection_officer)
    page = client.get(reverse("notices:join", args=[same.pk])).content.decode()
    assert "请先受理这件异议" in page

    with pytest.raises(Refusal):
        joining.join(same, [leading], reason=REASON, actor=county.objection_officer)


def test_what_leads_is_not_joined_and_what_is_joined_does_not_lead(county, entry, together):
    leading, same = together
    third = raised(entry, None, county.objection_officer)
    for head, one in ((third, leading), (same, third), (third, same)):
        with pytest.raises(Refusal):
            joining.join(head, [one], reason=REASON, actor=county.objection_officer)


def test_only_objections_to_the_same_name_are_joined(county, leading):
    other = raised(county.beside().at(Stage.ON_NOTICE).notice_entries.get())

    assert list(joined.others(leading)) == []
    with pytest.raises(Refusal) as refused:
        joining.join(leading, [other], reason=REASON, actor=county.objection_officer)
    assert "同一组织" in told(refused)


def test_only_an_officer_without_a_tie_to_the_case_joins_and_separates(county, leading, same):
    elsewhere = factories.seated(
        Role.OBJECTION_OFFICER, factories.JurisdictionFactory(code="341822000000")
    )
    tied = factories.seated(
        Role.OBJECTION_OFFICER, county.jurisdiction, home_organization=county.village
    )
    for person in (elsewhere, tied, county.coordinator):
        with pytest.raises(Refusal):
            joining.join(leading, [same], reason=REASON, actor=person)
        with pytest.raises(Refusal):
            joining.separate(same, reason=REASON, actor=person)


def test_the_database_keeps_one_leading_one_and_none_of_itself(together, entry):
    leading, same = together
    third = raised(entry)
    for head, one in ((third, same), (third, third)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Joining.objects.create(leading=head, objection=one, joined_at=leading.received_at)


def test_sent_twice_it_is_joined_once(client, county, leading, same):
    page = sheet(client, county.objection_officer, "join", leading)
    typed = {"objections": same.pk, "reason": REASON}

    assert [page.send(typed).status_code, page.send(typed).status_code] == [302, 302]

    assert ObjectionStep.objects.filter(act="joined").count() == 1


def two_against_one_name():
    """For two connections at once; another test finds nothing of it."""
    county = County()
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    return county.objection_officer, raised(entry, ZHANG, county.objection_officer), raised(entry)


def refusal_of(act):
    """What was said to whoever came second, or nothing."""
    said = []

    def acts():
        try:
            act()
        except Refusal as refusal:
            said.append(str(refusal))

    return said, acts


@pytest.mark.django_db(transaction=True)
def test_who_joins_while_the_leading_one_is_decided_is_told_that_it_is_settled(
    reference_data, held_clock
):
    officer, leading, same = two_against_one_name()
    said, joins = refusal_of(lambda: joining.join(leading, [same], reason=REASON, actor=officer))

    one_waits_for_the_other(
        lambda: objections.dismiss(
            Objection.objects.get(pk=leading.pk), finding=FOUND, actor=officer
        ),
        joins,
    )

    assert "已经办结" in said[0]
    assert status(same) == Status.RECEIVED


@pytest.mark.django_db(transaction=True)
def test_what_was_joined_a_moment_before_is_decided_with_the_leading_one(
    reference_data, held_clock
):
    officer, leading, same = two_against_one_name()

    one_waits_for_the_other(
        lambda: joining.join(leading, [same], reason=REASON, actor=officer),
        lambda: objections.dismiss(
            Objection.objects.get(pk=leading.pk), finding=FOUND, actor=officer
        ),
    )

    assert status(same) == Status.DISMISSED


@pytest.mark.django_db(transaction=True)
def test_of_two_that_are_joined_to_each_other_at_once_one_leads(reference_data, held_clock):
    officer, leading, same = two_against_one_name()
    objections.accept(same, reason=REASON, actor=officer)
    said, the_other_way = refusal_of(
        lambda: joining.join(
            Objection.objects.get(pk=same.pk), [leading], reason=REASON, actor=officer
        )
    )

    one_waits_for_the_other(
        lambda: joining.join(leading, [same], reason=REASON, actor=officer), the_other_way
    )

    assert said
    assert Joining.objects.get().leading == leading
