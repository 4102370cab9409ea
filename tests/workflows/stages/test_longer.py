"""Objections take as long as the round says, and longer where a deciding officer grants it."""

import pytest
from django.urls import reverse

from designation.applications.models import Stage
from designation.calendar.models import TermExtension
from designation.calendar.working_days import calendar, last_day
from designation.organizations.models import Role
from designation.rounds.models import Round
from designation.site.refusal import Refusal
from notifications import delivery
from notifications.models import Message
from tests import factories
from tests.sheets import Sheet
from workflows.stages.objections import investigation, longer, objections
from workflows.stages.objections.models import LongerAsked, Objection, ObjectionStep

pytestmark = pytest.mark.django_db
REASON = "须等县级部门提供图纸，尚需时日。"
OBJECTOR = {"name": "张三丰", "contact": "0563-6021234"}


@pytest.fixture
def accepted(county):
    assert county.deciding_officer
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    raised = objections.raise_objection(entry, facts="场所太小", identity=OBJECTOR)
    objections.accept(raised, reason=REASON, actor=county.objection_officer)
    return raised


@pytest.fixture
def asked(client, county, accepted):
    ask(client, county, accepted)
    return LongerAsked.objects.get()


def ask(client, county, objection, **said):
    client.force_login(county.objection_officer)
    sheet = Sheet(client, reverse("notices:ask_longer", args=[objection.pk]))
    return sheet.send({"days": 5, "reason": REASON} | said)


def answer(client, person, asked, said="grant"):
    client.force_login(person)
    sheet = Sheet(client, reverse("notices:longer", args=[asked.pk]))
    return sheet.send({"answer": said, "opinion": REASON})


def followed(client, objection):
    client.logout()
    page = client.post(reverse("notices:follow"), {"code": objection.receipt_code})
    return page.content.decode()


def days_of(objection):
    objection.refresh_from_db()
    return objection.term.days


def test_each_term_of_an_objection_is_what_the_round_says(county):
    entry = county.at(Stage.ON_NOTICE).notice_entries.get()
    Round.objects.update(objection_receive_days=3, objection_days=8, objection_answer_days=4)
    raised = objections.raise_objection(entry, facts="场所太小", identity=OBJECTOR)
    raised = Objection.objects.get(pk=raised.pk)
    officer = county.objection_officer

    assert days_of(raised) == 3
    objections.accept(raised, reason=REASON, actor=officer)
    assert days_of(raised) == 8
    objections.dismiss(raised, finding=REASON, actor=officer)
    assert days_of(raised) == 4


def test_granted_it_is_due_later_everywhere_and_who_objected_reads_until_when(
    client, county, accepted, asked
):
    before = accepted.term.due_at
    assert "经批准延长" not in followed(client, accepted)

    assert answer(client, county.deciding_officer, asked).status_code == 302

    accepted.refresh_from_db()
    assert last_day(accepted.due_at) == calendar().add(last_day(before), 5)
    extension = TermExtension.objects.get()
    assert (extension.actor, extension.reason) == (county.deciding_officer, REASON)
    assert "经批准延长，将在" in followed(client, accepted)
    client.force_login(county.objection_officer)
    shown = client.get(reverse("notices:objection", args=[accepted.pk])).content.decode()
    assert "同意延长" in shown
    assert "申请延长办理期限" not in shown
    acts = list(ObjectionStep.objects.order_by("pk").values_list("act", "role"))[1:]
    assert acts == [
        ("longer_asked", Role.OBJECTION_OFFICER),
        ("longer_given", Role.DECIDING_OFFICER),
    ]


def test_refused_the_day_stays_and_it_may_be_asked_for_again(client, county, accepted, asked):
    before = accepted.term.due_at

    answer(client, county.deciding_officer, asked, "refuse")

    accepted.refresh_from_db()
    assert accepted.due_at == before
    assert "经批准延长" not in followed(client, accepted)
    assert ask(client, county, accepted).status_code == 302


def test_it_is_asked_for_once_at_a_time_and_granted_once(client, county, accepted, asked):
    officer = county.objection_officer
    with pytest.raises(Refusal, match="批准一次为限"):
        longer.ask(accepted, days=3, reason=REASON, actor=officer)
    answer(client, county.deciding_officer, asked)

    with pytest.raises(Refusal, match="批准一次为限"):
        longer.ask(accepted, days=3, reason=REASON, actor=officer)
    with pytest.raises(Refusal, match="已经办理"):
        longer.answer(asked, is_granted=False, opinion=REASON, actor=county.deciding_officer)


def test_no_more_than_the_round_allows_and_nothing_that_tells_who_objected(
    client, county, accepted
):
    Round.objects.update(objection_longer_days=4)

    many = ask(client, county, accepted).content.decode()
    telling = ask(client, county, accepted, days=4, reason="张三丰还要补充材料，请延长。")

    assert "最多延长 4 个工作日" in many
    assert telling.status_code == 422
    assert "请改写，让人看不出是谁提出的" in telling.content.decode()
    assert not LongerAsked.objects.exists()


def test_the_deciding_officer_is_told_and_finds_it_on_the_desk_but_reads_no_objection(
    client, county, accepted, asked
):
    delivery.deliver_waiting()
    told = Message.objects.get(event__action="objection.ask_longer")
    assert told.person == county.deciding_officer
    address = reverse("notices:longer", args=[asked.pk])
    client.force_login(county.deciding_officer)
    assert address in client.get(reverse("home")).content.decode()

    shown = client.get(address).content.decode()

    assert REASON in shown
    for secret in ("场所太小", "张三丰", accepted.receipt_code):
        assert secret not in shown


def test_neither_its_officer_nor_whoever_investigates_it_answers(client, county, accepted, asked):
    other = factories.seated(Role.DECIDING_OFFICER, county.jurisdiction)
    investigation.assign(
        accepted, investigator=other, reason=REASON, actor=county.objection_officer
    )

    for person in (county.objection_officer, other, county.coordinator):
        client.force_login(person)
        assert client.get(reverse("notices:longer", args=[asked.pk])).status_code == 404
        with pytest.raises(Refusal, match="没有参与"):
            longer.answer(asked, is_granted=True, opinion=REASON, actor=person)


def test_once_settled_nothing_is_answered_any_more(client, county, accepted, asked):
    objections.dismiss(accepted, finding=REASON, actor=county.objection_officer)

    with pytest.raises(Refusal, match="已经办结"):
        longer.answer(asked, is_granted=True, opinion=REASON, actor=county.deciding_officer)
    client.force_login(county.deciding_officer)
    address = reverse("notices:longer", args=[asked.pk])
    assert client.get(address).status_code == 404
    assert address not in client.get(reverse("home")).content.decode()


def test_where_the_calendar_ends_there_is_nothing_to_extend(county, accepted):
    Objection.objects.update(term=None)

    with pytest.raises(Refusal, match="现在不能申请延长"):
        longer.ask(Objection.objects.get(), days=3, reason=REASON, actor=county.objection_officer)
