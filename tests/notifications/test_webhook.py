"""What goes by the gateway of a county, to whom, and what becomes of it when it is not taken."""

from datetime import datetime, timedelta

import pytest

from designation.announcements.declared import Announcement
from designation.applications.models import Stage
from designation.organizations.models import Person, Role
from designation.site.clock import SHANGHAI
from notifications import carrying, delivery, preferences, webhook_settings, webhooks
from notifications.channels.outbound import Answer
from notifications.channels.webhook import GATEWAY, outcome
from notifications.models import Delivery, Message, Webhook
from notifications.preferences import KINDS, ByGateway, Pace
from tests import factories

from . import receiver as behaviours
from .gateways import NUMBER, administrator, give_key, gives_number, set_up

pytestmark = pytest.mark.django_db

NEWS = Announcement("application.recommend", (), "")
REQUEST = Announcement("application.submit", (), "", asks_to_act=True)
DECISION = Announcement("application.reject", (), "", is_decision=True)
OPINION = "材料不实，经核对不予推荐。"


@pytest.fixture
def webhook(county, receiver):
    return set_up(county.jurisdiction, receiver)


@pytest.fixture
def waiting(county, webhook):
    """One request to act that waits for its way by the gateway."""
    gives_number(county.reviewer, county.jurisdiction)
    county.at(Stage.SUBMITTED)
    delivery.deliver_waiting()
    return Delivery.objects.get(channel="webhook", message__person=county.reviewer)


def carried(deliveries=None):
    sent = carrying.carry_waiting(GATEWAY)
    if deliveries is not None:
        deliveries.refresh_from_db()
    return sent


# What is said


def test_a_request_to_act_comes_as_a_text_and_a_link_once(county, receiver, waiting):
    assert carried() == 1
    assert carried() == 0

    (said,) = receiver.taken
    assert said["id"] == f"message-{waiting.message_id}@localhost"
    assert (said["kind"], said["to"]) == ("message", NUMBER)
    assert "有事项请您办理" in said["text"]
    assert "办理期限：" in said["text"]
    assert said["link"].startswith("http://localhost:8000/applications/")


def test_no_name_and_nothing_of_the_case_leaves_by_it(county, receiver, webhook):
    gives_number(county.head, county.jurisdiction)
    application = county.at(Stage.SUBMITTED)
    county.act("reject", application, county.reviewer, opinion=OPINION)
    delivery.deliver_waiting()

    assert carried() > 1

    texts = "".join(said["text"] for said in receiver.taken)
    for kept in (
        OPINION,
        county.village.name_zh,
        county.head.full_name,
        county.reviewer.full_name,
        county.round.name_zh,
    ):
        assert kept not in texts
    assert OPINION in Message.objects.filter(person=county.head).first().body


def test_who_reads_english_gets_it_in_english(county, receiver, webhook):
    Person.objects.filter(pk=county.reviewer.pk).update(language="en")
    gives_number(county.reviewer, county.jurisdiction)
    county.at(Stage.SUBMITTED)
    delivery.deliver_waiting()
    carried()
    assert receiver.taken[0]["text"].isascii() or "事项" not in receiver.taken[0]["text"]


# Who gets what


@pytest.mark.parametrize(
    ("kinds", "has_news", "gets"),
    [
        (webhooks.KINDS, True, {REQUEST, DECISION, NEWS}),
        (webhooks.KINDS, False, {REQUEST, DECISION}),
        (webhooks.USUAL, True, {REQUEST, DECISION}),
        ([webhooks.ASKS], True, {REQUEST}),
        (["application"], True, {NEWS}),
        (["visit"], True, set()),
    ],
)
def test_the_county_says_which_kinds_go_by_it_and_the_person_whether_news_do(kinds, has_news, gets):
    line = webhooks.Line(Webhook(kinds=list(kinds)), NUMBER, has_news)
    assert {one for one in (REQUEST, DECISION, NEWS) if line.takes(one)} == gets


def test_who_gave_no_number_or_has_no_gateway_is_not_reached(county, receiver, webhook):
    elsewhere = factories.JurisdictionFactory(code="341822000000", name_zh="白水县")
    gives_number(county.head, elsewhere)
    county.at(Stage.SUBMITTED)
    delivery.deliver_waiting()
    assert not Delivery.objects.filter(channel="webhook").exists()


