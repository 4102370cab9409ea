"""A revoked title: its unit appeals, and where that is upheld the deciding officer restores it."""

import pytest
from django.test import Client
from django.urls import reverse

from designation.audit.models import AuditEvent
from designation.calendar import terms
from designation.organizations.lineage import Kind
from designation.organizations.models import Person, Role
from designation.register.queries import holder
from designation.register.standing import Status
from designation.site import clock
from designation.site.refusal import Refusal
from notifications import delivery
from notifications.models import Message
from tests import factories
from tests.appealed import REASON, said_of
from tests.designation.administration.test_reorganizing import proposal, record, told_of_titles
from tests.titles_given import DAY, Title
from workflows.bars.queries import bars_of
from workflows.stages.appeals import against, appeals
from workflows.stages.appeals.models import Against, Appeal
from workflows.stages.appeals.taking_in import Brought
from workflows.titles.queries import needing_attention

pytestmark = pytest.mark.django_db


@pytest.fixture
def title(county, held_clock):
    """Revoked a moment ago."""
    title = Title(county)
    title.head = factories.seated(Role.HEAD, title.row.organization)
    title.act("revoke")
    return title


def revocation(title):
    return title.row.steps.get(act="revoked")


def lodge(title, **said):
    brought = Brought(said.pop("reason", REASON))
    return appeals.lodge(revocation(title), brought, **{"actor": title.head} | said)


def answer(title, name, actor=None):
    appeal, actor = Appeal.objects.get(), actor or title.county.coordinator
    appeals.carry_out("take_up", appeal, said_of("take_up"), actor=actor)
    said = said_of(name, meeting_name="", meeting_on=None, meeting_attendance="", meeting_result="")
    return appeals.carry_out(name, appeal, said, actor=actor)


def page(person, title):
    client = Client()
    client.force_login(person)
    return client.get(reverse("titles:title", args=[title.row.pk])).content.decode()


def test_an_upheld_appeal_asks_the_deciding_officer_who_restores_it_by_a_new_decision(title):
    other = factories.seated(Role.DECIDING_OFFICER, title.county.jurisdiction)
    appeal = lodge(title)
    assert (appeal.against, appeal.organization) == (Against.REVOCATION, title.row.organization)
    answer(title, "uphold")

    assert title.status == Status.REVOKED, "only a new decision gives it back"
    delivery.deliver_waiting()
    assert any(
        "请依据新的命名决定恢复称号" in one.subject for one in Message.objects.filter(person=other)
    )
    assert not Message.objects.filter(subject__contains="不再恢复").exists()
    assert "由审定人依据新的命名决定恢复称号" in page(other, title)
    (waiting,) = needing_attention(other, 10)
    assert (waiting.pk, waiting.status) == (title.row.pk, Status.REVOKED)

    title.act("restore", actor=other, document_number="青发〔2026〕77号")

    assert title.status == Status.VALID
    assert needing_attention(other, 10) == []


def test_an_upheld_appeal_ends_the_bar_although_no_term_is_left_to_restore(county, held_clock):
    title = Title(county)
    title.head = factories.seated(Role.HEAD, title.row.organization)
    other = factories.seated(Role.DECIDING_OFFICER, county.jurisdiction)
    held_clock.move((title.standing.until - clock.today()).days * DAY)
    title.act("revoke")
    unit, client = title.row.organization, Client()
    client.force_login(county.deciding_officer)
    barred = reverse("bars:list")
    assert unit.name_zh in client.get(barred).content.decode()
    lodge(title)
    held_clock.move(2 * DAY)

    answer(title, "uphold")

    assert title.status == Status.REVOKED
    assert bars_of(unit)[unit.pk] == []
    assert unit.name_zh not in client.get(barred).content.decode()
    delivery.deliver_waiting()
    said = [one.body for one in Message.objects.filter(person=title.head)]
    assert any("限制申报自答复之日起解除" in body for body in said)
    assert any("称号不再恢复；没有其他限制的，可以重新申报" in body for body in said)
    decides = Message.objects.filter(person=other)
    assert decides.filter(subject__contains="不再恢复").exists()
    assert not decides.filter(subject__contains="请依据新的命名决定恢复称号").exists()
    for person in (title.head, county.deciding_officer):
        shown = page(person, title)
        assert "撤销不当，但有效期已满或者持有的单位已经撤并，称号不再恢复" in shown
        assert "由审定人依据新的命名决定恢复称号" not in shown


