"""Deputies are named for one seat and some days; nobody passes on what they hold for another."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from designation.administration import entering, tasks
from designation.administration.deputies import end_deputy, name_deputy
from designation.administration.deputy_conditions import LONGEST
from designation.administration.seating import SeatRefused, end_seat, give_seat
from designation.audit.models import AuditEvent
from designation.organizations.models import Person, Role, Seat
from designation.organizations.rules import seats
from designation.site.refusal import Refusal
from notifications.delivery import deliver_waiting
from notifications.models import Message
from tests import factories

pytestmark = pytest.mark.django_db

# The held clock stands on Monday 2 March 2026.
TODAY = date(2026, 3, 2)
FRIDAY = TODAY + timedelta(days=4)


@pytest.fixture
def security(county):
    return factories.seated(Role.SECURITY_ADMINISTRATOR, county.jurisdiction)


@pytest.fixture
def seat(county):
    """The coordinator's."""
    return county.coordinator.seats.get()


@pytest.fixture
def colleague(county):
    """A seat beside it."""
    return county.secrecy_reviewer.seats.get()


@pytest.fixture
def named(seat, colleague):
    return name(seat, colleague)


def name(seat, colleague, *, by=None, starts_on=TODAY, ends_on=FRIDAY):
    return name_deputy(
        seat, colleague, starts_on=starts_on, ends_on=ends_on, actor=by or seat.person
    )


def refused(*args, **how):
    """The codes and fields of what is refused."""
    with pytest.raises(Refusal) as told:
        name(*args, **how)
    return {(finding.code, finding.field) for finding in told.value.findings}


def browser_of(person):
    browser = Client()
    browser.force_login(person)
    return browser


def anew(person):
    """The person as a new request reads them."""
    return Person.objects.get(pk=person.pk)


def given(role, place, **seat):
    """The seat of somebody new."""
    seat |= {"organization" if hasattr(place, "body_kind") else "jurisdiction": place}
    return factories.SeatFactory(role=role, **seat)


# Named


def test_the_holder_names_a_colleague_on_the_page_and_ends_it(county, seat, colleague):
    browser = browser_of(seat.person)
    address = reverse("organizations:deputy_name", args=[seat.pk])
    assert "一次最多 90 天" in browser.get(address).content.decode()

    answer = browser.post(
        address,
        {
            "colleague": colleague.pk,
            "starts_on": "2026年3月2日",
            "ends_on": "2026-3-6",
        },
    )

    assert answer.status_code == 302, answer.content.decode()
    made = Seat.objects.get(deputy_of=seat)
    assert (made.person, made.role, made.place) == (colleague.person, seat.role, seat.place)
    assert (made.starts_on, made.ends_on, made.deputy_from) == (TODAY, FRIDAY, colleague)
    words = f"{colleague.person.full_name}代{seat.person.full_name}办理“县级经办人”的事项"
    assert words in browser.get(reverse("organizations:deputies")).content.decode()
    assert words in browser_of(colleague.person).get(reverse("home")).content.decode()
    end = reverse("organizations:deputy_end", args=[made.pk])
    assert words in browser.get(end).content.decode()
    browser.post(end, {"confirmed": "yes"})
    made.refresh_from_db()
    assert made.ended_at is not None


def test_the_list_of_seats_offers_a_deputy_only_where_somebody_may_stand_in(county, security):
    coordinates, verifies = county.coordinator.seats.get(), county.verifiers[0].seats.get()

    page = browser_of(security).get(reverse("organizations:seats")).content.decode()

    assert reverse("organizations:deputy_name", args=[coordinates.pk]) in page
    for seat in (verifies, security.seats.get()):
        assert reverse("organizations:deputy_name", args=[seat.pk]) not in page


def test_the_security_administrator_names_one_and_finds_all_of_them(county, security, seat):
    colleague = county.secrecy_reviewer.seats.get()
    browser = browser_of(security)

    browser.post(
        reverse("organizations:deputy_name", args=[seat.pk]),
        {"colleague": colleague.pk, "starts_on": "2026-3-2", "ends_on": "2026-3-6"},
    )

    page = browser.get(reverse("organizations:seats"), {"kind": "deputy"}).content.decode()
    assert f"代{seat.person.full_name}" in page
    event = AuditEvent.objects.get(action="deputy.name")
    assert (event.actor, event.actor_role) == (security, Role.SECURITY_ADMINISTRATOR)


