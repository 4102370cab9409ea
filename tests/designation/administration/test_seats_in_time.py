"""A seat gives rights from its first day to its last; what it was stays on record."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from demo import accounts
from designation.administration import tasks
from designation.administration.seating import SeatRefused, end_seat, give_seat
from designation.applications.models import Application, Stage
from designation.audit import wording
from designation.audit.models import AuditEvent
from designation.organizations.models import Person, Role, Seat
from designation.organizations.rules import holds
from designation.organizations.scoping import Administered
from notifications.delivery import deliver_waiting
from notifications.models import Message
from tests import factories
from workflows.case.facts import Case
from workflows.case.interests import Tie, ties_of
from workflows.case.vacancies import with_vacancies
from workflows.stages.verification.team import verifiers

pytestmark = pytest.mark.django_db

# The held clock stands on Monday 2 March 2026.
TODAY = date(2026, 3, 2)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
NEXT_WEEK = TODAY + timedelta(days=7)


@pytest.fixture
def security(county):
    return factories.seated(Role.SECURITY_ADMINISTRATOR, county.jurisdiction)


@pytest.fixture
def someone(county):
    return factories.PersonFactory(jurisdiction=county.jurisdiction)


def today_is(held_clock, day):
    held_clock.move(day - held_clock.moment.date())


def browser_of(person):
    browser = Client()
    browser.force_login(person)
    return browser


def now(person):
    """The person as a new request reads them."""
    return Person.objects.get(pk=person.pk)


# Given for a time


def test_the_page_asks_from_when_to_when(county, security, someone):
    browser = browser_of(security)

    browser.post(
        reverse("organizations:seat_add"),
        {
            "person": someone.pk,
            "role": Role.VERIFIER,
            "jurisdiction": county.jurisdiction.pk,
            "starts_on": "2026年3月3日",
            "ends_on": "2026-3-9",
        },
    )

    seat = someone.seats.get()
    assert (seat.starts_on, seat.ends_on) == (TOMORROW, NEXT_WEEK)
    listed = browser.get(reverse("organizations:seats")).content.decode()
    assert "2026年3月3日(周二)起生效" in listed
    assert "2026年3月9日(周一)到期" in listed
    told = dict(wording.details(AuditEvent.objects.get(action="seat.give")))
    assert told["开始日期"] == "2026-03-03"
    assert told["到期日期"] == "2026-03-09"


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "told"),
    [
        ("2026-03-01", "", "开始日期不能早于今天。"),
        ("2026-03-05", "2026-03-04", "到期日期不能早于开始日期，也不能早于今天。"),
        ("", "2026-03-01", "到期日期不能早于开始日期，也不能早于今天。"),
        ("soon", "", "请填写日期"),
    ],
)
def test_a_term_that_cannot_be_is_told_at_its_field(
    county, security, someone, starts_on, ends_on, told
):
    answer = browser_of(security).post(
        reverse("organizations:seat_add"),
        {
            "person": someone.pk,
            "role": Role.VERIFIER,
            "jurisdiction": county.jurisdiction.pk,
            "starts_on": starts_on,
            "ends_on": ends_on,
        },
    )

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not someone.seats.exists()


def test_a_program_is_refused_the_same_terms(county, security, someone):
    with pytest.raises(SeatRefused, match="开始日期不能早于今天"):
        give_seat(someone, Role.VERIFIER, county.jurisdiction, actor=security, starts_on=YESTERDAY)


def test_rights_begin_and_end_with_their_days(county, security, someone, held_clock):
    give_seat(
        someone,
        Role.VERIFIER,
        county.jurisdiction,
        actor=security,
        starts_on=TOMORROW,
        ends_on=NEXT_WEEK,
    )

    for day, gives_rights in [
        (TODAY, False),
        (TOMORROW, True),
        (NEXT_WEEK, True),
        (NEXT_WEEK + timedelta(days=1), False),
    ]:
        today_is(held_clock, day)
        assert holds(now(someone), Role.VERIFIER) is gives_rights
        assert someone.seats.get().is_in_force is gives_rights


# Every place that asks who holds a seat, on a day before it begins and on a day after its end

OUTSIDE = [{"starts_on": TOMORROW}, {"ends_on": YESTERDAY}]


@pytest.mark.parametrize("term", OUTSIDE)
def test_a_seat_out_of_its_time_opens_no_page(county, term):
    application = county.at(Stage.SUBMITTED)
    county.reviewer.seats.update(**term)

    answer = browser_of(county.reviewer).get(reverse("applications:case", args=[application.pk]))

    assert answer.status_code == 404


@pytest.mark.parametrize("term", OUTSIDE)
def test_a_seat_out_of_its_time_administers_nothing(county, security, term):
    Seat.objects.filter(person=security).update(**term)

    assert browser_of(security).get(reverse("organizations:seats")).status_code == 404


@pytest.mark.parametrize("term", OUTSIDE)
def test_a_seat_out_of_its_time_gets_no_message(county, term):
    reviewer = county.reviewer
    county.at(Stage.SELF_ASSESSED)
    Seat.objects.filter(person=reviewer).update(**term)
    county.act("submit", Application.objects.get(), county.preparer)

    deliver_waiting()

    assert not Message.objects.filter(person=reviewer).exists()


@pytest.mark.parametrize("term", OUTSIDE)
def test_a_seat_out_of_its_time_leaves_the_place_vacant(county, term):
    seats = Seat.objects.filter(person=county.reviewer)
    county.at(Stage.SUBMITTED)
    assert not with_vacancies(Application.objects.all()).get().is_vacant

    seats.update(**term)

    assert with_vacancies(Application.objects.all()).get().is_vacant


@pytest.mark.parametrize("term", OUTSIDE)
def test_a_verifier_out_of_their_time_is_not_named(county, term):
    application = county.at(Stage.RECOMMENDED)
    first, second = county.verifiers
    Seat.objects.filter(person=first).update(**term)

    found = [person for person, _reasons in verifiers(Case(application, actor=county.coordinator))]

    assert found == [second]


@pytest.mark.parametrize("term", OUTSIDE)
def test_a_seat_out_of_its_time_is_no_tie_to_a_case(county, term):
    application = county.at(Stage.SUBMITTED)
    person = county.reviewer
    assert Tie.REVIEWS in ties_of([application.pk])[application.pk][person.pk]

    Seat.objects.filter(person=person).update(**term)

    assert Tie.REVIEWS not in ties_of([application.pk])[application.pk].get(person.pk, ())


def test_ties_are_those_of_the_day(county, held_clock):
    application = county.at(Stage.SUBMITTED)
    Seat.objects.filter(person=county.reviewer).update(ends_on=TODAY)
    assert Tie.REVIEWS in ties_of([application.pk])[application.pk][county.reviewer.pk]

    today_is(held_clock, TOMORROW)

    assert county.reviewer.pk not in ties_of([application.pk])[application.pk]


@pytest.mark.parametrize("term", OUTSIDE)
def test_a_seat_out_of_its_time_takes_over_nothing_of_another(county, security, term):
    county.at(Stage.SUBMITTED)
    other = factories.seated(Role.FIRST_REVIEWER, county.township)
    Seat.objects.filter(person=other).update(**term)
    seat = Seat.objects.get(person=county.reviewer)

    asked = browser_of(security).post(reverse("organizations:seat_end", args=[seat.pk]))

    assert "暂无人担任" in asked.content.decode()


@pytest.mark.parametrize("term", OUTSIDE)
def test_an_account_out_of_its_time_is_not_offered_in_the_demo(county, term):
    Seat.objects.filter(person=county.reviewer).update(**term)

    assert county.reviewer.username not in {one.username for one in accounts.listed()}


def test_a_seat_to_come_is_listed_and_one_that_is_over_is_not(county, security, someone):
    seat = give_seat(
        someone, Role.VERIFIER, county.jurisdiction, actor=security, starts_on=TOMORROW
    )
    assert seat in Administered(security, Role.SECURITY_ADMINISTRATOR).seats()

    Seat.objects.filter(pk=seat.pk).update(starts_on=YESTERDAY, ends_on=YESTERDAY)

    assert seat not in Administered(security, Role.SECURITY_ADMINISTRATOR).seats()


def test_a_seat_to_come_is_ended_without_asking_about_work_it_does_not_hold(
    county, security, someone
):
    county.at(Stage.SUBMITTED)
    seat = give_seat(
        someone, Role.FIRST_REVIEWER, county.township, actor=security, starts_on=TOMORROW
    )

    address = reverse("organizations:seat_end", args=[seat.pk])
    asked = browser_of(security).post(address)
    assert "没办完的事" not in asked.content.decode()
    browser_of(security).post(address, {"confirmed": "yes"})

    seat.refresh_from_db()
    assert seat.ended_at is not None


def test_a_seat_given_on_the_server_is_recorded_as_such(county, someone):
    give_seat(someone, Role.SECURITY_ADMINISTRATOR, county.jurisdiction, actor=None)

    given = AuditEvent.objects.get(action="seat.give")
    assert (given.actor, given.actor_role) == (None, "system")


# One after another


def test_a_seat_is_given_again_from_the_day_after_its_end(county, security, someone):
    give_seat(someone, Role.VERIFIER, county.jurisdiction, actor=security, ends_on=NEXT_WEEK)

    with pytest.raises(SeatRefused, match="此人已有这个岗位"):
        give_seat(someone, Role.VERIFIER, county.jurisdiction, actor=security, starts_on=NEXT_WEEK)
    give_seat(
        someone,
        Role.VERIFIER,
        county.jurisdiction,
        actor=security,
        starts_on=NEXT_WEEK + timedelta(days=1),
    )

    assert someone.seats.count() == 2


def test_administrators_change_over_on_a_day_and_never_meet(county, security, someone):
    give_seat(
        someone, Role.AUDIT_ADMINISTRATOR, county.jurisdiction, actor=security, ends_on=NEXT_WEEK
    )

    with pytest.raises(SeatRefused, match="三个管理员"):
        give_seat(
            someone,
            Role.SYSTEM_ADMINISTRATOR,
            county.jurisdiction,
            actor=security,
            starts_on=NEXT_WEEK,
        )
    with pytest.raises(SeatRefused, match="不得兼任"):
        give_seat(someone, Role.VERIFIER, county.jurisdiction, actor=security, starts_on=TOMORROW)
    later = NEXT_WEEK + timedelta(days=1)
    give_seat(someone, Role.VERIFIER, county.jurisdiction, actor=security, starts_on=later)


@pytest.mark.parametrize(
    ("held", "broken"),
    [
        ({"starts_on": TOMORROW, "ends_on": TODAY}, "seat_runs_forward"),
        ({"role": ""}, "seat_has_a_role"),
        ({"role": "Head of all"}, "seat_has_a_role"),
        ({"jurisdiction": None}, "seat_is_held_in_one_place"),
    ],
)
def test_the_database_keeps_no_seat_that_cannot_be(county, someone, held, broken):
    fields = {"role": Role.VERIFIER, "jurisdiction": county.jurisdiction} | held
    with pytest.raises(IntegrityError, match=broken), transaction.atomic():
        Seat.objects.create(person=someone, **fields)


def test_the_database_lets_no_two_seats_of_one_kind_meet(county, someone):
    place = {"jurisdiction": county.jurisdiction}
    clerk = factories.seated(Role.VERIFIER, county.jurisdiction)
    Seat.objects.create(person=someone, role=Role.AUDIT_ADMINISTRATOR, ends_on=TODAY, **place)

    with pytest.raises(IntegrityError, match="seat_held_once_at_a_time"), transaction.atomic():
        Seat.objects.create(person=clerk, role=Role.VERIFIER, starts_on=TOMORROW, **place)
    with pytest.raises(IntegrityError, match="one_administrator"), transaction.atomic():
        Seat.objects.create(person=someone, role=Role.SYSTEM_ADMINISTRATOR, **place)
    Seat.objects.create(person=someone, role=Role.SYSTEM_ADMINISTRATOR, starts_on=TOMORROW, **place)


# The passing of time


def test_the_end_of_a_term_is_written_down_like_an_ending(county, security, someone, held_clock):
    seat = give_seat(someone, Role.VERIFIER, county.jurisdiction, actor=security, ends_on=TODAY)
    tasks.keep_terms()
    seat.refresh_from_db()
    assert seat.ended_at is None

    today_is(held_clock, NEXT_WEEK)
    tasks.keep_terms()
    tasks.keep_terms()

    seat.refresh_from_db()
    assert seat.ended_at.isoformat() == "2026-03-02T16:00:00+00:00"
    ended = AuditEvent.objects.get(action="seat.end")
    assert (ended.actor, ended.actor_role) == (None, "system")
    assert ended.subject_id == str(someone.pk)
    assert ("到期日期", "2026-03-02") in wording.details(ended)
    with pytest.raises(SeatRefused, match="已经终止"):
        end_seat(seat, actor=security)


def test_what_waits_is_handed_over_on_the_first_day(county, security, someone, held_clock):
    county.at(Stage.SUBMITTED)
    deliver_waiting()
    give_seat(someone, Role.FIRST_REVIEWER, county.township, actor=security, starts_on=TOMORROW)
    tasks.keep_terms()
    assert not Message.objects.filter(person=someone).exists()

    today_is(held_clock, NEXT_WEEK)
    tasks.keep_terms()
    tasks.keep_terms()

    assert Message.objects.filter(person=someone).count() == 1


def test_a_person_has_one_outside_identity_or_none(county, someone):
    other = factories.PersonFactory(outside_identity="u-1")
    assert someone.outside_identity is None
    assert other.outside_identity == "u-1"

    for taken in ("u-1", ""):
        with pytest.raises(IntegrityError), transaction.atomic():
            Person.objects.filter(pk=someone.pk).update(outside_identity=taken)
