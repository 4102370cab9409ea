"""Terms: by when, whose, and what then. Written once, counted by the official calendar."""

import threading
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from designation.calendar import awaited, by_time, terms
from designation.calendar.awaited import Kind
from designation.calendar.models import Term, TermExtension
from designation.calendar.tasks import carry_out_terms
from designation.calendar.terms import Ending, Whose
from designation.calendar.working_days import CalendarUnknown, calendar
from designation.site import clock
from designation.site.clock import SHANGHAI
from designation.site.refusal import Refusal
from designation.site.registered import NotRegistered
from tests import factories
from tests.conftest import load_reference_data

pytestmark = pytest.mark.django_db

# A Monday; the week after holds no day off.
MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
REPLY = "letter.reply"
REASON = "台风停工三天"


@pytest.fixture(autouse=True)
def letters(monkeypatch):
    """An invented room that waits for replies to letters."""
    monkeypatch.setattr(awaited, "_KINDS", copy(awaited._KINDS))
    monkeypatch.setattr(awaited, "_CONSEQUENCES", copy(awaited._CONSEQUENCES))
    awaited.register(Kind(REPLY, "回信"), Kind("letter.receipt", "回执"))


@pytest.fixture
def village():
    return factories.VillageFactory()


@pytest.fixture
def officer():
    return factories.PersonFactory()


def reply(village, *, at=MONDAY, days=5, **given):
    return terms.begin(REPLY, about=village, at=at, days=days, **given)


def last_day(term):
    return (term.due_at.astimezone(SHANGHAI) - timedelta(seconds=1)).date()


def extend(term, officer, **given):
    given = {"reason": REASON, "at": MONDAY, "role": "head"} | given
    return terms.extend(term, actor=officer, **given)


# By when, whose


def test_a_term_says_by_when_whose_turn_it_is_and_what_about(village):
    body = village.superior
    whose = Whose("first_reviewer", body.pk, village.jurisdiction.code)

    term = reply(village, whose=whose)

    term.refresh_from_db()
    assert (term.subject_type, term.subject_id) == ("organizations.organization", str(village.pk))
    assert (term.role, term.organization) == ("first_reviewer", body)
    assert term.jurisdiction_code == village.jurisdiction.code
    assert (term.days, last_day(term)) == (5, date(2026, 3, 9))
    assert term.due_at == datetime(2026, 3, 9, 16, 0, tzinfo=UTC)
    assert list(terms.open_terms(village)) == [term]
    assert str(term) == f"letter.reply {village.pk}"


def test_a_term_may_end_at_a_fixed_moment_and_be_late_from_the_start(village):
    term = reply(village, days=None, until=MONDAY - timedelta(days=1))

    assert term.days is None
    assert clock.is_over(term.due_at, MONDAY)


def test_a_span_that_leaves_the_calendar_is_refused(village):
    with pytest.raises(CalendarUnknown, match="2027"):
        reply(village, at=datetime(2026, 12, 29, 1, 0, tzinfo=UTC))
    assert not terms.open_terms(village).exists()


def test_what_no_room_has_registered_is_not_awaited(village):
    with pytest.raises(NotRegistered):
        terms.begin("letter.lost", about=village, at=MONDAY, days=1)
    with pytest.raises(NotRegistered):
        awaited.register(Kind("letter.answered", "答复", then="letter.burn"))


@pytest.mark.parametrize("given", [{"days": None}, {"days": 1, "until": MONDAY}])
def test_a_span_or_a_moment_and_not_both(village, officer, given):
    with pytest.raises(ValueError, match="working days"):
        reply(village, **given)
    term = reply(village)
    with pytest.raises(ValueError, match="working days"):
        extend(term, officer, **given)


# Paused, and gone on with


def test_a_paused_term_keeps_the_days_then_left_and_goes_on_with_them(village):
    term = reply(village)

    terms.pause(term, at=MONDAY + timedelta(days=2))
    term.refresh_from_db()
    assert (term.days_left, term.ended_at) == (3, None)

    resumed_at = datetime(2026, 3, 20, 1, 0, tzinfo=UTC)
    on = terms.resume(term, at=resumed_at)

    term.refresh_from_db()
    assert (term.ended_as, term.ended_at) == (Ending.RESUMED, resumed_at)
    assert last_day(term) == date(2026, 3, 9)
    assert (on.continues, on.kind, on.days, last_day(on)) == (term, REPLY, 3, date(2026, 3, 25))
    assert list(terms.open_terms(village)) == [on]


