"""催办: the coordinator urges whoever has to act, in words, once a working day, on record."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import DatabaseError, connections, transaction
from django.urls import reverse

from designation.applications.models import Application, Stage
from designation.audit.models import AuditEvent
from designation.organizations.models import Role, Seat
from designation.site.refusal import Refusal
from notifications.delivery import deliver_waiting
from notifications.models import Message
from tests import factories
from tests.markup import flat
from tests.sheets import Sheet
from workflows import reminding
from workflows.case.interests import Tie, ties_of
from workflows.case.records import Reminder

pytestmark = pytest.mark.django_db

TEXT = "请于本周五前完成初审，逾期影响全县进度。"
DAY = timedelta(days=1)


def address(application):
    return reverse("applications:remind", args=[application.pk])


def case_page(client, person, application):
    client.force_login(person)
    return flat(client.get(reverse("applications:case", args=[application.pk])).content)


def told(person):
    deliver_waiting()
    rows = Message.objects.filter(person=person, event__action=reminding.REMIND)
    return [message.body for message in rows]


@pytest.fixture
def submitted(county, held_clock):
    assert county.reviewer
    return county.at(Stage.SUBMITTED)


@pytest.fixture
def returned(county, submitted):
    corrections = {"NC-13": "请补充场所的产权证明"}
    county.act("return_for_correction", submitted, county.reviewer, corrections=corrections)
    return Application.objects.get(pk=submitted.pk)


@pytest.fixture
def sheet(client, county):
    def opened(application):
        client.force_login(county.coordinator)
        return Sheet(client, address(application))

    return opened


# To whom


def test_the_office_that_has_the_case_is_reminded_in_the_coordinators_words(
    county, submitted, sheet, client
):
    answer = sheet(submitted).send(text=TEXT)

    assert answer.status_code == 302
    (body,) = told(county.reviewer)
    assert TEXT in body
    assert county.village.name_zh in body
    assert "请您办理下一步。" in body
    assert "办理期限" in body
    assert told(county.head) == []
    assert "已催办：对方会收到消息" in case_page(client, county.coordinator, submitted)


def test_an_applicant_under_correction_is_reminded_with_its_head(county, returned, sheet):
    sheet(returned).send(text=TEXT)
    assert len(told(county.preparer)) == len(told(county.head)) == 1
    assert told(county.reviewer) == []


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.SELF_ASSESSED])
def test_a_draft_is_never_urged(county, client, stage):
    application = county.at(stage)
    client.force_login(county.coordinator)
    assert client.get(address(application)).status_code == 404
    with pytest.raises(Refusal):
        reminding.remind(application, TEXT, actor=county.coordinator)


@pytest.mark.parametrize("stage", [Stage.RECOMMENDED, Stage.VERIFIED, Stage.ON_NOTICE])
def test_where_the_coordinator_acts_or_time_alone_nobody_is_urged(county, client, stage):
    application = county.at(stage)
    assert address(application) not in case_page(client, county.coordinator, application)
    with pytest.raises(Refusal):
        reminding.remind(application, TEXT, actor=county.coordinator)


# By whom


@pytest.mark.parametrize("who", ["reviewer", "head", "deciding_officer"])
def test_only_the_coordinator_reminds(county, submitted, client, who):
    person = getattr(county, who)
    assert address(submitted) not in case_page(client, person, submitted)
    assert client.get(address(submitted)).status_code == 404
    with pytest.raises(Refusal):
        reminding.remind(submitted, TEXT, actor=person)


def test_a_coordinator_of_another_county_does_not(submitted, client):
    elsewhere = factories.JurisdictionFactory(code="341822000000", name_zh="白水县")
    stranger = factories.seated(Role.COUNTY_COORDINATOR, elsewhere)
    client.force_login(stranger)
    assert client.get(address(submitted)).status_code == 404
    with pytest.raises(Refusal):
        reminding.remind(submitted, TEXT, actor=stranger)


def test_who_reminded_has_coordinated_the_case(county, submitted):
    reminding.remind(submitted, TEXT, actor=county.coordinator)
    ties = ties_of([submitted.pk])[submitted.pk]
    assert Tie.COORDINATED in ties[county.coordinator.pk]


# At most once a working day


def test_twice_a_day_is_refused_and_the_page_says_why_before(county, submitted, sheet, held_clock):
    first = sheet(submitted)
    first.send(text=TEXT)
    again = sheet(submitted)
    assert "每个工作日最多催办一次" in again.text
    assert county.coordinator.full_name in again.text

    answer = again.send(text="再催一次")

    assert answer.status_code == 422
    assert "再催一次" in answer.content.decode()
    assert Reminder.objects.count() == 1
    held_clock.move(DAY)
    assert sheet(submitted).send(text="再催一次").status_code == 302


def test_what_is_sent_on_a_day_off_counts_for_the_next_working_day(county, submitted, held_clock):
    # The 7th of March 2026 is a Saturday.
    held_clock.move(5 * DAY)
    reminding.remind(submitted, TEXT, actor=county.coordinator)
    for _day in ("Sunday", "Monday"):
        held_clock.move(DAY)
        with pytest.raises(Refusal, match="最多催办一次"):
            reminding.remind(submitted, TEXT, actor=county.coordinator)
    held_clock.move(DAY)
    reminding.remind(submitted, TEXT, actor=county.coordinator)


def test_where_it_has_come_on_the_next_office_may_be_reminded_the_same_day(county, submitted):
    reminding.remind(submitted, TEXT, actor=county.coordinator)
    county.act("return_for_correction", submitted, county.reviewer, corrections={"NC-13": "请补充"})
    reminding.remind(submitted, TEXT, actor=county.coordinator)
    assert Reminder.objects.count() == 2


def test_a_form_sent_twice_reminds_once(county, submitted, sheet):
    form = sheet(submitted)
    addresses = {form.send(text=TEXT).url for _press in range(2)}
    assert addresses == {reverse("applications:case", args=[submitted.pk])}
    assert len(told(county.reviewer)) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("reference_data")
def test_two_coordinators_at_once_remind_once(county, submitted):
    both = [county.coordinator, factories.seated(Role.COUNTY_COORDINATOR, county.jurisdiction)]
    together = threading.Barrier(2)

    def press(person):
        try:
            together.wait()
            reminding.remind(submitted, TEXT, actor=person)
        except Refusal as refused:
            return refused.code
        finally:
            connections.close_all()
        return "sent"

    with ThreadPoolExecutor(2) as workers:
        assert sorted(workers.map(press, both)) == ["reminded_already", "sent"]
    assert Reminder.objects.count() == 1


# Bad input, and what has changed meanwhile


@pytest.mark.parametrize("text", ["", "  \n "])
def test_without_a_text_it_is_refused_with_what_to_do(submitted, sheet, text):
    answer = sheet(submitted).send(text=text)
    assert answer.status_code == 422
    assert "请写明催办什么" in answer.content.decode()
    assert not Reminder.objects.exists()


def test_a_text_too_long_is_kept_in_its_field(submitted, sheet):
    answer = sheet(submitted).send(text="催" * 501)
    assert answer.status_code == 422
    assert "催" * 501 in answer.content.decode()


def test_a_case_that_moved_on_meanwhile_is_not_urged(county, submitted, sheet):
    form = sheet(submitted)
    county._recommend(submitted)
    answer = form.send(text=TEXT)
    assert answer.status_code == 422
    assert TEXT in answer.content.decode()
    assert not Reminder.objects.exists()


def test_a_case_that_came_into_other_hands_is_not_urged_unseen(county, submitted, sheet):
    form = sheet(submitted)
    county.act("return_for_correction", submitted, county.reviewer, corrections={"NC-13": "请补充"})
    answer = form.send(text=TEXT)
    assert answer.status_code == 422
    assert "已由他人办理" in answer.content.decode()
    assert not Reminder.objects.exists()


def test_where_nobody_holds_the_seat_it_says_whom_to_ask(county, submitted, sheet, held_clock):
    Seat.objects.filter(person=county.reviewer).update(ends_on=held_clock.now().date() - DAY)
    form = sheet(submitted)
    assert "暂无人担任" in form.text
    answer = form.send(text=TEXT)
    assert answer.status_code == 422
    assert not Reminder.objects.exists()


# On record


def test_it_stands_in_the_history_of_the_case_and_in_the_log(county, submitted, client):
    reminding.remind(submitted, TEXT, actor=county.coordinator)

    for person in (county.coordinator, county.reviewer):
        assert TEXT in case_page(client, person, submitted)
    event = AuditEvent.objects.get(action=reminding.REMIND)
    assert (event.actor, event.actor_role) == (county.coordinator, Role.COUNTY_COORDINATOR)
    assert event.details["note"] == TEXT


def test_a_deputy_reminds_for_and_both_names_stand_in_history_and_log(county, submitted, client):
    deputy = factories.deputy_in(county.coordinator.seats.get())

    kept = reminding.remind(submitted, TEXT, actor=deputy)

    assert (kept.actor, kept.acted_for) == (deputy, county.coordinator)
    both = f"{deputy.full_name}代{county.coordinator.full_name}"
    assert both in case_page(client, county.reviewer, submitted)
    event = AuditEvent.objects.get(action=reminding.REMIND)
    assert (event.actor, event.details["acted_for"]) == (deputy, county.coordinator.full_name)


def test_whose_deputy_reminded_is_tied_to_the_case_as_if_they_had(county, submitted):
    reminding.remind(submitted, TEXT, actor=factories.deputy_in(county.coordinator.seats.get()))

    assert Tie.COORDINATED in ties_of([submitted.pk])[submitted.pk][county.coordinator.pk]


def test_an_applicant_reads_only_what_was_written_to_it(county, returned, client):
    reminding.remind(returned, "请尽快补正", actor=county.coordinator)
    assert "请尽快补正" in case_page(client, county.head, returned)


def test_an_applicant_does_not_read_what_was_written_to_its_reviewer(county, submitted, client):
    reminding.remind(submitted, TEXT, actor=county.coordinator)
    assert TEXT not in case_page(client, county.head, submitted)


def test_a_reminder_is_kept_as_it_was_sent(county, submitted):
    kept = reminding.remind(submitted, TEXT, actor=county.coordinator)
    for change in (kept.delete, lambda: Reminder.objects.update(text="别的")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