def test_nobody_is_asked_to_restore_a_title_whose_holder_is_gone(county, held_clock):
    title = Title(county)
    title.head = factories.seated(Role.HEAD, title.row.organization)
    other = factories.seated(Role.DECIDING_OFFICER, county.jurisdiction)
    title.act("revoke")
    lodge(title)
    answer(title, "uphold")
    assert [one.pk for one in needing_attention(other, 10)] == [title.row.pk]

    type(title.row.organization).objects.filter(pk=title.row.organization.pk).update(
        is_active=False
    )

    assert needing_attention(other, 10) == []


def test_a_revocation_that_is_upheld_against_nothing_stays(title):
    lodge(title)
    answer(title, "dismiss")

    assert title.status == Status.REVOKED
    assert needing_attention(title.county.deciding_officer, 10) == []


def test_who_had_a_hand_in_the_title_does_not_hear_it(county, held_clock):
    title = Title(county)
    title.head = factories.seated(Role.HEAD, title.row.organization)
    title.act("warn")
    title.act("revoke")
    lodge(title)

    with pytest.raises(Refusal) as refusal:
        answer(title, "dismiss")
    assert refusal.value.codes == ("not_permitted",)
    answer(title, "dismiss", actor=county.objection_officer)


def test_a_revocation_is_appealed_against_in_time_by_its_head_and_while_it_stands(
    title, held_clock
):
    with pytest.raises(Refusal) as refusal:
        lodge(title, actor=title.county.coordinator)
    assert refusal.value.codes == ("not_permitted",)
    ground = revocation(title)
    held_clock.move_to(against.until(ground))
    with pytest.raises(Refusal) as refusal:
        lodge(title)
    assert refusal.value.codes == ("appeal_late",)
    held_clock.move(-DAY)
    other = factories.seated(Role.DECIDING_OFFICER, title.county.jurisdiction)
    title.act("restore", actor=other, document_number="青发〔2026〕78号")
    with pytest.raises(Refusal) as refusal:
        lodge(title)
    assert refusal.value.codes == ("nothing_to_appeal",)


def test_the_page_of_the_title_says_until_when_and_then_what_became_of_it(title):
    shown = page(title.head, title)
    assert "前申请复核一次" in shown
    assert reverse("appeals:against_title", args=[title.row.pk]) in shown
    assert "前申请复核一次" not in page(title.county.coordinator, title)

    lodge(title)

    assert "对撤销申请复核：" in page(title.head, title)
    assert reverse("appeals:against_title", args=[title.row.pk]) not in page(title.head, title)
    answer(title, "uphold")
    assert "由审定人依据新的命名决定恢复称号" in page(title.county.deciding_officer, title)
    assert clock.today() == Appeal.objects.get().answered_on


def test_the_form_on_a_title_leads_to_the_appeal(title):
    client = Client()
    client.force_login(title.head)
    address = reverse("appeals:against_title", args=[title.row.pk])
    assert "撤销称号" in client.get(address).content.decode()

    answered = client.post(address, {"reason": REASON, "sure": "yes"})

    appeal = Appeal.objects.get()
    assert answered["Location"] == reverse("appeals:appeal", args=[appeal.pk])
    # Of a title in force there is nothing to appeal against.
    other = Title(title.county)
    assert client.get(reverse("appeals:against_title", args=[other.row.pk])).status_code == 404


def test_the_message_about_a_revocation_says_until_when_and_where_to_appeal(title):
    delivery.deliver_waiting()
    (message,) = Message.objects.filter(person=title.head, subject__contains="称号已撤销")
    assert "单位负责人可以在2026年3月9日(周一) 24:00前申请复核一次" in message.body
    assert f"书面申请交{title.county.jurisdiction.name_zh}的县级经办人" in message.body
    assert terms.open_terms(revocation(title)).get().due_at == against.until(revocation(title))
    told = Message.objects.filter(person=title.county.coordinator, body__contains="申请复核")
    assert not told.exists()


def test_what_is_no_revocation_speaks_of_no_appeal(county, held_clock):
    title = Title(county)
    head = factories.seated(Role.HEAD, title.row.organization)
    step = title.act("warn")
    delivery.deliver_waiting()
    assert "申请复核" not in Message.objects.get(person=head).body
    assert not terms.open_terms(step).exists()


# Its unit is merged away


@pytest.fixture
def administrator(county):
    return factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)


@pytest.fixture
def neighbour(county):
    """Another village of the same township; nobody leads it yet."""
    return factories.VillageFactory(superior=county.township, name_zh="绿水村党支部")


def of_titles(title, kind, after, actor):
    return told_of_titles(proposal(kind, [title.row.organization], after), actor)