def test_one_day_is_left_at_least(village):
    term = reply(village)
    terms.pause(term, at=MONDAY + timedelta(days=30))

    on = terms.resume(term, at=MONDAY + timedelta(days=30))

    assert (term.days_left, on.days) == (0, 1)


def test_what_interrupted_it_may_have_come_to_nothing(village):
    term = reply(village)
    other = terms.begin(
        "letter.receipt", about=village, at=MONDAY, days=2, interrupts=terms.pause(term, at=MONDAY)
    )

    terms.resume(term, at=MONDAY, after=other, ended_as=Ending.OVERTAKEN)

    other.refresh_from_db()
    assert other.ended_as == Ending.OVERTAKEN


def test_what_interrupted_it_is_met_when_it_goes_on(village):
    term = reply(village)
    other = terms.begin(
        "letter.receipt", about=village, at=MONDAY, days=2, interrupts=terms.pause(term, at=MONDAY)
    )

    on = terms.resume(term, at=MONDAY, after=other)

    other.refresh_from_db()
    assert other.ended_as == Ending.MET
    assert list(terms.open_terms(village)) == [on]


def test_what_ends_takes_with_it_what_it_had_interrupted(village):
    term = reply(village)
    other = terms.begin(
        "letter.receipt", about=village, at=MONDAY, days=2, interrupts=terms.pause(term, at=MONDAY)
    )

    terms.end(other, at=MONDAY, as_=Ending.OVERTAKEN)

    assert not terms.open_terms(village).exists()
    assert set(Term.objects.values_list("ended_as", flat=True)) == {Ending.OVERTAKEN}


def test_one_gives_way_to_another_in_one_statement(village, django_assert_num_queries):
    calendar()
    term = reply(village)

    with django_assert_num_queries(1):
        other = terms.begin(
            "letter.receipt", about=village, at=MONDAY, days=2, ends=term, ended_as=Ending.OVERTAKEN
        )

    term.refresh_from_db()
    assert (term.ended_as, term.ended_at) == (Ending.OVERTAKEN, MONDAY)
    kept = Term.objects.get(pk=other.pk)
    for field in Term._meta.concrete_fields:
        assert getattr(kept, field.attname) == getattr(other, field.attname)
    assert list(terms.open_terms(village)) == [other]


def test_nothing_begins_instead_of_what_has_ended_already(village):
    term = reply(village)
    terms.end(term, at=MONDAY, as_=Ending.MET)

    with pytest.raises(Refusal):
        terms.begin("letter.receipt", about=village, at=MONDAY, days=2, ends=term)

    assert not terms.open_terms(village).exists()


def test_only_what_was_paused_goes_on(village):
    with pytest.raises(ValueError, match="paused"):
        terms.resume(reply(village), at=MONDAY)


DAYS = st.integers(min_value=1, max_value=40)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 8, 31)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=UTC)
)
PROPERTY = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@PROPERTY
@given(at=MOMENTS, days=DAYS)
def test_paused_and_resumed_at_once_it_ends_on_the_same_day(village, at, days):
    with transaction.atomic():
        term = reply(village, at=at, days=days)
        on = terms.resume(terms.pause(term, at=at), at=at)

        assert (on.due_at, on.days) == (term.due_at, days)
        transaction.set_rollback(True)


@PROPERTY
@given(days=DAYS, passed=st.integers(min_value=0, max_value=30), still=st.integers(0, 90))
def test_standing_still_neither_gives_nor_takes_working_days(village, days, passed, still):
    paused_at = MONDAY + timedelta(days=passed)
    resumed_at = paused_at + timedelta(days=still)
    with transaction.atomic():
        term = reply(village, days=days)
        left = calendar().left(paused_at, term.due_at)
        on = terms.resume(terms.pause(term, at=paused_at), at=resumed_at)

        assert calendar().left(resumed_at, on.due_at) == max(1, left)
        transaction.set_rollback(True)


# Extended


