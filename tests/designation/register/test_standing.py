"""How a title stands on a day follows from its history: in Python for one, in SQL for all."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from designation.organizations.models import Role
from designation.register import queries
from designation.register.giving import give, record_decision
from designation.register.models import Designation, TitleStep
from designation.register.standing import (
    ENDINGS,
    IN_FORCE,
    MARKS,
    MAY_SET_THE_TERM,
    OF_THE_HOLDER,
    SETS_THE_ORDER,
    Act,
    Standing,
    Status,
)
from designation.site import clock
from tests import factories

GIVEN_ON = date(2026, 2, 10)
LAST_DAY = date(2029, 2, 10)
DAY = timedelta(days=1)


def a_title(*, until=LAST_DAY, officer=None, **more):
    """Given on 10 February 2026, until 10 February 2029, without an application or a round."""
    village = factories.VillageFactory()
    officer = officer or factories.seated(Role.DECIDING_OFFICER, village.jurisdiction.parent)
    decision = record_decision(
        document_number=f"青发〔2026〕{village.pk}号",
        decided_on=GIVEN_ON,
        deciding_body="中共青山县委",
        area_code=village.jurisdiction.code,
        actor=officer,
    )
    return give(village, category="NC", decision=decision, until=until, actor=officer, **more)


@pytest.fixture
def title(db, held_clock):
    return a_title()


def happened(title, act, on, until=None, reason="经研究决定。", **fields):
    if act == Act.RECOGNISED:
        fields.setdefault("organization", title.organization)
    if act == Act.RESTORED:
        fields.setdefault("decision", title.decision)
    if act in SETS_THE_ORDER:
        fields.setdefault("correct_by", on + 30 * DAY)
    paper = {"document_number": "青组发〔2027〕5号", "deciding_body": "中共青山县委组织部"}
    by = {"actor": title.decision.recorded_by, "role": Role.DECIDING_OFFICER}
    said = paper | by | fields
    return TitleStep.objects.create(
        title=title, act=act, effective_on=on, until=until, reason=reason, at=clock.now(), **said
    )


def on_the_list(title, day):
    """What the register says of the title as of a day: status and last day; None: not there."""
    row = queries.titles(day).filter(pk=title.pk).first()
    return row and Standing(Status(row.status), row.until, row.correct_by)


def status_on(title, day):
    """The status on a day; page and list, one title and all of them say the same."""
    alone, listed = title.standing_on(day), on_the_list(title, day)
    assert alone == listed
    rows = queries.titles(day).filter(pk=title.pk)
    found = [status for status in Status if queries.standing_as(status, day, rows).exists()]
    assert found == ([alone.status] if alone else [])
    counts = queries.in_force(day).filter(pk=title.pk).exists()
    assert counts == bool(alone and alone.is_in_force)
    return alone.status if alone else None


def test_a_title_is_not_there_before_it_is_given(title):
    assert status_on(title, GIVEN_ON - DAY) is None
    assert status_on(title, GIVEN_ON) == Status.VALID


def test_a_title_stands_until_and_with_its_last_day(title):
    assert status_on(title, LAST_DAY - DAY) == Status.VALID
    assert status_on(title, LAST_DAY) == Status.VALID
    assert status_on(title, LAST_DAY + DAY) == Status.EXPIRED


@pytest.mark.parametrize("act", ENDINGS)
def test_a_title_that_was_ended_is_so_from_that_day_on_and_for_good(title, act):
    ended_on = date(2027, 5, 20)
    happened(title, act, ended_on)

    assert status_on(title, ended_on - DAY) == Status.VALID
    assert status_on(title, ended_on) == act.value
    assert status_on(title, LAST_DAY + DAY) == act.value


def test_an_extended_title_stands_until_its_new_last_day_from_the_extension_on(title):
    happened(title, Act.EXTENDED, date(2028, 12, 20), until=date(2032, 2, 10))

    assert title.standing_on(date(2028, 12, 19)) == Standing(Status.VALID, LAST_DAY)
    assert status_on(title, LAST_DAY + DAY) == Status.VALID
    assert status_on(title, date(2032, 2, 10)) == Status.VALID
    assert status_on(title, date(2032, 2, 11)) == Status.EXPIRED


def test_a_title_that_expired_stands_again_when_it_is_extended_later(title):
    happened(title, Act.EXTENDED, date(2029, 3, 1), until=date(2032, 2, 29))

    assert status_on(title, date(2029, 2, 28)) == Status.EXPIRED
    assert status_on(title, date(2029, 3, 1)) == Status.VALID


def test_a_title_declared_expired_stood_until_the_day_before(title):
    happened(title, Act.EXPIRED, date(2027, 1, 1), until=date(2026, 12, 31))

    assert status_on(title, date(2026, 12, 31)) == Status.VALID
    assert status_on(title, date(2027, 1, 1)) == Status.EXPIRED


def test_an_extension_brings_no_revoked_title_back(title):
    happened(title, Act.REVOKED, date(2027, 5, 20))
    happened(title, Act.EXTENDED, date(2028, 1, 1), until=date(2032, 1, 1))

    assert status_on(title, date(2028, 6, 1)) == Status.REVOKED


def test_a_new_name_leaves_the_standing_as_it_was(title):
    happened(title, Act.RENAMED, date(2027, 5, 20))

    assert title.standing_on(date(2027, 5, 21)) == Standing(Status.VALID, LAST_DAY)
    assert status_on(title, date(2027, 5, 21)) == Status.VALID


def test_of_two_steps_of_one_day_the_one_recorded_later_counts(title):
    happened(title, Act.CORRECTED, GIVEN_ON, until=date(2028, 2, 10))
    happened(title, Act.CORRECTED, GIVEN_ON, until=date(2030, 2, 10))

    assert on_the_list(title, GIVEN_ON) == Standing(Status.VALID, date(2030, 2, 10))
    assert status_on(title, date(2029, 6, 1)) == Status.VALID


def test_a_title_that_is_warned_or_under_order_is_in_force_and_says_so(title):
    happened(title, Act.WARNED, date(2027, 5, 20))
    happened(title, Act.ORDERED, date(2027, 6, 1))

    assert status_on(title, date(2027, 5, 19)) == Status.VALID
    assert status_on(title, date(2027, 5, 20)) == Status.WARNED
    assert status_on(title, date(2027, 6, 1)) == Status.ORDERED
    assert {Status.WARNED, Status.ORDERED} <= set(IN_FORCE)


def test_an_order_stands_with_its_last_day_even_when_that_is_past_until_something_is_decided(title):
    happened(title, Act.ORDERED, date(2027, 6, 1))
    assert on_the_list(title, date(2027, 6, 2)).correct_by == date(2027, 7, 1)
    happened(title, Act.PROLONGED, date(2027, 6, 30), correct_by=date(2027, 7, 31))

    overdue = date(2027, 9, 1)
    assert status_on(title, overdue) == Status.ORDERED
    assert on_the_list(title, overdue).correct_by == date(2027, 7, 31)
    happened(title, Act.PASSED, overdue)
    assert on_the_list(title, overdue) == Standing(Status.VALID, LAST_DAY)


@pytest.mark.parametrize("lifted", [Act.LIFTED, Act.EXTENDED])
def test_a_warning_stands_until_it_is_lifted_or_a_new_decision_renews_the_title(title, lifted):
    happened(title, Act.WARNED, date(2027, 5, 20))
    until = date(2032, 2, 10) if lifted == Act.EXTENDED else None
    happened(title, lifted, date(2028, 12, 20), until=until)

    assert status_on(title, date(2028, 12, 19)) == Status.WARNED
    assert status_on(title, date(2028, 12, 20)) == Status.VALID


def test_what_stands_against_a_title_outlives_no_term(title):
    happened(title, Act.WARNED, date(2027, 5, 20))

    assert status_on(title, LAST_DAY) == Status.WARNED
    assert status_on(title, LAST_DAY + DAY) == Status.EXPIRED


@pytest.mark.parametrize("act", ENDINGS)
def test_a_restored_title_stands_for_the_rest_of_its_term_with_nothing_against_it(title, act):
    happened(title, Act.WARNED, date(2027, 5, 20))
    happened(title, act, date(2027, 6, 1))
    happened(title, Act.RESTORED, date(2027, 8, 1))

    assert status_on(title, date(2027, 7, 31)) == act.value
    assert on_the_list(title, date(2027, 8, 1)) == Standing(Status.VALID, LAST_DAY)
    assert status_on(title, LAST_DAY + DAY) == Status.EXPIRED


def test_what_runs_out_soon_is_in_force_now(title):
    def runs_out(last, day):
        return Designation.objects.filter(queries.runs_out_by(last, day)).exists()

    assert runs_out(LAST_DAY, LAST_DAY - 60 * DAY)
    assert not runs_out(LAST_DAY - DAY, LAST_DAY - 60 * DAY)
    assert not runs_out(LAST_DAY + 60 * DAY, LAST_DAY + DAY)
    happened(title, Act.REVOKED, date(2027, 5, 20))
    assert not runs_out(LAST_DAY, LAST_DAY - 60 * DAY)


def test_what_was_recorded_late_counts_by_the_day_from_which_it_holds(title):
    happened(title, Act.EXTENDED, date(2028, 12, 20), until=date(2032, 2, 10))
    happened(title, Act.CORRECTED, date(2026, 3, 1), until=date(2028, 12, 31))

    assert on_the_list(title, date(2028, 1, 1)).until == date(2028, 12, 31)
    assert on_the_list(title, date(2029, 1, 1)).until == date(2032, 2, 10)


@pytest.mark.parametrize("newer", OF_THE_HOLDER)
@pytest.mark.parametrize(
    ("late", "stands"),
    [
        (Act.WARNED, Status.WARNED),
        (Act.ORDERED, Status.ORDERED),
        (Act.REVOKED, Status.REVOKED),
        (Act.CANCELLED, Status.CANCELLED),
    ],
)
def test_what_is_recorded_after_a_newer_change_of_the_holder_holds_from_its_own_day(
    title, newer, late, stands
):
    happened(title, newer, date(2027, 5, 20))
    happened(title, late, date(2027, 5, 19))

    assert status_on(title, date(2027, 5, 18)) == Status.VALID
    for day in (19, 20, 21):
        assert status_on(title, date(2027, 5, day)) == stands


def test_the_history_says_by_whom_in_which_role_and_by_which_document_it_was_given(title):
    step = title.steps.get()

    assert (step.act, step.effective_on, step.decision) == (Act.GIVEN, GIVEN_ON, title.decision)
    assert (step.actor, step.role) == (title.decision.recorded_by, Role.DECIDING_OFFICER)
    assert step.at == clock.now()
    assert str(step) == f"{title.number} · 命名"


# What the database refuses


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE register_titlestep SET reason = '另有原因'",
        "DELETE FROM register_titlestep",
        "TRUNCATE register_titlestep CASCADE",
    ],
)
def test_the_database_keeps_what_happened_as_it_was_recorded(title, statement):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError, match="kept as it was"), transaction.atomic():
            cursor.execute(statement)
    assert title.steps.get().reason == ""


@pytest.mark.parametrize(
    ("step", "constraint"),
    [
        ({"act": "mislaid"}, "title_step_act_known"),
        ({"act": Act.GIVEN, "on": GIVEN_ON}, "title_given_once"),
        ({"act": Act.EXTENDED, "until": None}, "title_step_says_its_last_day"),
        ({"act": Act.REVOKED, "until": LAST_DAY}, "title_step_says_its_last_day"),
        ({"act": Act.EXTENDED, "until": date(2027, 4, 30)}, "title_step_last_day_fits_its_day"),
        ({"act": Act.EXPIRED, "until": date(2027, 5, 1)}, "title_step_last_day_fits_its_day"),
        ({"act": Act.REVOKED, "reason": ""}, "title_step_says_why"),
        ({"act": Act.RENAMED, "actor": None}, "title_step_has_its_role"),
        ({"act": Act.RENAMED, "role": "system"}, "title_step_has_its_role"),
        ({"act": Act.RENAMED, "role": ""}, "title_step_has_its_role"),
        ({"act": Act.REVOKED, "on": GIVEN_ON - DAY}, "begins with or after the title"),
        ({"act": Act.CORRECTED, "until": GIVEN_ON - DAY}, "begins with or after the title"),
        ({"act": Act.GIVEN, "on": GIVEN_ON + DAY}, "its giving is that of the title"),
        ({"act": Act.ORDERED, "correct_by": None}, "title_step_gives_an_order_its_last_day"),
        (
            {"act": Act.ORDERED, "correct_by": date(2027, 5, 1)},
            "title_step_gives_an_order_its_last_day",
        ),
        ({"act": Act.WARNED, "correct_by": LAST_DAY}, "title_step_gives_an_order_its_last_day"),
        ({"act": Act.RESTORED, "decision": None}, "title_is_restored_by_a_decision"),
        ({"act": Act.WARNED, "document_number": ""}, "title_step_bears_its_document"),
        ({"act": Act.PASSED, "deciding_body": ""}, "title_step_bears_its_document"),
    ],
)
def test_a_step_that_cannot_be_is_refused_by_the_database(title, step, constraint):
    fields = {"on": date(2027, 5, 1), "decision": title.decision} | step

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        happened(title, **fields)


def test_time_itself_may_be_what_a_title_expired_by(title):
    happened(title, Act.EXPIRED, LAST_DAY + DAY, until=LAST_DAY, actor=None, role="system")

    assert status_on(title, LAST_DAY + DAY) == Status.EXPIRED


# Every history


@st.composite
def histories(draw):
    """The days a title is given for, and steps of any sort around them, as they were recorded."""
    steps = []
    for _place in range(draw(st.integers(0, 9))):
        act = draw(st.sampled_from([act for act in Act if act != Act.GIVEN]))
        on = GIVEN_ON + draw(st.integers(0, 12)) * DAY
        later, earlier = on + draw(st.integers(0, 12)) * DAY, on - DAY
        until = {Act.EXTENDED: later, Act.EXPIRED: earlier}.get(act)
        if act == Act.CORRECTED:
            until = draw(st.sampled_from([None, later]))
        if until is None or until >= GIVEN_ON:
            steps.append((act, on, until))
    return draw(st.integers(1, 12)), steps


class EveryHistory(TestCase):
    @settings(max_examples=20, deadline=None)
    @given(drawn=st.lists(histories(), min_size=1, max_size=8))
    def test_gives_the_same_answer_in_python_and_in_sql_on_every_day(self, drawn):
        officer = factories.seated(Role.DECIDING_OFFICER, factories.JurisdictionFactory())
        for term, steps in drawn:
            # Entered as drawn, and with the latest days first: each comes late to what it follows.
            for entered in (steps, sorted(steps, key=lambda step: step[1], reverse=True)):
                title = a_title(officer=officer, until=GIVEN_ON + term * DAY)
                for act, on, until in entered:
                    happened(title, act, on, until)

        titles = list(Designation.objects.prefetch_related("steps"))
        for day in (GIVEN_ON + days * DAY for days in range(-1, 26)):
            alone = {title.pk: title.standing_on(day) for title in titles}
            stands = {pk: standing for pk, standing in alone.items() if standing}
            listed = queries.titles(day)
            assert {
                row.pk: Standing(Status(row.status), row.until, row.correct_by) for row in listed
            } == stands
            for status in Status:
                so = {pk for pk, standing in stands.items() if standing.status == status}
                assert {row.pk for row in queries.standing_as(status, day, listed)} == so
                asked = Designation.objects.filter(queries.stands_as(status, day))
                assert {row.pk for row in asked} == so
            assert {row.pk for row in queries.in_force(day)} == {
                pk for pk, standing in stands.items() if standing.is_in_force
            }


def test_an_act_that_ends_a_title_bears_the_code_of_the_status_it_leaves():
    assert set(ENDINGS).isdisjoint(MAY_SET_THE_TERM)
    assert {act.value for act in ENDINGS} <= set(Status.values)


def test_an_act_that_stands_against_a_title_is_answered_by_one_that_clears_it():
    assert set(MARKS.values()) == {Status.WARNED, Status.ORDERED, None}
    assert set(ENDINGS).isdisjoint(MARKS)


def test_in_english_the_life_of_a_title_tells_what_happened_and_not_what_to_do():
    with translation.override("en"):
        said = {act: str(act.label) for act in Act}

    assert said == {
        Act.GIVEN: "Designated",
        Act.EXTENDED: "Extended",
        Act.RENAMED: "Renamed",
        Act.RECOGNISED: "Recognised anew",
        Act.CORRECTED: "Corrected",
        Act.WARNED: "Warned",
        Act.LIFTED: "Warning lifted",
        Act.ORDERED: "Ordered to correct",
        Act.PROLONGED: "Given more time to correct",
        Act.PASSED: "Correction accepted",
        Act.EXPIRED: "Expired",
        Act.REVOKED: "Revoked",
        Act.CANCELLED: "Cancelled",
        Act.RESTORED: "Restored",
    }
