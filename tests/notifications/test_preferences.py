"""How a person is told beside the inbox: by kind of news, in one mail a day, not in the night."""

from datetime import datetime, time, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from designation.announcements.declared import Announcement, announcements_of
from designation.applications.models import Stage
from designation.audit.models import AuditEvent
from designation.site.clock import SHANGHAI
from designation.site.refusal import Refusal
from notifications import carrying, delivery, preferences
from notifications.channels.email import EMAIL
from notifications.models import Delivery, Message, Preference
from notifications.preferences import KINDS, Pace, When, kind_of, when
from tests.markup import flat
from tests.sheets import Sheet

pytestmark = pytest.mark.django_db

NEWS = Announcement("application.recommend", (), "")
REQUEST = Announcement("application.submit", (), "", asks_to_act=True)
DECISION = Announcement("application.reject", (), "", is_decision=True)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=SHANGHAI)
NIGHT = Preference(quiet_from=22, quiet_until=7)
HOURS = st.integers(0, 23)


def at(hour, minute=0, day=2):
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


# When


@pytest.mark.parametrize(
    ("pace", "expected"),
    [
        (Pace.AT_ONCE, When(NOON)),
        (Pace.DAILY, When(at(8, day=3), is_gathered=True)),
        (Pace.NEVER, None),
    ],
)
def test_news_come_as_they_are_wanted(pace, expected):
    assert when(NEWS, Preference(paces={"application": pace}), NOON) == expected


@pytest.mark.parametrize("announcement", [REQUEST, DECISION])
@pytest.mark.parametrize("pace", Pace)
def test_a_request_and_a_decision_come_at_once_whatever_is_wanted(announcement, pace):
    assert when(announcement, Preference(paces={"application": pace}), NOON) == When(NOON)


def test_what_comes_before_eight_is_in_the_mail_of_the_same_day():
    wanted = Preference(paces={"application": Pace.DAILY})
    assert when(NEWS, wanted, at(7, 59)).at == at(8)
    assert when(NEWS, wanted, at(8)).at == at(8, day=3)


@pytest.mark.parametrize(
    ("now", "goes"),
    [
        (at(21, 59), at(21, 59)),
        (at(22), at(7, day=3)),
        (at(6, 59), at(7)),
        (at(7), at(7)),
    ],
)
def test_in_the_quiet_hours_even_a_request_waits(now, goes):
    assert when(REQUEST, NIGHT, now).at == goes


@given(begins=HOURS, ends=HOURS, minutes=st.integers(0, 300_000))
def test_nothing_ever_goes_in_the_quiet_hours_nor_waits_for_a_day(begins, ends, minutes):
    if begins == ends:
        return
    now = NOON + timedelta(minutes=minutes)
    found = when(REQUEST, Preference(quiet_from=begins, quiet_until=ends), now).at
    hours = {(begins + n) % 24 for n in range((ends - begins) % 24)}
    assert found.astimezone(SHANGHAI).hour not in hours
    assert timedelta() <= found - now < timedelta(days=1)


def test_every_kind_has_its_words_and_what_has_none_is_other_news():
    assert kind_of("objection.refused") == "objection"
    assert kind_of("round.extend") == "other"
    assert all(map(str, KINDS.values()))


@pytest.mark.parametrize("name", ["reject", "recommend", "leave_out", "decline", "end_overdue"])
def test_what_is_decided_of_an_application_is_mandatory(name):
    assert all(map(preferences.is_mandatory, announcements_of(f"application.{name}")))


def test_that_a_visit_begins_is_news():
    one = announcements_of("application.begin_verification")[-1]
    assert not preferences.is_mandatory(one)


# What goes out


@pytest.fixture
def head(county):
    county.head.email = "head@example.cn"
    county.head.save(update_fields=["email"])
    return county.head


def wants(person, pace):
    preferences.keep(dict.fromkeys(KINDS, pace), None, None, actor=person)