def test_an_extension_says_from_when_to_when_by_whom_and_why(village, officer):
    term = reply(village)

    longer = extend(term, officer, days=2, reason=f" {REASON} ")

    term.refresh_from_db()
    kept = TermExtension.objects.get()
    assert (term.ended_as, last_day(term)) == (Ending.EXTENDED, date(2026, 3, 9))
    assert (longer.continues, last_day(longer)) == (term, date(2026, 3, 11))
    assert (kept.term, kept.due_before, kept.due_after) == (longer, term.due_at, longer.due_at)
    assert (kept.actor, kept.role, kept.reason, kept.at) == (officer, "head", REASON, MONDAY)
    assert str(kept) == f"letter.reply {village.pk} · 2026-03-11"


def test_what_stands_still_meanwhile_stays_with_the_longer_one(village, officer):
    paused = terms.pause(reply(village), at=MONDAY)
    other = terms.begin("letter.receipt", about=village, at=MONDAY, days=2, interrupts=paused)

    longer = extend(other, officer, days=1)

    assert longer.interrupts == paused


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"until": datetime(2026, 3, 9, 16, 0, tzinfo=UTC)}, "term_not_longer"),
        ({"until": MONDAY}, "term_not_longer"),
        ({"days": 1, "reason": "  "}, "term_without_reason"),
    ],
)
def test_an_extension_is_later_and_has_its_reason(village, officer, given, code):
    term = reply(village)

    with pytest.raises(Refusal) as refused:
        extend(term, officer, **given)

    assert refused.value.code == code
    assert list(terms.open_terms(village)) == [term]


@PROPERTY
@given(days=DAYS, more=st.integers(min_value=1, max_value=40))
def test_extending_never_shortens_and_adds_just_those_working_days(village, officer, days, more):
    with transaction.atomic():
        term = reply(village, days=days)
        longer = extend(term, officer, days=more)

        assert longer.due_at > term.due_at
        assert calendar().left(MONDAY, longer.due_at) == days + more
        transaction.set_rollback(True)


# Ended: never again


def test_what_has_ended_or_stands_still_is_neither_paused_nor_ended_nor_extended(village, officer):
    term = reply(village)
    stale = Term.objects.get(pk=term.pk)
    terms.end(term, at=MONDAY, as_=Ending.MET)
    acts = [
        lambda: terms.pause(stale, at=MONDAY),
        lambda: terms.end(stale, at=MONDAY, as_=Ending.MET),
        lambda: extend(stale, officer, days=1),
    ]
    for act in acts:
        with pytest.raises(Refusal, match="已经停止计算或已经结束"):
            act()
    with translation.override("en"), pytest.raises(Refusal, match="has stopped or has ended"):
        acts[0]()

    paused = terms.pause(reply(village), at=MONDAY)
    with pytest.raises(Refusal):
        extend(paused, officer, days=1)
    assert not TermExtension.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE calendar_days_term SET due_at = due_at + interval '1 day'",
        "UPDATE calendar_days_term SET kind = 'letter.other'",
        "UPDATE calendar_days_term SET days = 9",
        "DELETE FROM calendar_days_term",
    ],
)
def test_the_database_rewrites_no_term(village, change):
    reply(village)
    refused_by_the_database(change)


def test_the_database_changes_nothing_of_what_has_ended_or_stands_still(village):
    terms.pause(reply(village), at=MONDAY)
    refused_by_the_database("UPDATE calendar_days_term SET days_left = 9")
    terms.end(Term.objects.get(), at=MONDAY, as_=Ending.OVERTAKEN)
    refused_by_the_database("UPDATE calendar_days_term SET ended_as = 'met'")
    refused_by_the_database("UPDATE calendar_days_term SET ended_at = NULL, ended_as = ''")


def test_the_database_keeps_extensions_as_they_were_given(village, officer):
    extend(reply(village), officer, days=2)
    refused_by_the_database("UPDATE calendar_days_termextension SET reason = ''")
    refused_by_the_database("DELETE FROM calendar_days_termextension")


@pytest.mark.parametrize("table", ["calendar_days_term", "calendar_days_termextension"])
def test_neither_table_is_emptied(table):
    refused_by_the_database(f"TRUNCATE {table} CASCADE")