def test_a_person_belongs_to_their_home_and_the_narrowest_gateway_around_it(
    county, receiver, webhook
):
    township = county.township.jurisdiction
    near = set_up(township, receiver)
    gives_number(county.reviewer, county.jurisdiction)
    Person.objects.filter(pk=county.reviewer.pk).update(home_organization=county.township)
    found = webhooks.lines([county.reviewer, county.head])
    assert {pk: line.webhook for pk, line in found.items()} == {county.reviewer.pk: near}


def test_how_many_are_asked_about_costs_no_statement(
    county, webhook, django_assert_num_queries, django_assert_max_num_queries
):
    people = [county.head, county.reviewer, county.preparer]
    with django_assert_num_queries(1):
        webhooks.lines(people)
    for number, person in enumerate(people):
        gives_number(person, county.jurisdiction, f"1380000000{number}")
    with django_assert_max_num_queries(4):
        assert len(webhooks.lines(people)) == 3


def test_a_request_comes_also_to_who_wants_no_news_and_never_in_the_quiet_hours(
    county, receiver, webhook, held_clock
):
    gives_number(county.reviewer, county.jurisdiction)
    never = dict.fromkeys(KINDS, Pace.NEVER)
    preferences.keep(never, 22, 7, gateway=None, actor=county.reviewer)
    held_clock.move_to(datetime(2026, 3, 2, 23, 0, tzinfo=SHANGHAI))
    county.at(Stage.SUBMITTED)
    delivery.deliver_waiting()

    assert carried() == 0
    held_clock.move_to(datetime(2026, 3, 3, 7, 0, tzinfo=SHANGHAI))
    assert carried() == 1


def test_the_news_of_a_day_come_in_one_text(county, receiver, webhook, held_clock):
    gives_number(county.head, county.jurisdiction)
    preferences.keep(dict.fromkeys(KINDS, Pace.DAILY), None, None, actor=county.head)
    county.at(Stage.SUBMITTED)
    delivery.deliver_waiting()
    carried()
    at_once = len(receiver.taken)

    held_clock.move_to(datetime(2026, 3, 3, 8, 0, tzinfo=SHANGHAI))
    assert carried() > 1

    (digest,) = receiver.taken[at_once:]
    assert digest["kind"] == "digest"
    assert "条新消息" in digest["text"]
    assert digest["link"].endswith("/messages/")


def test_what_was_queued_is_not_sent_once_the_gateway_is_off_or_the_number_gone(
    county, receiver, waiting
):
    actor = administrator(county.jurisdiction)
    webhook_settings.keep(county.jurisdiction, {"is_on": False}, before={}, actor=actor)
    carried(waiting)
    assert waiting.state == Delivery.State.NONE
    assert receiver.connections == 0


def test_who_takes_the_number_away_gets_nothing_more(county, receiver, waiting):
    preferences.keep({}, None, None, gateway=ByGateway(), actor=county.reviewer)
    carried(waiting)
    assert waiting.state == Delivery.State.NONE


# When it is not taken


@pytest.mark.parametrize(
    ("status", "sent", "put_off"),
    [
        (200, True, False),
        (202, True, False),
        (302, False, False),
        (400, False, False),
        (401, False, False),
        (429, False, True),
        (500, False, True),
        (503, False, True),
    ],
)
def test_what_an_answer_means(status, sent, put_off):
    came = outcome(Answer(status, "said"), kept_from="")
    assert (came.is_sent, came.is_put_off) == (sent, put_off)


def test_a_broken_gateway_is_tried_again_after_growing_pauses_with_the_same_id(
    county, receiver, waiting, held_clock
):
    receiver.script = [500, 503, 200]
    pauses = []
    for _turn in range(2):
        before = held_clock.now()
        assert carried(waiting) == 0
        pauses.append(waiting.next_at - before)
        held_clock.move_to(waiting.next_at)
    assert pauses == sorted(set(pauses))
    assert (waiting.attempts, waiting.waits) == (0, 2)

    assert carried(waiting) == 1
    assert waiting.state == Delivery.State.SENT
    assert len({said["id"] for said in receiver.heard}) == 1
    assert len(receiver.heard) == 3


def test_a_gateway_that_took_it_and_hung_gets_it_again_and_knows_it(
    county, receiver, waiting, held_clock, settings
):
    settings.WEBHOOK_TIMEOUT = 0.3
    receiver.script = [behaviours.takes_and_hangs]
    assert carried(waiting) == 0
    assert "没有应答" in waiting.answer

    held_clock.move(timedelta(minutes=3))
    assert carried(waiting) == 1
    assert len(receiver.heard) == 2
    assert len(receiver.taken) == 1