def reorganized(title, kind, after, actor):
    """Recorded as its page proposes; whoever led the unit is read anew, with the seats of now."""
    record(proposal(kind, [title.row.organization], after), actor)
    title.head = Person.objects.get(pk=title.head.pk)


def test_the_successor_appeals_against_a_revocation_while_there_is_time(
    title, neighbour, administrator, held_clock
):
    held_clock.move(DAY)
    ((what, ways),) = of_titles(title, Kind.MERGED, [neighbour], administrator)
    assert "已撤销、2026年3月9日(周一) 24:00前可以申请复核" in what
    assert ways == ["to-0"]

    reorganized(title, Kind.MERGED, [neighbour], administrator)

    assert (holder(title.row), title.status) == (neighbour, Status.REVOKED)
    assert "前申请复核一次" in page(title.head, title)
    assert lodge(title).organization == neighbour


@pytest.mark.parametrize("has_a_head", [False, True])
def test_an_appeal_goes_on_with_the_successor_who_is_answered_and_holds_what_is_restored(
    title, neighbour, administrator, held_clock, has_a_head
):
    heir = factories.seated(Role.HEAD, neighbour) if has_a_head else title.head
    lodge(title)
    held_clock.move(DAY)
    ((what, _ways),) = of_titles(title, Kind.MERGED, [neighbour], administrator)
    assert "已申请复核，尚未答复" in what

    reorganized(title, Kind.MERGED, [neighbour], administrator)
    appeal = answer(title, "uphold")

    delivery.deliver_waiting()
    told = Message.objects.filter(person=heir, subject__contains="复核成立")
    assert told.filter(subject__contains=neighbour.name_zh).exists()
    client = Client()
    client.force_login(Person.objects.get(pk=heir.pk))
    shown = client.get(reverse("appeals:appeal", args=[appeal.pk]))
    assert "由新单位接着办理" in shown.content.decode()
    assert AuditEvent.objects.filter(action="appeal.go_on", actor=administrator).count() == 1
    other = factories.seated(Role.DECIDING_OFFICER, title.county.jurisdiction)
    assert [one.pk for one in needing_attention(other, 10)] == [title.row.pk]
    title.act("restore", actor=other, document_number="青发〔2026〕77号")
    assert (title.status, holder(title.row)) == (Status.VALID, neighbour)


def test_a_title_waiting_to_be_restored_is_restored_to_the_successor(
    title, neighbour, administrator
):
    lodge(title)
    answer(title, "uphold")
    ((what, _ways),) = of_titles(title, Kind.MERGED, [neighbour], administrator)
    assert "复核成立，等待恢复" in what

    reorganized(title, Kind.MERGED, [neighbour], administrator)

    other = factories.seated(Role.DECIDING_OFFICER, title.county.jurisdiction)
    title.act("restore", actor=other, document_number="青发〔2026〕77号")
    assert (title.status, holder(title.row)) == (Status.VALID, neighbour)


def test_who_takes_a_unit_in_is_not_barred_for_what_it_had_lost(
    title, neighbour, administrator, held_clock
):
    unit, on = title.row.organization, clock.today()
    held_clock.move(DAY)
    # By a document of the day of the revocation, too: it spoke to the unit that there was.
    record(proposal(Kind.MERGED, [unit], [neighbour], on=on), administrator)

    assert holder(title.row) == neighbour
    assert bars_of(neighbour)[neighbour.pk] == []
    assert [bar.organization for bar in bars_of(unit)[unit.pk]] == [unit.pk]


def test_with_a_unit_that_nobody_goes_on_with_the_right_to_appeal_ends(title, administrator):
    ((_what, ways),) = of_titles(title, Kind.DISSOLVED, [], administrator)
    assert ways == ["end"]

    reorganized(title, Kind.DISSOLVED, [], administrator)

    assert title.status == Status.REVOKED, "and not cancelled without a fault"
    coordinator = title.county.coordinator
    address = reverse("appeals:enter_against_title", args=[title.row.pk])
    assert address not in page(coordinator, title)
    client = Client()
    client.force_login(coordinator)
    assert "没有单位承接，不能再申请复核" in client.get(address).content.decode()


@pytest.mark.parametrize("became", ["dismissed", "late"])
def test_a_revocation_that_is_past_contesting_stays_with_the_unit_that_is_gone(
    title, neighbour, administrator, held_clock, became
):
    if became == "dismissed":
        lodge(title)
        answer(title, "dismiss")
    else:
        held_clock.move_to(against.until(revocation(title)))

    assert of_titles(title, Kind.MERGED, [neighbour], administrator) == []

    reorganized(title, Kind.MERGED, [neighbour], administrator)
    assert holder(title.row) == title.row.organization