def refused_by_the_database(statement):
    with (
        pytest.raises(IntegrityError, match=r"kept as|never"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("term_ends_after_it_began", {"due_at": MONDAY}),
        ("term_ends_after_it_began", {"days": 0}),
        ("term_runs_or_stands_still", {"days_left": 2}),
        ("term_runs_or_stands_still", {"paused_at": MONDAY}),
        ("term_says_how_it_ended", {"ended_at": MONDAY}),
        ("term_says_how_it_ended", {"ended_as": Ending.MET}),
    ],
)
def test_the_database_takes_no_term_that_contradicts_itself(village, name, written):
    whole = {
        "kind": REPLY,
        "subject_type": "organizations.organization",
        "subject_id": str(village.pk),
        "days": 5,
        "began_at": MONDAY,
        "due_at": MONDAY + timedelta(days=7),
    }
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Term.objects.create(**whole | written)


def test_of_a_kind_one_is_open_and_another_kind_may_be(village):
    reply(village)
    terms.begin("letter.receipt", about=village, at=MONDAY, days=1)
    with pytest.raises(IntegrityError, match="term_one_open_of_a_kind"), transaction.atomic():
        reply(village, days=9)


# Two at once


def at_once(*acts):
    """Run the acts in threads that start together; the outcome of each."""
    gate = threading.Barrier(len(acts))

    def run(act):
        gate.wait()
        try:
            return act()
        except (Refusal, IntegrityError) as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture
def calendar_there(transactional_db):
    load_reference_data()


@pytest.mark.django_db(transaction=True)
def test_two_who_begin_at_once_leave_one_open_term(calendar_there, village):
    outcomes = at_once(lambda: reply(village), lambda: reply(village, days=7))

    assert sum(isinstance(outcome, IntegrityError) for outcome in outcomes) == 1
    assert terms.open_terms(village).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_extend_at_once_give_more_time_once(calendar_there, village, officer):
    term = reply(village)

    outcomes = at_once(lambda: extend(term, officer, days=2), lambda: extend(term, officer, days=3))

    assert sum(isinstance(outcome, Refusal) for outcome in outcomes) == 1
    assert terms.open_terms(village).count() == TermExtension.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_resume_at_once_go_on_once(calendar_there, village):
    paused = terms.pause(reply(village), at=MONDAY)

    outcomes = at_once(*[lambda: terms.resume(paused, at=MONDAY)] * 2)

    assert sum(isinstance(outcome, Refusal) for outcome in outcomes) == 1
    assert terms.open_terms(village).count() == 1


# What then: what time does


@pytest.fixture
def burnt(held_clock):
    """Letters that nobody has answered in time are burnt."""
    done = []

    def burn(term):
        done.append(term.subject_id)

    awaited.follows("letter.burn", burn)
    awaited.register(Kind("letter.answered", "答复", then="letter.burn"))
    return done


def answer(village, at):
    return terms.begin("letter.answered", about=village, at=at, days=1)


def test_time_brings_what_a_term_names_once_it_is_over(village, burnt, held_clock):
    term = answer(village, clock.now())
    held_clock.move_to(term.due_at - timedelta(microseconds=1))
    assert by_time.carry_out()["letter.burn"] == 0

    held_clock.move(timedelta(days=20))
    carry_out_terms()
    carry_out_terms()

    term.refresh_from_db()
    assert burnt == [str(village.pk)]
    assert term.ended_as == Ending.OVER


def test_time_leaves_alone_what_stands_still_has_ended_or_is_only_late(village, burnt, held_clock):
    terms.pause(answer(village, clock.now()), at=clock.now())
    reply(village, at=clock.now(), days=1)
    other = factories.VillageFactory()
    terms.end(answer(other, clock.now()), at=clock.now(), as_=Ending.MET)
    held_clock.move(timedelta(days=60))

    assert not +by_time.carry_out()
    assert burnt == []


def test_what_a_rule_keeps_back_or_what_breaks_holds_no_other(village, held_clock, caplog):
    others = factories.VillageFactory.create_batch(2)
    outcomes = {str(village.pk): Refusal.because("objection_open", "有异议")}
    outcomes[str(others[0].pk)] = RuntimeError("the oven is out")

    def burn(term):
        if term.subject_id in outcomes:
            raise outcomes[term.subject_id]

    awaited.follows("letter.burn", burn)
    awaited.register(Kind("letter.answered", "答复", then="letter.burn"))
    for one in (village, *others):
        answer(one, clock.now())
    held_clock.move(timedelta(days=9))

    assert by_time.carry_out() == {"letter.burn": 1}
    assert "the oven is out" in caplog.text

    outcomes.clear()
    assert by_time.carry_out() == {"letter.burn": 2}
