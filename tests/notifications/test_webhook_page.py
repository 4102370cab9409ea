"""The system administrator sets up the gateway of the area: address, kinds, keys, trial, switch."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from designation.audit.models import AuditEvent
from designation.organizations.models import Person, Role
from designation.site import clock
from designation.site.refusal import Refusal
from notifications import preferences, webhook_settings, webhook_trials
from notifications.models import Webhook, WebhookKey
from notifications.tasks import deliver_outbox
from notifications.webhook_trials import Trial, trial_of
from tests import factories
from tests.markup import flat
from tests.sheets import Sheet

from .gateways import NUMBER, administrator, gives_number, set_up

pytestmark = pytest.mark.django_db

PAGE = "/messages/webhook/"
ADDRESS = "https://gateway.example.cn/sms"


@pytest.fixture
def them(client, county):
    """The system administrator of the county, signed in."""
    person = administrator(county.jurisdiction)
    client.force_login(person)
    return person


@pytest.fixture
def webhook(county, receiver):
    return set_up(county.jurisdiction, receiver)


def shown(client):
    return flat(client.get(PAGE).content)


def key_in(answer):
    """What a page shows of a key that was made just now."""
    found = re.search(r"whsec_[A-Za-z0-9+/=]+", answer.content.decode())
    return found[0] if found else ""


# Address and kinds


def test_it_begins_with_the_address_and_comes_to_the_keys(client, county, them):
    assert "下一步在这里生成密钥" in shown(client)
    sheet = Sheet(client, PAGE)
    assert sorted(sheet.values["kinds"]) == ["asks", "decisions"]
    assert "is_on" not in sheet.values

    answer = sheet.send({"address": ADDRESS})

    assert answer.status_code == 302
    webhook = Webhook.objects.get()
    assert (webhook.jurisdiction, webhook.address, webhook.is_on) == (
        county.jurisdiction,
        ADDRESS,
        False,
    )
    assert "消息网关的设置已保存" in (text := shown(client))
    assert "还没有密钥" in text


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"address": ""}, "请填写这一项"),
        ({"address": "gateway"}, "请填写完整的地址"),
        ({"address": "http://gateway.example.cn/"}, "须以 https:// 开头"),
        ({"address": "https://192.168.1.4/sms"}, "内部网络"),
        ({"address": "https://a:b@gateway.example.cn/"}, "不能有用户名"),
        ({"address": "https://example.cn/" + "a" * 300}, "最多 300 字"),
        ({"kinds": []}, "请至少选择一项"),
        ({"kinds": ["gossip"]}, "选"),
    ],
)
def test_bad_input_is_told_at_its_field_and_keeps_nothing(client, them, typed, why):
    answer = Sheet(client, PAGE).send({"address": ADDRESS} | typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert why in page
    assert "field-refused" in page
    assert not Webhook.objects.exists()


def test_what_changed_stands_in_the_log_in_words(client, county, them):
    Sheet(client, PAGE).send({"address": ADDRESS})
    Sheet(client, PAGE).send({"kinds": ["asks", "visit"]})
    last = AuditEvent.objects.filter(action="webhook.edit").latest("sequence")
    assert last.actor == them
    (before, after) = last.details["changed"]["kinds"]
    assert (before, after) == ("请您办理的事项\n审核决定", "请您办理的事项\n实地核查的安排")
    assert "address" not in last.details["changed"]


def test_who_was_overtaken_is_shown_both_and_writes_over_nothing(client, county, them):
    Sheet(client, PAGE).send({"address": ADDRESS})
    sheet = Sheet(client, PAGE)
    other = administrator(county.jurisdiction)
    theirs = {"address": "https://other.example.cn/"}
    webhook_settings.keep(county.jurisdiction, theirs, before={}, actor=other)

    answer = sheet.send({"address": "https://mine.example.cn/"})

    assert answer.status_code == 422
    assert "https://other.example.cn/" in answer.content.decode()
    assert Webhook.objects.get().address == "https://other.example.cn/"


def test_of_two_who_begin_at_once_the_second_is_told(client, county, them):
    sheet = Sheet(client, PAGE)
    values = {"address": ADDRESS, "kinds": ["asks"]}
    webhook_settings.keep(county.jurisdiction, values, actor=administrator(county.jurisdiction))
    answer = sheet.send({"address": "https://mine.example.cn/"})
    assert answer.status_code == 422
    assert Webhook.objects.get().address == ADDRESS


def test_the_switch_is_there_once_there_is_a_key(client, county, webhook, them):
    assert Webhook.objects.get().is_on
    Sheet(client, PAGE).send({"is_on": None})
    assert not Webhook.objects.get().is_on


def test_it_is_not_switched_on_without_a_key(county, them):
    values = {"address": ADDRESS, "kinds": ["asks"]}
    webhook_settings.keep(county.jurisdiction, values, actor=them)
    with pytest.raises(Refusal) as refused:
        webhook_settings.keep(county.jurisdiction, {"is_on": True}, before={}, actor=them)
    assert refused.value.codes == ("no_key",)


def test_one_that_does_not_answer_is_said_on_the_page(client, webhook, them, held_clock):
    Webhook.objects.update(failures=3, rests_until=held_clock.now() + timedelta(minutes=4))
    assert "网关连续 3 次没有应答" in shown(client)


def test_another_address_is_tried_at_once(county, webhook, them, held_clock):
    Webhook.objects.update(failures=3, rests_until=held_clock.now() + timedelta(minutes=4))
    webhook_settings.keep(county.jurisdiction, {"address": ADDRESS}, before={}, actor=them)
    assert Webhook.objects.get().rests_until is None


# Keys


@pytest.fixture
def begun(county, them):
    values = {"address": ADDRESS, "kinds": ["asks"]}
    return webhook_settings.keep(county.jurisdiction, values, actor=them)


def test_a_key_is_shown_once_and_kept_sealed(client, begun, them):
    answer = Sheet(client, PAGE, to="/webhook/key/").send()

    secret = key_in(answer)
    key = WebhookKey.objects.get()
    assert len(secret) > 40
    assert key.key_id in answer.content.decode()
    assert answer.headers["Cache-Control"].startswith("max-age=0")
    assert secret.encode() not in bytes(key.sealed)
    assert secret not in shown(client)
    logged = AuditEvent.objects.get(action="webhook.make_key")
    assert logged.details == {"key_id": key.key_id}


def test_a_new_key_stands_beside_the_old_one_until_that_is_ended(client, webhook, them):
    (old,) = WebhookKey.objects.all()
    assert key_in(Sheet(client, PAGE, to="/webhook/key/").send())
    assert "生成新密钥" not in shown(client)

    answer = client.post(reverse("messages:webhook_key_end", args=[old.pk]))

    assert answer.status_code == 302
    assert old.key_id not in [key.key_id for key in Webhook.objects.get().keys_in_force]
    assert f"密钥 {old.key_id} 已停用" in shown(client)


def test_a_key_that_is_asked_for_twice_is_made_once(client, begun, them):
    sheet = Sheet(client, PAGE, to="/webhook/key/")
    sheet.send()
    answer = sheet.send()
    assert answer.status_code == 422
    assert "密钥在您打开页面后有变化" in answer.content.decode()
    assert WebhookKey.objects.count() == 1


def test_there_are_never_three_keys(begun, them):
    for _turn in range(2):
        seen = [key.key_id for key in Webhook.objects.get().keys_in_force]
        webhook_settings.make_key(begun, seen=seen, actor=them)
    seen = [key.key_id for key in Webhook.objects.get().keys_in_force]
    with pytest.raises(Refusal) as refused:
        webhook_settings.make_key(begun, seen=seen, actor=them)
    assert refused.value.codes == ("two_keys",)


def test_a_gateway_that_is_on_keeps_its_last_key(client, webhook, them):
    (key,) = WebhookKey.objects.all()
    answer = client.post(reverse("messages:webhook_key_end", args=[key.pk]))
    assert answer.status_code == 422
    assert "至少要有一个密钥" in answer.content.decode()

    Webhook.objects.update(is_on=False)
    webhook_settings.end_key(key, actor=them)
    with pytest.raises(Refusal) as refused:
        webhook_settings.end_key(key, actor=them)
    assert refused.value.codes == ("ended",)


def test_keys_are_sealed_anew_with_everything_else(county, receiver, webhook, settings):
    settings.FORMER_FIELD_KEYS, settings.FIELD_KEY = [settings.FIELD_KEY], "the key of next year"
    told = StringIO()
    call_command("reseal", stdout=told)
    assert "1 sealed anew" in told.getvalue()
    settings.FORMER_FIELD_KEYS = []
    webhook_settings.ask_trial(webhook, actor=administrator(county.jurisdiction))
    webhook_trials.carry_out()
    assert trial_of(Webhook.objects.get()) == Trial.TAKEN


def test_the_password_is_asked_again_before_a_key_is_made(client, begun, them):
    session = client.session
    session["signed_in_at"] = (clock.system_now() - timedelta(minutes=11)).isoformat()
    session.save()
    answer = Sheet(client, PAGE, to="/webhook/key/").send()
    assert "password_again" in answer.content.decode()
    assert not WebhookKey.objects.exists()


# A trial


def asked(client):
    answer = client.post(reverse("messages:webhook_try"))
    assert answer.status_code == 302
    assert "正在等网关答复" in shown(client)


def test_a_trial_is_sent_by_a_worker_and_its_answer_shown(client, county, receiver, webhook, them):
    gives_number(them, county.jurisdiction)
    receiver.script = [lambda handler, said: handler.answer(200, f"ok {said['to']}".encode())]
    asked(client)
    deliver_outbox()
    deliver_outbox()

    text = shown(client)
    assert "网关已收下" in text
    assert "200 ok" in text
    assert NUMBER not in text
    (said,) = receiver.heard
    assert (said["kind"], said["to"]) == ("test", NUMBER)
    assert "不需要办理" in said["text"]


def test_a_trial_needs_no_gateway_that_is_on_and_no_number(client, county, receiver, them):
    set_up(county.jurisdiction, receiver, is_on=False)
    asked(client)
    deliver_outbox()
    assert "网关已收下" in shown(client)
    assert receiver.heard[0]["to"] == ""


@pytest.mark.parametrize(("status", "told"), [(401, "401 as scripted"), (500, "500 as scripted")])
def test_what_the_gateway_refused_stands_there_as_it_was_said(
    client, receiver, webhook, them, status, told
):
    receiver.script = [status]
    asked(client)
    deliver_outbox()
    text = shown(client)
    assert "没有发成" in text
    assert told in text


def test_a_trial_that_no_worker_ended_is_said_and_asked_for_again(
    client, receiver, webhook, them, held_clock
):
    asked(client)
    Webhook.objects.update(tried_at=held_clock.now())
    held_clock.move(timedelta(minutes=4))
    assert "后台没有答复" in shown(client)
    asked(client)
    deliver_outbox()
    assert "网关已收下" in shown(client)


def test_a_trial_needs_a_key(client, begun, them):
    answer = client.post(reverse("messages:webhook_try"))
    assert answer.status_code == 422
    assert "请先生成密钥，再试发" in answer.content.decode()


# Whose it is


@pytest.mark.parametrize(
    "role", [Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR, Role.COUNTY_COORDINATOR]
)
def test_nobody_else_finds_it(client, county, webhook, role):
    client.force_login(factories.seated(role, county.jurisdiction))
    assert client.get(PAGE).status_code == 404
    assert client.post(reverse("messages:webhook_try")).status_code == 404


def test_another_county_has_its_own(client, county, webhook):
    elsewhere = factories.JurisdictionFactory(code="341822000000", name_zh="白水县")
    stranger = administrator(elsewhere)
    client.force_login(stranger)
    (key,) = WebhookKey.objects.all()
    assert webhook.address not in client.get(PAGE).content.decode()
    assert client.post(reverse("messages:webhook_key_end", args=[key.pk])).status_code == 404
    for act in (
        lambda: webhook_settings.keep(county.jurisdiction, {}, before={}, actor=stranger),
        lambda: webhook_settings.make_key(webhook, seen=[], actor=stranger),
        lambda: webhook_settings.end_key(key, actor=stranger),
        lambda: webhook_settings.ask_trial(webhook, actor=stranger),
    ):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.codes == ("not_allowed",)


def test_there_is_one_gateway_an_area_and_it_leads_somewhere(webhook):
    for columns in ({"jurisdiction": webhook.jurisdiction, "address": ADDRESS}, {"address": ""}):
        area = factories.JurisdictionFactory(code="341823000000")
        with pytest.raises(IntegrityError), transaction.atomic():
            Webhook.objects.create(**{"jurisdiction": area} | columns)


# A person's number


def test_a_person_gives_their_number_where_there_is_a_gateway(client, county, webhook):
    head = county.head
    Person.objects.filter(pk=head.pk).update(jurisdiction=county.jurisdiction)
    client.force_login(head)
    page = reverse("messages:preferences")

    answer = Sheet(client, page).send({"gateway_address": "１３８ 0000 0000".replace(" ", "")})

    assert answer.status_code == 302
    wanted = preferences.own(head)
    assert (wanted.gateway_address, wanted.gateway_news) == (NUMBER, False)
    logged = AuditEvent.objects.filter(action="person.messages").latest("sequence")
    assert NUMBER not in str(logged.details)


def test_nobody_is_asked_for_a_number_that_leads_nowhere(client, county):
    client.force_login(county.head)
    page = reverse("messages:preferences")
    assert "gateway_address" not in Sheet(client, page).values
    preferences.keep({}, None, None, gateway=preferences.ByGateway(NUMBER), actor=county.head)
    assert Sheet(client, page).values["gateway_address"] == [NUMBER]
    Sheet(client, page).send({"gateway_address": ""})
    assert preferences.own(county.head).gateway_address == ""


@pytest.mark.parametrize("typed", ["1", "王书记", "138 0000", "a" * 65, "a;b"])
def test_what_no_gateway_calls_anybody_is_told_at_its_field(client, county, webhook, typed):
    Person.objects.filter(pk=county.head.pk).update(jurisdiction=county.jurisdiction)
    client.force_login(county.head)
    answer = Sheet(client, reverse("messages:preferences")).send({"gateway_address": typed})
    assert answer.status_code == 422
    assert typed in answer.content.decode()
    assert preferences.own(county.head).gateway_address == ""