def test_it_stands_in_the_log_and_both_are_told(seat, colleague, named):
    event = AuditEvent.objects.get(action="deputy.name")
    assert event.subject_label == colleague.person.full_name
    assert event.details["deputised"] == seat.person.full_name
    assert event.details["ends_on"] == FRIDAY.isoformat()

    deliver_waiting()

    told = Message.objects.filter(event__action="deputy.name").values_list("person", flat=True)
    assert set(told) == {colleague.person_id}, "who named the deputy knows"


def test_a_deputy_of_the_days_to_come_begins_on_the_first(seat, colleague, held_clock):
    made = name(seat, colleague, starts_on=TODAY + timedelta(days=1))
    assert Role.COUNTY_COORDINATOR not in seats(anew(made.person)).roles

    held_clock.move(timedelta(days=1))
    tasks.keep_terms()

    assert Role.COUNTY_COORDINATOR in seats(anew(made.person)).roles
    made.refresh_from_db()
    assert made.begun_at is not None


# Not named


def test_nobody_else_names_a_deputy(county, seat, colleague):
    assert refused(seat, colleague, by=colleague.person) == {("not_allowed", "")}
    other = factories.seated(
        Role.SECURITY_ADMINISTRATOR, factories.JurisdictionFactory(code="341822000000")
    )
    assert refused(seat, colleague, by=other) == {("not_allowed", "")}
    page = browser_of(colleague.person).get(reverse("organizations:deputy_name", args=[seat.pk]))
    assert page.status_code == 404


def test_a_deputy_has_no_deputy(county, security, named):
    third = county.publisher.seats.get()

    assert refused(named, third) == {("deputy_of_a_deputy", "")}
    assert refused(named, third, by=security) == {("deputy_of_a_deputy", "")}
    of_another = county.deciding_officer.seats.get()
    assert refused(of_another, named) == {("deputy_of_a_deputy", "colleague")}


def test_a_colleague_whose_seat_ended_is_told_at_the_field(seat, colleague):
    Seat.objects.filter(pk=colleague.pk).update(ended_at=factories.clock.now())

    assert refused(seat, colleague) == {("colleague_over", "colleague")}


def test_a_colleague_whose_account_is_off_is_told_at_the_field(seat, colleague):
    Person.objects.filter(pk=colleague.person_id).update(is_active=False)

    assert refused(seat, colleague) == {("colleague_over", "colleague")}


def test_a_seat_that_ended_has_no_deputy(security, seat, colleague):
    Seat.objects.filter(pk=seat.pk).update(ended_at=factories.clock.now())

    assert refused(seat, colleague, by=security) == {("seat_over", "")}


@pytest.mark.parametrize(
    "role", [Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR]
)
def test_administrators_neither_have_deputies_nor_are_any(county, seat, colleague, role):
    theirs = given(role, county.jurisdiction)

    assert refused(theirs, colleague) == {("administrator", "")}
    assert refused(seat, theirs) == {("administrator", "colleague")}


def test_the_database_keeps_administrators_without_deputies(county, colleague):
    theirs = given(Role.AUDIT_ADMINISTRATOR, county.jurisdiction)

    with (
        pytest.raises(IntegrityError, match="seat_of_an_administrator_has_no_deputy"),
        transaction.atomic(),
    ):
        factories.deputy_in(theirs, own=colleague)


def test_a_deputy_is_given_no_administrators_seat(county, security, named):
    with pytest.raises(SeatRefused, match="管理员不得兼任"):
        give_seat(named.person, Role.AUDIT_ADMINISTRATOR, county.jurisdiction, actor=security)


def test_a_verifier_goes_in_person(county, colleague):
    assert refused(county.verifiers[0].seats.get(), colleague) == {("verifier", "")}


def test_nobody_is_their_own_deputy(county, seat):
    own = given(Role.NOTICE_PUBLISHER, county.jurisdiction, person=seat.person)

    assert refused(seat, own) == {("oneself", "colleague")}


def test_who_holds_the_seat_anyway_is_not_named_for_it(county, seat):
    both = given(Role.COUNTY_COORDINATOR, county.jurisdiction)

    assert refused(seat, both) == {("held_already", "colleague")}


def test_a_deputy_is_of_the_same_county(seat):
    elsewhere = given(
        Role.SECRECY_REVIEWER, factories.JurisdictionFactory(code="341822000000", name_zh="邻县")
    )

    assert refused(seat, elsewhere) == {("no_colleague", "colleague")}