def test_a_gateway_that_hangs_costs_one_wait_and_holds_no_other_county(
    county, receiver, waiting, held_clock, settings
):
    settings.WEBHOOK_TIMEOUT = 0.3
    other = type(receiver)().start()
    elsewhere = factories.JurisdictionFactory(code="341822000000", name_zh="白水县")
    colleague = factories.seated(Role.FIRST_REVIEWER, county.township)
    gives_number(colleague, elsewhere, "13700000000")
    set_up(elsewhere, other)
    receiver.script = [behaviours.takes_and_hangs] * 9
    county.beside().at(Stage.SUBMITTED)
    delivery.deliver_waiting()
    assert Delivery.objects.filter(channel="webhook").count() == 3

    carried()

    assert receiver.connections == 1
    webhook = Webhook.objects.get(jurisdiction=county.jurisdiction)
    assert (webhook.failures, webhook.rests_until) == (1, held_clock.now() + timedelta(minutes=1))
    assert len(other.taken) == 1
    other.stop()


def test_a_gateway_that_answers_again_rests_no_more(county, receiver, waiting, held_clock):
    Webhook.objects.update(failures=3, rests_until=held_clock.now() + timedelta(minutes=5))
    assert carried(waiting) == 0
    assert receiver.connections == 0
    held_clock.move(timedelta(minutes=6))
    assert carried(waiting) == 1
    webhook = Webhook.objects.get()
    assert (webhook.failures, webhook.rests_until) == (0, None)


def test_a_gateway_rests_longer_each_time_and_never_for_long(webhook, held_clock):
    rests = []
    for _turn in range(7):
        webhooks.rest(webhook)
        rests.append((webhook.rests_until - held_clock.now()) // timedelta(minutes=1))
    assert rests == [1, 2, 4, 8, 16, 16, 16]


def test_what_is_refused_for_good_is_listed_as_not_delivered(
    client, county, receiver, waiting, held_clock
):
    receiver.script = [400] * 20
    while carried(waiting) or waiting.state == Delivery.State.WAITING:
        held_clock.move(timedelta(days=1))
    assert waiting.state == Delivery.State.FAILED
    assert len(receiver.heard) <= carrying.MOST_ATTEMPTS
    client.force_login(administrator(county.jurisdiction))
    shown = client.get("/messages/undelivered/").content.decode()
    assert "消息网关" in shown
    assert "400 as scripted" in shown
    assert NUMBER not in shown


def test_no_redirect_is_followed_and_it_counts_as_refused(receiver, waiting):
    receiver.script = [behaviours.leads_elsewhere]
    carried(waiting)
    assert (waiting.attempts, waiting.waits) == (1, 0)
    assert receiver.connections == 1


def test_a_gateway_that_answers_twice_took_it_once(receiver, waiting):
    receiver.script = [behaviours.answers_twice]
    assert carried(waiting) == 1
    assert waiting.state == Delivery.State.SENT


def test_a_number_that_is_repeated_in_an_answer_is_kept_nowhere(receiver, waiting, caplog):
    said = outcome(Answer(400, f"{NUMBER} unknown"), kept_from=NUMBER)
    assert said.answer == "400 … unknown"


def test_an_address_that_may_not_be_reached_any_more_is_not(receiver, waiting, settings):
    settings.WEBHOOK_NETWORKS = []
    carried(waiting)
    assert "内部网络" in waiting.answer
    assert receiver.connections == 0


# Keys


def test_both_keys_sign_while_one_takes_the_place_of_the_other(county, receiver, webhook, waiting):
    actor = administrator(county.jurisdiction)
    (old,) = webhook.keys_in_force
    new = give_key(webhook, receiver, actor)
    receiver.keys = {old.key_id: receiver.keys[old.key_id]}
    assert carried() == 1
    assert receiver.requests[0]["webhook-key-id"].split() == [old.key_id, new.key_id]

    receiver.keys = {new.key_id: new.secret}
    webhook_settings.end_key(old, actor=actor)
    county.beside().at(Stage.SUBMITTED)
    delivery.deliver_waiting()
    carried()
    assert receiver.requests[-1]["webhook-key-id"] == new.key_id
    assert len(receiver.heard) == len(receiver.requests)


def test_a_key_that_nothing_opens_sends_nothing_and_says_so(receiver, waiting, settings):
    settings.FIELD_KEY = "another key"
    carried(waiting)
    assert "密钥打不开" in waiting.answer
    assert (waiting.attempts, receiver.connections) == (0, 0)