def told(head):
    delivery.deliver_waiting()
    carrying.carry_waiting(EMAIL)
    return [one for one in mail.outbox if one.to == [head.email]]


def test_one_mail_is_never_two_however_much_is_gathered(county, head, held_clock, monkeypatch):
    monkeypatch.setattr(carrying, "_BATCH", 1)
    wants(head, Pace.DAILY)
    for one in (county, county.beside()):
        one.__dict__["head"] = head
    county.at(Stage.SUBMITTED)
    told(head)
    assert Delivery.objects.filter(is_gathered=True, message__person=head).count() > 1

    held_clock.move_to(at(8, day=3))

    assert len([one for one in told(head) if "汇总" in one.subject]) == 1


def test_the_news_of_a_day_come_in_one_mail_and_each_once(county, head, held_clock):
    wants(head, Pace.DAILY)
    for one in (county, county.beside()):
        one.__dict__["head"] = head
    county.at(Stage.SUBMITTED)
    gathered = Delivery.objects.filter(is_gathered=True)
    assert [one for one in told(head) if "汇总" in one.subject] == []
    waiting = gathered.filter(message__person=head, state=Delivery.State.WAITING)
    texts = [row.message.subject for row in waiting.select_related("message")]
    assert len(texts) > 1

    held_clock.move_to(at(8, day=3))
    before = len(mail.outbox)
    told(head)

    (digest,) = mail.outbox[before:]
    assert digest.subject == f"{len(texts)} 条消息汇总"
    assert all(text in digest.body for text in texts)
    assert not waiting.exists()
    assert told(head)[-1] is digest


def test_who_wants_no_news_by_mail_has_them_in_the_inbox(county, head):
    wants(head, Pace.NEVER)
    county.at(Stage.SUBMITTED)
    told(head)
    news = Message.objects.filter(person=head, event__action="application.submit")
    assert news.exists()
    assert not Delivery.objects.filter(message__in=news).exists()


def test_who_said_nothing_gets_everything_at_once(county, head):
    county.at(Stage.SUBMITTED)
    assert len(told(head)) == Message.objects.filter(person=head).count()


# The page


def chosen(client, person, **said):
    client.force_login(person)
    return Sheet(client, reverse("messages:preferences")).send(said)


def test_a_person_chooses_on_their_own_page_and_it_is_on_record(client, county):
    head = county.head
    answer = chosen(client, head, application="daily", quiet_from="22", quiet_until="7")

    assert answer.status_code == 302
    wanted = preferences.own(head)
    assert wanted.paces == {"application": "daily"}
    assert (wanted.quiet_from, wanted.quiet_until) == (22, 7)
    assert AuditEvent.objects.filter(action="person.messages", actor=head).count() == 1
    shown = flat(client.get(reverse("messages:preferences")).content)
    assert "消息设置已保存" in shown
    assert Sheet(client, reverse("messages:preferences")).values["application"] == ["daily"]


def test_the_same_again_leaves_no_trace(client, county):
    for _press in range(2):
        chosen(client, county.head, notice="never")
    assert AuditEvent.objects.filter(action="person.messages").count() == 1


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"quiet_from": "22"}, "都选上"),
        ({"quiet_until": "7"}, "都选上"),
        ({"quiet_from": "7", "quiet_until": "7"}, "不能相同"),
        ({"quiet_from": "24"}, "选"),
        ({"application": "hourly"}, "选"),
        ({"notice": ""}, "请选择"),
    ],
)
def test_bad_input_is_told_at_its_field_and_keeps_nothing(client, county, said, why):
    answer = chosen(client, county.head, **said)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not Preference.objects.exists()


def test_the_database_refuses_half_a_quiet_time(county):
    with pytest.raises(IntegrityError), transaction.atomic():
        Preference.objects.create(person=county.head, quiet_from=22)
    with pytest.raises(Refusal):
        preferences.keep({}, 22, None, actor=county.head)
    assert time(8) == preferences._DAILY_AT