def test_of_an_organization_its_own_people_are_deputies(county):
    reviewing = county.reviewer.seats.get()
    stranger = county.secrecy_reviewer.seats.get()
    assert refused(reviewing, stranger) == {("no_colleague", "colleague")}

    Person.objects.filter(pk=stranger.person_id).update(home_organization=county.township)

    assert name(reviewing, stranger).is_in_force


def test_a_preparer_is_no_deputy_of_the_head_of_the_same_organization(county):
    found = refused(county.head.seats.get(), county.preparer.seats.get())

    assert found == {("fills_in", "colleague")}


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "told"),
    [
        (TODAY - timedelta(days=1), FRIDAY, ("in_the_past", "starts_on")),
        (FRIDAY, TODAY, ("runs_backward", "ends_on")),
        (TODAY, TODAY + LONGEST, ("too_long", "ends_on")),
    ],
)
def test_days_that_cannot_be_are_told_at_their_field(seat, colleague, starts_on, ends_on, told):
    assert refused(seat, colleague, starts_on=starts_on, ends_on=ends_on) == {told}


def test_ninety_days_are_not_too_many(seat, colleague):
    assert name(seat, colleague, ends_on=TODAY + LONGEST - timedelta(days=1)).is_in_force


@pytest.mark.parametrize("whose", ["seat", "colleague"])
def test_nobody_stands_in_beyond_the_term_of_either_seat(seat, colleague, whose):
    which = seat if whose == "seat" else colleague
    Seat.objects.filter(pk=which.pk).update(ends_on=FRIDAY - timedelta(days=1))

    assert refused(seat, colleague) == {("beyond_the_seat", "ends_on")}


def test_a_seat_has_one_deputy_at_a_time(county, seat, named):
    another = county.publisher.seats.get()

    assert refused(seat, another, starts_on=FRIDAY) == {("has_one", "starts_on")}
    after = FRIDAY + timedelta(days=1)
    assert name(seat, another, starts_on=after, ends_on=after)


def test_what_is_refused_keeps_what_was_typed(county, seat):
    own = given(Role.COUNTY_COORDINATOR, county.jurisdiction)

    answer = browser_of(seat.person).post(
        reverse("organizations:deputy_name", args=[seat.pk]),
        {"colleague": own.pk, "starts_on": "2026-03-02", "ends_on": "2026-03-06"},
    )

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "本来就担任（或者代理）这个岗位" in page
    assert "2026-03-06" in page


# Over


def test_it_ends_with_the_seat(security, seat, named):
    end_seat(seat, actor=security)

    named.refresh_from_db()
    assert named.ended_at is not None
    event = AuditEvent.objects.get(action="deputy.end")
    assert event.details["deputised"] == seat.person.full_name


def test_it_ends_with_the_deputys_own_seat(security, colleague, named):
    end_seat(colleague, actor=security)

    named.refresh_from_db()
    assert named.ended_at is not None
    assert Role.COUNTY_COORDINATOR not in seats(anew(named.person)).roles


@pytest.mark.parametrize("whose", ["deputy", "deputised"])
def test_it_ends_with_either_account(county, seat, named, whose):
    system = factories.seated(Role.SYSTEM_ADMINISTRATOR, county.jurisdiction)
    person = named.person if whose == "deputy" else seat.person
    Person.objects.filter(pk=person.pk).update(jurisdiction=county.jurisdiction)

    entering.change(anew(person), {"is_active": False}, leaving=True, actor=system)

    named.refresh_from_db()
    assert named.ended_at is not None


def test_it_ends_after_its_last_day_by_itself(seat, named, held_clock):
    held_clock.move(timedelta(days=5))

    tasks.keep_terms()

    named.refresh_from_db()
    assert named.ended_at is not None
    assert AuditEvent.objects.get(action="deputy.end").actor is None


def test_who_neither_holds_nor_gives_the_seat_does_not_end_it(named):
    with pytest.raises(Refusal, match="由担任这个岗位的本人或者安全管理员终止"):
        end_deputy(named, actor=named.person)


def test_it_is_ended_once(seat, named):
    end_deputy(named, actor=seat.person)

    with pytest.raises(Refusal, match="已经终止"):
        end_deputy(named, actor=seat.person)
